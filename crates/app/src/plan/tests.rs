//! Our plan: who may not write it, what is refused, two who change a line at once, numbers that are never put together,
//! change without support, who agrees, the child's own version, and two days side by side.

use crate::entry::{about, file, visit};
use app::plan::{Agree, Promise, Scale, TakeOut, WriteLine, agree, promise, scale, take_out, write_line};
use app::told::{self, By, Plan};
use app::{Oops, Result};
use axum::http::StatusCode;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::entry::Seen;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::plan::{Agreement, LineKind};
use practice::role::Role;
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 21);

async fn town(t: &TestApp) -> (Worker, Worker, PersonId) {
    let team = t.team("Riverside", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
    let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    (nadia, owen, josie)
}

fn line(person: PersonId, kind: LineKind, goal: Option<Uuid>, words: &str) -> WriteLine {
    WriteLine {
        person,
        of: None,
        kind,
        goal,
        words: words.to_owned(),
        child_words: None,
        by: By::Themselves,
        readers: None,
        rests_on: vec![],
    }
}

macro_rules! done {
    ($t:expr, $by:expr, $action:ident, $command:expr) => {{
        let mut moment = $t.moment();
        let mut tx = $t.app.db.write().await.unwrap();
        match $action(&mut tx, &$by.who, &mut moment, $command).await {
            Ok(made) => {
                tx.commit().await.unwrap();
                Ok(made)
            }
            Err(oops) => {
                tx.give_up().await.unwrap();
                Err(oops)
            }
        }
    }};
}

async fn written(t: &TestApp, by: &Worker, command: WriteLine) -> Result<Uuid> {
    done!(t, by, write_line, command)
}

async fn plan(t: &TestApp, person: PersonId) -> Plan {
    told::plan(&mut t.app.db.read().await.unwrap(), person, None).await.unwrap()
}

fn number(person: PersonId, goal: Uuid, by: By, value: i64, on: Date) -> Scale {
    Scale { person, goal, by, value, on, why: Some("Because".to_owned()), next_step: None }
}

fn field(said: &Oops) -> Option<&str> {
    match said {
        Oops::Wrong(fields) => fields.first().map(|one| one.0.as_str()),
        _ => None,
    }
}

#[tokio::test]
async fn who_does_not_work_with_somebody_neither_writes_nor_reads_their_plan() {
    both(|t| async move {
        let (nadia, owen, josie) = town(&t).await;
        let goal = written(&t, &nadia, line(josie, LineKind::Goal, None, "To sleep")).await.unwrap();
        let refused = written(&t, &owen, line(josie, LineKind::Goal, None, "x")).await.unwrap_err();
        assert!(matches!(refused, Oops::NotAllowed(_)), "{refused}");
        let refused: Result<()> = done!(t, owen, scale, number(josie, goal, By::Themselves, 4, TODAY));
        assert!(matches!(refused.unwrap_err(), Oops::NotAllowed(_)));
        let mut browser = t.signed_in(&owen).await;
        for path in
            ["plan", "plan/child", "plan/compare", "plan/line", "plan/scale", "plan/promise", "plan/view"]
        {
            assert_eq!(browser.get(&format!("/person/{josie}/{path}")).await.status, 403, "{path}");
        }
        t.level(josie, AccessLevel::Restricted).await;
        assert_eq!(t.signed_in(&nadia).await.get(&format!("/person/{josie}/plan")).await.status, 404);
        assert_eq!(plan(&t, josie).await.lines.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_right_yet_is_named_and_nothing_is_kept() {
    both(|t| async move {
        let (nadia, _, josie) = town(&t).await;
        let goal = written(&t, &nadia, line(josie, LineKind::Goal, None, "To sleep")).await.unwrap();
        let worry = written(&t, &nadia, line(josie, LineKind::Worry, None, "Nights")).await.unwrap();
        let good = line(josie, LineKind::Support, Some(goal), "Nan stays");
        for (wrong, command) in [
            ("words", WriteLine { words: " ".to_owned(), ..good.clone() }),
            ("words", WriteLine { words: "x".repeat(2_001), ..good.clone() }),
            ("goal", WriteLine { goal: Some(Uuid::from_u128(3)), ..good.clone() }),
            ("goal", WriteLine { goal: Some(worry), ..good.clone() }),
            ("goal", WriteLine { kind: LineKind::Goal, ..good.clone() }),
            (
                "entry",
                WriteLine { rests_on: vec![practice::id::EntryId(Uuid::from_u128(3))], ..good.clone() },
            ),
            ("by", WriteLine { by: By::Worker(practice::id::WorkerId(Uuid::from_u128(3))), ..good.clone() }),
            ("by", WriteLine { by: By::Person(PersonId(Uuid::from_u128(3))), ..good.clone() }),
        ] {
            let said = written(&t, &nadia, command).await.unwrap_err();
            assert_eq!(field(&said), Some(wrong), "{said}");
        }
        for (wrong, command) in [
            ("value", number(josie, goal, By::Themselves, 11, TODAY)),
            ("value", number(josie, goal, By::Themselves, -1, TODAY)),
            ("goal", number(josie, worry, By::Themselves, 4, TODAY)),
            ("on", number(josie, goal, By::Themselves, 4, date(2026, 11, 22))),
        ] {
            let said: Result<()> = done!(t, nadia, scale, command);
            assert_eq!(field(&said.unwrap_err()), Some(wrong));
        }
        let silent = Agree {
            person: josie,
            by: By::Themselves,
            agreement: Agreement::NotAgreed,
            words: None,
            read_back: true,
            on: TODAY,
        };
        let said: Result<()> = done!(t, nadia, agree, silent);
        assert_eq!(field(&said.unwrap_err()), Some("words"), "who does not agree is heard");
        let nothing = Promise { person: josie, what: " ".to_owned(), by: By::Worker(nadia.id), due_on: None };
        let said: Result<()> = done!(t, nadia, promise, nothing);
        assert_eq!(field(&said.unwrap_err()), Some("what"));
        let held = plan(&t, josie).await;
        let of = (goal, held.line(goal).unwrap().id);
        let said: Result<()> = done!(t, nadia, take_out, TakeOut { person: josie, of, why: String::new() });
        assert_eq!(field(&said.unwrap_err()), Some("why"));
        assert_eq!((held.lines.len(), held.scales.len(), held.views.len()), (2, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn two_who_change_a_line_at_once_lose_nothing() {
    both(|t| async move {
        let (nadia, owen, josie) = town(&t).await;
        t.allocate(josie, &owen, AllocationKind::Helping).await;
        let goal = written(&t, &nadia, line(josie, LineKind::Goal, None, "To sleep")).await.unwrap();
        let from = plan(&t, josie).await.lines[0].id.to_string();
        let goal_words = goal.to_string();
        let form = |words: &'static str, from: &'static str| {
            vec![("kind", "goal"), ("by", "self"), ("words", words), ("from", from)]
        };
        let from: &'static str = Box::leak(from.into_boxed_str());
        let goal_words: &'static str = Box::leak(goal_words.into_boxed_str());
        let path = format!("/person/{josie}/plan/line");
        let (mut one, mut two) = (t.signed_in(&nadia).await, t.signed_in(&owen).await);
        let mut fields = form("To sleep all night", from);
        fields.push(("line", goal_words));
        assert_eq!(one.post(&path, &fields).await.status, 303);
        let mut fields = form("To sleep at Nan's", from);
        fields.push(("line", goal_words));
        let beside = two.post(&path, &fields).await;
        assert_eq!(beside.status, StatusCode::UNPROCESSABLE_ENTITY);
        let words = beside.words();
        assert!(words.contains("Nadia Farrow saved this while you were writing"), "{words}");
        assert!(
            words.contains("To sleep all night") && beside.text.contains("To sleep at Nan&#39;s</textarea>")
                || beside.text.contains("To sleep at Nan's</textarea>"),
            "{}",
            beside.text
        );
        let page = one.get(&format!("/person/{josie}/plan")).await.words();
        assert!(page.contains("Owen Pike wrote this at the same time as you"), "{page}");
        assert!(page.contains("To sleep at Nan's"), "{page}");
        let page = two.get(&format!("/person/{josie}/plan")).await;
        let text = page.value("text");
        let settled = two.post(&format!("/person/{josie}/plan/settle"), &[("text", text.as_str())]).await;
        assert_eq!(settled.status, 303);
        assert!(
            !one.get(&format!("/person/{josie}/plan")).await.words().contains("wrote this at the same time")
        );
        assert_eq!(plan(&t, josie).await.lines[0].words, "To sleep all night");
        t.facts_hold("plan_line").await;
    })
    .await;
}

#[tokio::test]
async fn each_voice_has_its_own_number_and_the_page_says_what_is_missing_gently() {
    both(|t| async move {
        let (nadia, _, josie) = town(&t).await;
        let goal =
            written(&t, &nadia, line(josie, LineKind::Goal, None, "To sleep and not listen")).await.unwrap();
        let entry = file(&t, &nadia, visit(vec![about(josie, Some(Seen::Alone))], "She sleeps at Nan's."))
            .await
            .unwrap();
        written(&t, &nadia, line(josie, LineKind::Worry, Some(goal), "She is on watch at night"))
            .await
            .unwrap();
        let rests =
            WriteLine { rests_on: vec![entry], ..line(josie, LineKind::Strength, None, "Nan is steady") };
        written(&t, &nadia, rests).await.unwrap();
        written(&t, &nadia, line(josie, LineKind::Change, Some(goal), "Mum gets up by 7")).await.unwrap();
        for (by, value, on) in [
            (By::Themselves, 3, date(2026, 9, 1)),
            (By::Worker(nadia.id), 6, date(2026, 9, 1)),
            (By::Themselves, 4, TODAY),
            // said again for the same day: the later stands
            (By::Themselves, 5, TODAY),
        ] {
            let kept: Result<()> = done!(t, nadia, scale, number(josie, goal, by, value, on));
            kept.unwrap();
        }
        let held = plan(&t, josie).await;
        let voices = held.voices(goal);
        let values: Vec<(String, Vec<i64>)> = voices
            .iter()
            .map(|(voice, all)| (voice.name.clone(), all.iter().map(|one| one.value).collect()))
            .collect();
        assert_eq!(values, [("Josie".to_owned(), vec![3, 5]), ("Nadia Farrow".to_owned(), vec![6])]);
        let mut browser = t.signed_in(&nadia).await;
        let page = browser.get(&format!("/person/{josie}/plan")).await;
        let words = page.words();
        for part in [
            "Josie: from 3 to 5. Nadia Farrow: 6.",
            "Standing on sand",
            "Change is asked here and no support is given.",
            "Rests on Home visit",
            "It has not been read back to anybody yet.",
        ] {
            assert!(words.contains(part), "{part}\n{words}");
        }
        assert_eq!(words.matches("Standing on sand").count(), 1, "only the worry names nothing");
        assert!(page.text.contains("<svg viewBox=\"0 0 366 200\" role=\"img\""), "{}", page.text);
        written(&t, &nadia, line(josie, LineKind::Support, Some(goal), "An alarm clock")).await.unwrap();
        let words = browser.get(&format!("/person/{josie}/plan")).await.words();
        assert!(!words.contains("no support is given"), "{words}");
        t.facts_hold("plan_scale").await;
    })
    .await;
}

#[tokio::test]
async fn promises_of_the_service_come_first_and_who_does_not_agree_is_heard() {
    both(|t| async move {
        let (nadia, _, josie) = town(&t).await;
        for (what, by, due) in [
            ("Set an alarm", By::Themselves, Some(date(2026, 11, 1))),
            ("Ring housing", By::Worker(nadia.id), Some(date(2026, 12, 1))),
            ("Pay for breakfast club", By::Worker(nadia.id), Some(date(2026, 11, 20))),
        ] {
            let made = Promise { person: josie, what: what.to_owned(), by, due_on: due };
            let kept: Result<()> = done!(t, nadia, promise, made);
            kept.unwrap();
        }
        let mut browser = t.signed_in(&nadia).await;
        let words = browser.get(&format!("/person/{josie}/plan")).await.words();
        let at = |part: &str| words.find(part).unwrap_or_else(|| panic!("{part}\n{words}"));
        assert!(
            at("pay for breakfast club") < at("ring housing") && at("ring housing") < at("set an alarm"),
            "{words}"
        );
        assert!(
            browser.get("/today").await.words().contains("Pay for breakfast club"),
            "it is chased like every other"
        );
        let fields = [
            ("by", "other"),
            ("by-words", "Her grandad"),
            ("agreement", "not-agreed"),
            ("words", "Nobody asked me."),
            ("read-back", "yes"),
            ("on-day", "21"),
            ("on-month", "11"),
            ("on-year", "2026"),
        ];
        assert_eq!(browser.post(&format!("/person/{josie}/plan/view"), &fields).await.status, 303);
        t.set_now("2026-11-22T10:00:00Z");
        written(&t, &nadia, line(josie, LineKind::Goal, None, "To sleep")).await.unwrap();
        let words = t.signed_in(&nadia).await.get(&format!("/person/{josie}/plan")).await.words();
        for part in [
            "Her grandad does not agree, 21 November, after it was read back",
            "Nobody asked me.",
            "1 line was written or changed since.",
        ] {
            assert!(words.contains(part), "{part}\n{words}");
        }
        t.facts_hold("plan_view").await;
        t.facts_hold("promise").await;
    })
    .await;
}

#[tokio::test]
async fn a_child_reads_their_own_words_and_words_for_them_and_two_days_stand_side_by_side() {
    both(|t| async move {
        let (nadia, _, josie) = town(&t).await;
        t.set_now("2026-08-01T10:00:00Z");
        let goal = written(&t, &nadia, line(josie, LineKind::Goal, None, "To sleep")).await.unwrap();
        let hard = WriteLine {
            by: By::Worker(nadia.id),
            ..line(josie, LineKind::Worry, None, "Parental alcohol misuse affects her nights")
        };
        let worry = written(&t, &nadia, hard.clone()).await.unwrap();
        t.set_now("2026-11-20T10:00:00Z");
        let mut browser = t.signed_in(&nadia).await;
        let child = browser.get(&format!("/person/{josie}/plan/child")).await.words();
        assert!(child.contains("What you want To sleep") && !child.contains("alcohol"), "{child}");
        assert!(child.contains("1 line is not in words for Josie yet"), "{child}");
        let from = plan(&t, josie).await.line(worry).unwrap().id;
        let plain = WriteLine {
            of: Some((worry, from)),
            child_words: Some("Mum drinking, and you awake at night".to_owned()),
            ..hard
        };
        written(&t, &nadia, plain).await.unwrap();
        let stale = WriteLine { of: Some((worry, from)), ..line(josie, LineKind::Worry, None, "x") };
        assert!(matches!(written(&t, &nadia, stale).await.unwrap_err(), Oops::Stale));
        let child = browser.get(&format!("/person/{josie}/plan/child")).await.words();
        assert!(child.contains("Mum drinking, and you awake at night") && !child.contains("misuse"), "{child}");
        let of = (goal, plan(&t, josie).await.line(goal).unwrap().id);
        let out: Result<()> = done!(t, nadia, take_out, TakeOut { person: josie, of, why: "It is there".to_owned() });
        out.unwrap();
        written(&t, &nadia, line(josie, LineKind::Goal, None, "To phone Ash")).await.unwrap();
        t.set_now("2026-11-21T10:00:00Z");
        let mut browser = t.signed_in(&nadia).await;
        let path = format!("/person/{josie}/plan/compare?one-day=1&one-month=9&one-year=2026&two-day=21&two-month=11&two-year=2026");
        let words = browser.get(&path).await.words();
        for part in ["Added Josie : To phone Ash", "Taken out Josie : To sleep", "2 of 3 lines differ"] {
            assert!(words.replace("Josie:", "Josie :").contains(part) || words.contains(&part.replace(" :", ":")), "{part}\n{words}");
        }
        let then = browser.get(&format!("/person/{josie}/plan?known=2026-09-01")).await.words();
        assert!(then.contains("known at the end of 1 September 2026") && then.contains("To sleep"), "{then}");
        assert!(!then.contains("To phone Ash"), "{then}");
        assert_eq!(browser.get(&format!("/person/{josie}/plan?on-day=31&on-month=2&on-year=2026")).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn the_plan_on_paper_says_what_the_page_says_and_goes_to_those_who_may_take_it_out() {
    both(|t| async move {
        let (nadia, owen, josie) = town(&t).await;
        let goal = written(&t, &nadia, line(josie, LineKind::Goal, None, "To sleep <i>in</i> my bed"))
            .await
            .unwrap();
        let worry =
            WriteLine { by: By::Worker(nadia.id), ..line(josie, LineKind::Worry, Some(goal), "Nights") };
        written(&t, &nadia, worry).await.unwrap();
        done!(t, nadia, scale, number(josie, goal, By::Themselves, 4, TODAY)).unwrap();
        let mut browser = t.signed_in(&nadia).await;
        let page = browser.get(&format!("/person/{josie}/plan")).await;
        assert!(page.text.contains(&format!("/person/{josie}/plan/pdf")), "it is offered");
        let paper = browser.get(&format!("/person/{josie}/plan/pdf")).await;
        assert_eq!(paper.headers["content-type"], "application/pdf");
        assert_eq!(paper.headers["cache-control"], "no-store");
        for words in [
            "Our plan",
            "To sleep <i>in</i> my bed",
            "Nights",
            "Standing on sand",
            "Josie",
            "Because",
            "Printed by Nadia Farrow",
        ] {
            assert!(paper.text.contains(words), "{words} in {}", paper.text);
        }
        for words in ["Add a goal", "Sign out", "Change", "PDF", "As known on a day"] {
            assert!(!paper.text.lines().any(|one| one == words), "{words} in {}", paper.text);
        }
        let child = browser.get(&format!("/person/{josie}/plan/child/pdf")).await;
        assert!(
            child.text.contains("Josie, this is your plan") && child.text.contains("To sleep"),
            "{}",
            child.text
        );
        assert!(!child.text.contains("Nights") && !child.text.contains("whole plan"), "{}", child.text);
        let before = browser.get(&format!("/person/{josie}/plan/pdf?known=2026-11-20")).await;
        assert!(before.text.contains("known at the end of 20 November 2026"), "{}", before.text);
        assert!(!before.text.contains("To sleep"), "{}", before.text);
        t.glass(josie, &owen).await;
        let mut other = t.signed_in(&owen).await;
        let read = other.get(&format!("/person/{josie}/plan")).await;
        assert!(read.text.contains("To sleep") && !read.text.contains("plan/pdf"), "read, and not taken");
        let refused = other.get(&format!("/person/{josie}/plan/pdf")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(!refused.text.contains("To sleep"));
        let printed = "SELECT COUNT(*) FROM journal WHERE action = 'print_record'";
        assert_eq!(t.app.db.read().await.unwrap().number(printed, db::args![]).await.unwrap(), 3);
        let settings = t.app.settings.clone();
        let bare = app::App::new(
            t.app.db.clone(),
            t.app.files.clone(),
            settings,
            std::sync::Arc::new(|| jiff::Timestamp::UNIX_EPOCH),
        );
        let document = page::Document::of_page(&page.text);
        assert!(
            app::paper::set(&bare, document).await.unwrap().is_none(),
            "a program without a press has no PDF"
        );
    })
    .await;
}
