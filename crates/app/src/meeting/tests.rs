//! Meetings: put down with who will be there and why, moved and called off with a reason, asked about once they are past;
//! seen by those they are about and those who will be there, and never telling one where another lives.

use crate::entry::{about, at, file, visit};
use crate::joining::{difference, joined, parted, whole};
use crate::person::add;
use crate::touched;
use app::meeting::{Arrange, CallOff, Meeting, There, arrange, call_off, meetings, say_comes};
use app::person::actions::AddPerson;
use app::told::By;
use app::{Oops, Result};
use axum::http::StatusCode;
use db::args;
use jiff::civil::{Date, date, time};
use practice::access::AllocationKind;
use practice::entry::Seen;
use practice::id::PersonId;
use practice::meeting::{CanDo, Comes, MeetingKind, MeetingReaders, MeetingWay};
use practice::person::AccessLevel;
use practice::role::Role;
use std::collections::BTreeMap;
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

const THURSDAY: Date = date(2026, 11, 26);

struct Scene {
    josie: PersonId,
    leanne: PersonId,
    sam: PersonId,
    nadia: Worker,
    kit: Worker,
    stranger: Worker,
}

async fn scene(t: &TestApp) -> Scene {
    let north = t.team("North", None).await;
    let south = t.team("South", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
    let kit = t.worker("Kit Lowe", Role::FamilySupportWorker, north).await;
    let stranger = t.worker("Sol Quill", Role::SocialWorker, south).await;
    let josie = t.person("Josie Hart", date(2013, 5, 4)).await;
    let leanne = t.person("Leanne Hart", date(1990, 2, 1)).await;
    let sam = t.person("Sam Doyle", date(1988, 3, 9)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    t.allocate(josie, &kit, AllocationKind::Helping).await;
    t.parent(leanne, josie, true).await;
    t.parent(sam, josie, true).await;
    Scene { josie, leanne, sam, nadia, kit, stranger }
}

fn there(who: By) -> There {
    There { who, does: None }
}

fn planned(s: &Scene, with: Vec<There>) -> Arrange {
    Arrange {
        person: s.josie,
        of: None,
        kind: MeetingKind::Visit,
        on: THURSDAY,
        at: Some(time(16, 30, 0, 0)),
        way: MeetingWay::InPerson,
        place: Some("The library".to_owned()),
        why: "To hear how school is".to_owned(),
        can: vec![CanDo::Come, CanDo::SendWords],
        there: with,
        readers: MeetingReaders::There,
        readers_why: None,
        changed_why: None,
    }
}

async fn put(t: &TestApp, s: &Scene, command: Arrange) -> Uuid {
    let made: Result<Uuid> = touched!(t, s.nadia.who, arrange, command);
    made.unwrap()
}

async fn all(t: &TestApp, person: PersonId) -> Vec<Meeting> {
    meetings(&mut t.app.db.read().await.unwrap(), person, None).await.unwrap()
}

async fn version(t: &TestApp, s: &Scene, meeting: Uuid) -> (Uuid, Uuid) {
    let held = all(t, s.josie).await;
    (meeting, held.iter().find(|one| one.meeting == meeting).unwrap().id)
}

fn field(said: &Oops) -> Option<&str> {
    match said {
        Oops::Wrong(fields) => fields.first().map(|one| one.0.as_str()),
        _ => None,
    }
}

const LIVES: &str = "INSERT INTO address (id, person_id, purpose, lines, postcode, confidential, recorded_at) \
    VALUES ($1, $2, 'home', $3, $4, false, $5)";

async fn lives(t: &TestApp, person: PersonId, lines: &str) {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    tx.run(LIVES, args![moment.id(), person, lines, "ZZ9 8QQ", moment.now()]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_worker_puts_down_a_visit_and_the_child_reads_who_comes_when_and_why() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let new = format!("/person/{}/meetings/new", s.josie);
        let form = nadia.get(&new).await.words();
        for part in
            ["Put down a day with Josie", "Leanne", "Nadia Farrow (you)", "Kit Lowe", "Who may see it"]
        {
            assert!(form.contains(part), "{part}\n{form}");
        }
        let (me, leanne) = (format!("w:{}", s.nadia.id), format!("p:{}", s.leanne));
        let mut fields = vec![
            ("kind", "visit"),
            ("on-day", "26"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("at", "4.30 pm"),
            ("way", "in-person"),
            ("place", "The library"),
            ("why", ""),
            ("can", "come"),
            ("can", "bring-somebody"),
            ("there", leanne.as_str()),
            ("there", me.as_str()),
            ("called-0", "Miss Okafor"),
            ("does-0", "her teacher"),
            ("readers", "there"),
        ];
        let again = nadia.post(&new, &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains("Say why, in words the child can read"), "{}", again.words());
        assert!(again.text.contains("Miss Okafor"), "nothing typed is lost");
        fields[7].1 = "To hear how school is";
        let kept = nadia.post(&new, &fields).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
        let mut josie = t.own_space(s.josie).await;
        let home = josie.get("/my").await.words();
        assert!(
            home.contains("Thursday 26 November at 4.30 pm: A visit, with Leanne, Nadia, Miss Okafor"),
            "{home}"
        );
        let page = josie.get("/my/next").await;
        let said = page.words();
        for part in [
            "Thursday 26 November at 4.30 pm",
            "The library",
            "To hear how school is",
            "Nadia Farrow",
            "Answers for the help you get",
            "her teacher",
            "You can bring someone with you",
        ] {
            assert!(said.contains(part), "{part}\n{said}");
        }
        assert!(page.text.len() < 40 * 1024);
        // those who will be there see it; a father who will not be does not
        let mut mum = t.own_space(s.leanne).await;
        let said = mum.get("/my/next").await.words();
        assert!(said.contains("It is about Josie") && said.contains("The library"), "{said}");
        assert!(!said.contains("What you can do"), "that is the child's: {said}");
        let mut dad = t.own_space(s.sam).await;
        assert!(!dad.get("/my/next").await.text.contains("library"));
        assert!(!dad.get("/my").await.text.contains("26 November"));
        // Today and the person's page have it too
        let today = nadia.get("/today").await.words();
        assert!(
            today.contains("What is planned with you") && today.contains("Thursday 26 November"),
            "{today}"
        );
        let page = nadia.get(&format!("/person/{}", s.josie)).await.words();
        assert!(page.contains("What is planned") && page.contains("With Leanne, Nadia Farrow"), "{page}");
        for table in ["meeting", "meeting_there"] {
            t.facts_hold(table).await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_moved_or_called_off_says_why_to_those_who_may_see_it() {
    both(|t| async move {
        let s = scene(&t).await;
        let guests = vec![there(By::Worker(s.nadia.id)), there(By::Worker(s.kit.id))];
        let meeting = put(&t, &s, planned(&s, guests.clone())).await;
        let of = version(&t, &s, meeting).await;
        let moved = Arrange { of: Some(of), on: date(2026, 12, 1), ..planned(&s, guests.clone()) };
        let refused: Result<Uuid> = touched!(t, s.nadia.who, arrange, moved.clone());
        assert_eq!(field(&refused.unwrap_err()), Some("changed-why"));
        let why = Some("Nadia cannot come: she is ill.".to_owned());
        let past = Arrange { on: date(2026, 11, 20), changed_why: why.clone(), ..moved.clone() };
        let refused: Result<Uuid> = touched!(t, s.nadia.who, arrange, past);
        assert_eq!(field(&refused.unwrap_err()), Some("on"));
        put(&t, &s, Arrange { changed_why: why, ..moved.clone() }).await;
        let stale: Result<Uuid> = touched!(t, s.nadia.who, arrange, moved);
        assert!(matches!(stale, Err(Oops::Stale)), "{stale:?}");
        let mut josie = t.own_space(s.josie).await;
        let said = josie.get("/my/next").await.words();
        for part in ["Tuesday 1 December", "It was Thursday 26 November", "Nadia cannot come: she is ill."] {
            assert!(said.contains(part), "{part}\n{said}");
        }
        // a colleague who is named is told, without a name; whoever did it is not
        let mut kit = t.signed_in(&s.kit).await;
        let today = kit.get("/today").await.words();
        assert!(today.contains("Something planned with you was moved"), "{today}");
        let of = version(&t, &s, meeting).await;
        let off = |why: &str| CallOff { person: s.josie, of, why: why.to_owned() };
        let refused: Result<()> = touched!(t, s.nadia.who, call_off, off(" "));
        assert_eq!(field(&refused.unwrap_err()), Some("changed-why"));
        let mut nadia = t.signed_in(&s.nadia).await;
        let href = format!("/person/{}/meetings/off", s.josie);
        let (one, from) = (of.0.to_string(), of.1.to_string());
        let done =
            nadia.post(&href, &[("of", &one), ("from", &from), ("changed-why", "The house is full")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        let said = josie.get("/my/next").await.words();
        assert!(said.contains("This will not happen") && said.contains("The house is full"), "{said}");
        assert!(!kit.get("/today").await.words().contains("Tuesday 1 December"));
        let again: Result<()> = touched!(t, s.nadia.who, call_off, off("Once more"));
        assert!(matches!(again, Err(Oops::Stale)), "{again:?}");
        // some days later it is no news any more
        t.set_now("2026-12-09T10:00:00Z");
        let mut josie = t.own_space(s.josie).await;
        assert!(!josie.get("/my/next").await.words().contains("This will not happen"));
        let was = josie.get(&format!("/my/next/{meeting}")).await;
        assert_eq!(was.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_child_says_that_they_do_not_want_to_come_and_a_human_answers() {
    both(|t| async move {
        let s = scene(&t).await;
        let meeting = put(&t, &s, planned(&s, vec![there(By::Worker(s.nadia.id))])).await;
        let page = format!("/my/next/{meeting}");
        let mut dad = t.own_space(s.sam).await;
        assert_eq!(dad.get(&page).await.status, StatusCode::NOT_FOUND);
        assert_eq!(dad.post(&page, &[("say", "yes")]).await.status, StatusCode::NOT_FOUND);
        let mut josie = t.own_space(s.josie).await;
        let again = josie.post(&page, &[("words", "hm")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains("Pick one"), "{}", again.words());
        let again = josie.post(&page, &[("say", "ask"), ("words", " ")]).await;
        assert!(again.words().contains("Write something first"), "{}", again.words());
        let sent = josie.post(&page, &[("say", "no"), ("words", "not at the library")]).await;
        assert!(sent.words().contains("Someone will write back to you by"), "{}", sent.words());
        assert!(sent.words().contains("I do not want to come. not at the library"), "{}", sent.words());
        assert!(josie.get("/my/next").await.words().contains("You said that you do not want to come"));
        let mut nadia = t.signed_in(&s.nadia).await;
        let today = nadia.get("/today").await.words();
        assert!(today.contains("wrote about something planned"), "{today}");
        let said = nadia.get(&format!("/person/{}/meetings", s.josie)).await.words();
        assert!(said.contains("Josie does not want to come"), "{said}");
        let sent = josie.post(&page, &[("say", "yes")]).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.words());
        let held = all(&t, s.josie).await;
        let comes: Vec<Comes> = held[0].said.iter().map(|one| one.comes).collect();
        assert_eq!(comes, [Comes::Yes], "what was said before stays in the older version");
        t.facts_hold("meeting_answer").await;
        // the phone's calendar says that something is on, and not what
        let event = josie.get(&format!("{page}/calendar")).await;
        assert_eq!(event.status, StatusCode::OK);
        for part in ["DTSTART:20261126T163000Z", "SUMMARY:Something is on\r\n"] {
            assert!(event.text.contains(part), "{part}\n{}", event.text);
        }
        for part in ["Nadia", "library", "school", "visit"] {
            assert!(!event.text.contains(part), "{part}\n{}", event.text);
        }
        assert_eq!(dad.get(&format!("{page}/calendar")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn once_its_day_is_past_it_asks_what_happened_and_recording_it_settles_it() {
    both(|t| async move {
        let s = scene(&t).await;
        let guests = vec![there(By::Worker(s.nadia.id)), there(By::Person(s.leanne))];
        put(&t, &s, planned(&s, guests)).await;
        t.set_now("2026-11-27T10:00:00Z");
        let mut nadia = t.signed_in(&s.nadia).await;
        let today = nadia.get("/today").await;
        assert!(today.words().contains("How was it on Thursday 26 November?"), "{}", today.words());
        let (_, rest) = today.text.split_once("href=\"/record?").unwrap();
        let mut link = format!("/record?{}", rest.split('"').next().unwrap().replace("&amp;", "&"));
        let mut form = nadia.get(&link).await;
        while let Some(to) = form.location.clone() {
            link = to;
            form = nadia.get(&link).await;
        }
        for part in ["value=\"26\"", "value=\"4.30 pm\"", "value=\"The library\""] {
            assert!(form.text.contains(part), "{part}\n{link}\n{}", form.text);
        }
        let ticked = format!("value=\"{}\" checked", s.leanne);
        assert!(form.text.contains(&ticked), "{}", form.text);
        // a child's own page has what is to come, and not what was
        let mut josie = t.own_space(s.josie).await;
        assert!(!josie.get("/my/next").await.text.contains("library"));
        let mut entry = visit(vec![about(s.josie, Some(Seen::Yes))], "We read comics.");
        entry.happened_at = at("2026-11-26T16:30:00Z");
        file(&t, &s.nadia, entry).await.unwrap();
        assert!(!nadia.get("/today").await.words().contains("How was it"));
        let said = nadia.get(&format!("/person/{}/meetings", s.josie)).await;
        assert!(said.words().contains("What happened:"), "{}", said.words());
        assert!(!said.text.contains("/meetings/change"), "what is recorded is not moved any more");
    })
    .await;
}

#[tokio::test]
async fn it_never_tells_one_where_another_lives_nor_anybody_what_is_not_told_yet() {
    both(|t| async move {
        let s = scene(&t).await;
        lives(&t, s.leanne, "21 Marmalade Lane, Wyvern").await;
        let guests = vec![
            there(By::Worker(s.nadia.id)),
            there(By::Person(s.leanne)),
            there(By::Person(s.sam)),
            There { who: By::Words("Miss Okafor".to_owned()), does: Some("her teacher".to_owned()) },
        ];
        let place = Some("21 Marmalade Lane".to_owned());
        let meeting = put(&t, &s, Arrange { place, ..planned(&s, guests.clone()) }).await;
        let mut mum = t.own_space(s.leanne).await;
        assert!(mum.get("/my/next").await.words().contains("21 Marmalade Lane"), "she lives there");
        let mut dad = t.own_space(s.sam).await;
        let said = dad.get("/my/next").await;
        assert!(!said.text.contains("Marmalade"), "{}", said.words());
        assert!(
            said.words().contains("Ask us where it is") && said.words().contains("Miss Okafor"),
            "{}",
            said.words()
        );
        // one whose record is restricted is named to nobody of the family, and the child's hides it from the guests
        t.level(s.leanne, AccessLevel::Restricted).await;
        assert!(!dad.get("/my/next").await.text.contains("Leanne"));
        t.level(s.leanne, AccessLevel::Findable).await;
        t.level(s.josie, AccessLevel::Restricted).await;
        assert!(!dad.get("/my/next").await.text.contains("Josie"));
        let mut josie = t.own_space(s.josie).await;
        assert!(josie.get("/my/next").await.words().contains("To hear how school is"));
        t.level(s.josie, AccessLevel::Findable).await;
        // kept to the child; then to nobody, with a reason
        let of = version(&t, &s, meeting).await;
        let own =
            Arrange { of: Some(of), readers: MeetingReaders::Themselves, ..planned(&s, guests.clone()) };
        put(&t, &s, own).await;
        assert!(!dad.get("/my/next").await.text.contains("school"));
        assert!(josie.get("/my/next").await.words().contains("To hear how school is"));
        let of = version(&t, &s, meeting).await;
        let nobody = Arrange { of: Some(of), readers: MeetingReaders::Nobody, ..planned(&s, guests) };
        let refused: Result<Uuid> = touched!(t, s.nadia.who, arrange, nobody.clone());
        assert_eq!(field(&refused.unwrap_err()), Some("readers-why"));
        put(&t, &s, Arrange { readers_why: Some("Nadia tells her on Monday".to_owned()), ..nobody }).await;
        assert!(!josie.get("/my/next").await.text.contains("school"));
        let refused: Result<()> = {
            let who = app::Who {
                reader: practice::access::Reader::Person(s.josie),
                program: false,
                ..app::Who::program("Josie")
            };
            touched!(t, who, say_comes, (meeting, Comes::Yes))
        };
        assert!(matches!(refused, Err(Oops::NotFound)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_plans_with_somebody_they_do_not_work_with_nor_names_one_they_may_not_know() {
    both(|t| async move {
        let s = scene(&t).await;
        let refused: Result<Uuid> = touched!(t, s.stranger.who, arrange, planned(&s, vec![]));
        assert!(matches!(refused, Err(Oops::NotAllowed(_) | Oops::NotFound)), "{refused:?}");
        let hidden = t.person("Hidden Person", date(1980, 1, 1)).await;
        t.level(hidden, AccessLevel::Restricted).await;
        let refused: Result<Uuid> =
            touched!(t, s.nadia.who, arrange, planned(&s, vec![there(By::Person(hidden))]));
        assert_eq!(field(&refused.unwrap_err()), Some("there"));
        let mut stranger = t.signed_in(&s.stranger).await;
        let page = stranger.get(&format!("/person/{}/meetings", s.josie)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        // a colleague's form does not reach another's meeting
        let meeting = put(&t, &s, planned(&s, vec![there(By::Person(s.leanne))])).await;
        t.allocate(s.leanne, &s.nadia, AllocationKind::Helping).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let other = nadia.get(&format!("/person/{}/meetings/change?of={meeting}", s.leanne)).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
        // on the mother's page it stands with whom it is about
        let page = nadia.get(&format!("/person/{}/meetings", s.leanne)).await.words();
        assert!(page.contains("About Josie"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn given_two_records_of_one_child_when_they_are_joined_and_parted_then_each_keeps_their_own() {
    both(|t| async move {
        let mut s = scene(&t).await;
        let somebody = async || {
            let made = add(&t, AddPerson::named("Josephine", "Hart")).await.unwrap().person;
            t.allocate(made, &s.nadia, AllocationKind::Helping).await;
            t.pass(jiff::SignedDuration::from_mins(1));
            made
        };
        let (one, two) = (somebody().await, somebody().await);
        s.josie = one;
        put(&t, &s, planned(&s, vec![there(By::Person(two)), there(By::Person(s.leanne))])).await;
        let other = Arrange { person: two, why: "The other one".to_owned(), ..planned(&s, vec![]) };
        put(&t, &s, other).await;
        let before = whole(&t).await;
        let joining = joined(&t, s.josie, two).await.unwrap();
        let held = all(&t, s.josie).await;
        assert_eq!(held.len(), 2);
        assert!(held.iter().all(|one| one.person == s.josie && one.people().len() < 2), "{held:?}");
        t.pass(jiff::SignedDuration::from_mins(1));
        parted(&t, joining, BTreeMap::new()).await.unwrap();
        assert_eq!(difference(&before, &whole(&t).await), "");
    })
    .await;
}
