//! Staying in touch in people's own spaces: a child says what they want and sees what is theirs; a brother, a mother and a
//! mentor see what is agreed with them and nothing else. Words that must not be read by another are canaries.

use crate::staying_in_touch::{Scene, TODAY, agreed, all, named, scene, time, wish};
use crate::touched;
use app::Result;
use app::staying_in_touch::{Agree, Bring, Choose, Say, Step, agree, bring, choose, mentor_says, say, step};
use axum::http::StatusCode;
use db::args;
use jiff::civil::date;
use practice::person::AccessLevel;
use practice::touch::{Basis, Came, InTheWay, MentorState, Often, Stage, Wants};
use testkit::{TestApp, both};
use uuid::Uuid;

/// What must never be read by anybody but the child and those who work with them.
const CANARIES: [&str; 8] = [
    "CANARY-WISH",
    "CANARY-ALONE",
    "CANARY-WHY-THERE",
    "CANARY-ORDER",
    "CANARY-CHILD-WAS",
    "CANARY-WORDS",
    "CANARY-IN-THE-WAY",
    "CANARY-CHOSEN",
];

/// Everything that can be kept between Josie and Ash, with a canary in each private place.
async fn everything(t: &TestApp, s: &Scene) -> Uuid {
    let ash = named(t, s, "CANARY-CALLED", Some(s.ash)).await;
    for (words, only) in [("CANARY-WISH", None), ("CANARY-ALONE", Some(s.nadia.id))] {
        let kept: Result<()> = touched!(t, s.nadia.who, say, Say { only, ..wish(s, ash, words, TODAY) });
        kept.unwrap();
    }
    let both_agree = Agree {
        supervised_why: Some("CANARY-WHY-THERE".to_owned()),
        order_words: Some("CANARY-ORDER".to_owned()),
        ..agreed(s, ash, "Sundays at Nan's")
    };
    let made: Result<Uuid> = touched!(t, s.nadia.who, agree, both_agree);
    made.unwrap();
    let not_asked = Agree { with_them: false, ..agreed(s, ash, "CANARY-NOT-ASKED") };
    let made: Result<Uuid> = touched!(t, s.nadia.who, agree, not_asked);
    made.unwrap();
    let past = Bring {
        child_was: Some("CANARY-CHILD-WAS".to_owned()),
        words: Some("CANARY-WORDS".to_owned()),
        in_the_way: (Some(InTheWay::Other), Some("CANARY-IN-THE-WAY".to_owned())),
        ..time(s, ash, date(2026, 11, 14), Came::OffByThem)
    };
    let made: Result<Uuid> = touched!(t, s.nadia.who, bring, past);
    made.unwrap();
    for (place, with_them) in [("Nan's kitchen", true), ("CANARY-NOT-TOLD", false)] {
        let coming = Bring {
            where_when: Some(place.to_owned()),
            with_them,
            ..time(s, ash, date(2026, 11, 28), Came::Arranged)
        };
        let made: Result<Uuid> = touched!(t, s.nadia.who, bring, coming);
        made.unwrap();
    }
    let words = Some("CANARY-CHOSEN".to_owned());
    let kept: Result<()> = touched!(t, s.nadia.who, choose, Choose { person: s.josie, touch: ash, words });
    kept.unwrap();
    ash
}

#[tokio::test]
async fn a_brother_sees_what_is_agreed_with_him_and_no_canary_and_a_third_sees_nothing() {
    both(|t| async move {
        let s = scene(&t).await;
        let touch = everything(&t, &s).await;
        let mut ash = t.own_space(s.ash).await;
        let pages = ["/my", "/my/touch", "/my/people", "/my/read", "/my/answers", "/my/readers"];
        for page in pages {
            let shown = ash.get(page).await;
            assert_eq!(shown.status, StatusCode::OK, "{page}");
            assert!(!shown.text.contains("CANARY"), "{page}\n{}", shown.words());
        }
        let page = ash.get("/my/touch").await.words();
        for part in [
            "You and Josie",
            "Sundays at Nan's",
            "Someone will be there with you",
            "28 November",
            "Nan's kitchen",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        // it is not theirs to change, nor to look at alone
        let one = format!("/my/touch/{touch}");
        assert_eq!(ash.get(&one).await.status, StatusCode::NOT_FOUND);
        assert_eq!(ash.post(&one, &[("do", "want"), ("wants", "never")]).await.status, StatusCode::NOT_FOUND);
        let mut sam = t.own_space(s.sam).await;
        for page in pages {
            let shown = sam.get(page).await;
            assert!(!shown.text.contains("CANARY") && !shown.text.contains("Josie"), "{page}");
        }
        // a record that is kept from others is no part of another's space
        t.level(s.josie, AccessLevel::Restricted).await;
        assert!(!ash.get("/my/touch").await.text.contains("Josie"));
    })
    .await;
}

#[tokio::test]
async fn a_child_reads_their_own_words_and_what_is_agreed_and_not_what_workers_wrote_of_it() {
    both(|t| async move {
        let s = scene(&t).await;
        everything(&t, &s).await;
        let mut josie = t.own_space(s.josie).await;
        let page = josie.get("/my/touch").await;
        for part in [
            "CANARY-CALLED",
            "CANARY-ALONE",
            "Only Nadia Farrow can read it",
            "Sundays at Nan's",
            "It did not happen on 14 November",
            "will ask",
        ] {
            assert!(page.words().contains(part), "{part}\n{}", page.words());
        }
        for part in &CANARIES[2..7] {
            assert!(!page.text.contains(part), "{part}\n{}", page.words());
        }
        assert!(page.text.len() < 40 * 1024);
        // a brother whose record is sealed: her own words stay hers, and nothing that the record says of him
        t.level(s.ash, AccessLevel::Sealed).await;
        let page = josie.get("/my/touch").await.words();
        assert!(page.contains("CANARY-ALONE") && !page.contains("Sundays at Nan's"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_child_names_somebody_says_what_they_want_and_can_say_it_to_one_alone() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        let empty = josie.get("/my/touch").await.words();
        assert!(empty.contains("You have not told us who yet"), "{empty}");
        let again = josie.post("/my/touch/add", &[("called", " "), ("kind", "pet")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains("Write a name first"), "{}", again.words());
        let made = josie
            .post(
                "/my/touch/add",
                &[("called", "Denise"), ("kind", "former-carer"), ("why", "the blue house")],
            )
            .await;
        let path = made.location.clone().unwrap();
        assert!(path.starts_with("/my/touch/"), "{path}");
        let again = josie.post(&path, &[("do", "want"), ("words", "x")]).await;
        assert!(again.words().contains("Pick one"), "{}", again.words());
        let nadia = s.nadia.id.to_string();
        let fields = [
            ("do", "want"),
            ("wants", "yes"),
            ("how", "letter"),
            ("often", "once-a-year"),
            ("words", "a card at christmas"),
            ("who", nadia.as_str()),
        ];
        let kept = josie.post(&path, &fields).await;
        assert_eq!(kept.location.as_deref(), Some("/my/touch?done=kept"), "{}", kept.words());
        let page = josie.get("/my/touch?done=kept").await.words();
        for part in [
            "We have it.",
            "Denise",
            "a card at christmas",
            "Send letters and cards, once a year",
            "Only Nadia Farrow can read it",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        let staff = format!("/person/{}/staying-in-touch", s.josie);
        let words = t.signed_in(&s.nadia).await.get(&staff).await.words();
        assert!(words.contains("a card at christmas") && words.contains("Josie thought of them"), "{words}");
        let words = t.signed_in(&s.owen).await.get(&staff).await.words();
        assert!(words.contains("Denise") && !words.contains("christmas"), "{words}");
        // in another's space it is not there, and nobody else's can be written to
        let mut sam = t.own_space(s.sam).await;
        assert_eq!(sam.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(sam.post(&path, &fields).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn before_it_is_safe_and_both_agree_the_page_of_a_child_tells_nothing_of_what_was_found() {
    both(|t| async move {
        let s = scene(&t).await;
        let touch = named(&t, &s, "Uncle Col", Some(s.sam)).await;
        let mut josie = t.own_space(s.josie).await;
        let path = format!("/my/touch/{touch}");
        assert_eq!(josie.post(&path, &[("do", "look")]).await.status, StatusCode::SEE_OTHER);
        let seen = |stage, words: &str| Step {
            person: s.josie,
            touch,
            stage,
            on: TODAY,
            looked: Some("CANARY-LOOKED".to_owned()),
            words: Some(words.to_owned()),
        };
        let made: Result<Uuid> = touched!(t, s.nadia.who, agree, agreed(&s, touch, "CANARY-AGREED"));
        made.unwrap();
        let mut first = None;
        for stage in [Stage::Looking, Stage::Found, Stage::NotSafe, Stage::Safe] {
            let kept: Result<()> = touched!(t, s.nadia.who, step, seen(stage, "CANARY-FOUND"));
            kept.unwrap();
            for page in ["/my/touch", path.as_str(), "/my"] {
                let shown = josie.get(page).await;
                assert!(!shown.text.contains("CANARY"), "{stage} {page}\n{}", shown.words());
            }
            let words = josie.get("/my/touch").await.words();
            assert!(words.contains("Someone is on it"), "{words}");
            assert_eq!(
                first.get_or_insert_with(|| words.clone()),
                &words,
                "every stage looks alike: {stage}"
            );
            assert!(!t.own_space(s.sam).await.get("/my/touch").await.text.contains("Josie"), "{stage}");
        }
        let kept: Result<()> = touched!(t, s.nadia.who, step, seen(Stage::BothAgree, "CANARY-FOUND"));
        kept.unwrap();
        let words = josie.get("/my/touch").await.words();
        assert!(words.contains("You both want to be in touch") && words.contains("CANARY-AGREED"), "{words}");
        assert!(!words.contains("CANARY-FOUND") && !words.contains("CANARY-LOOKED"), "{words}");
        assert!(t.own_space(s.sam).await.get("/my/touch").await.text.contains("CANARY-AGREED"));
        assert_eq!(josie.post(&path, &[("do", "stop")]).await.status, StatusCode::SEE_OTHER);
        let words = josie.get("/my/touch").await.words();
        assert!(words.contains("You told us to stop") && !words.contains("CANARY"), "{words}");
    })
    .await;
}

#[tokio::test]
async fn a_young_person_chooses_who_stays_and_alone_of_the_two_can_say_so_there() {
    both(|t| async move {
        let s = scene(&t).await;
        let touch = named(&t, &s, "Bev", Some(s.sam)).await;
        let mut josie = t.own_space(s.josie).await;
        let path = format!("/my/touch/{touch}");
        assert_eq!(josie.post(&path, &[("do", "mentor")]).await.status, StatusCode::SEE_OTHER);
        assert!(
            t.signed_in(&s.nadia).await.get("/today").await.words().contains("Josie chose Bev as a mentor")
        );
        assert!(
            !t.own_space(s.sam).await.get("/my/touch").await.text.contains("Josie"),
            "not before they are asked"
        );
        for (state, part) in [
            (MentorState::Asked, "Someone will talk with you"),
            (MentorState::Agreed, "You stay in the life of Josie"),
        ] {
            let kept: Result<()> = touched!(
                t,
                s.nadia.who,
                mentor_says,
                (s.josie, touch),
                (state, Some("Tea on Sundays"), Some(Often::EveryWeek))
            );
            kept.unwrap();
            let words = t.own_space(s.sam).await.get("/my/touch").await.words();
            assert!(words.contains(part), "{words}");
        }
        // grown up, and everything closed: their own pages still say who stays
        t.set_now("2033-06-01T10:00:00Z");
        let mut tx = t.app.db.write().await.unwrap();
        for sql in [
            "UPDATE episode SET to_date = $2 WHERE person_id = $1",
            "UPDATE allocation SET to_date = $2 WHERE person_id = $1",
        ] {
            tx.run(sql, args![s.josie, date(2033, 5, 1)]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut josie = t.own_space(s.josie).await;
        let words = josie.get("/my/touch").await.words();
        assert!(
            words.contains("Bev said yes and will stay in your life") && words.contains("Tea on Sundays"),
            "{words}"
        );
        assert_eq!(josie.post(&path, &[("do", "end")]).await.status, StatusCode::SEE_OTHER);
        assert!(all(&t, s.josie).await[0].mentor().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_stop_without_an_order_runs_for_seven_days_as_the_law_says() {
    both(|t| async move {
        let s = scene(&t).await;
        let sam = named(&t, &s, "Dad", Some(s.sam)).await;
        let stop =
            Agree { basis: Basis::Stopped, from: TODAY, ..agreed(&s, sam, "He came drunk and hit the door") };
        let made: Result<Uuid> = touched!(t, s.nadia.who, agree, stop.clone());
        let agreed_id = made.unwrap();
        let running = |day| {
            let (t, josie) = (&t, s.josie);
            async move {
                let mut conn = t.app.db.read().await.unwrap();
                let all = app::clock::running_of(&mut conn, josie, day).await.unwrap();
                let of: Vec<_> = all.into_iter().filter(|kept| kept.clock.rule.as_str() == "PL-08").collect();
                of.iter().map(|kept| kept.clock.due).collect::<Vec<_>>()
            }
        };
        assert_eq!(running(TODAY).await, [date(2026, 11, 28)]);
        let today = t.signed_in(&s.nadia).await.get("/today").await.words();
        assert!(today.contains("the stop without an order ends on"), "{today}");
        // his own space does not tell him so, nor hers what it is called by law
        assert!(!t.own_space(s.sam).await.get("/my/touch").await.text.contains("Josie"));
        t.set_now("2026-11-24T10:00:00Z");
        let version = all(&t, s.josie).await[0].agreed[0].id;
        let over = Agree {
            of: Some((agreed_id, version)),
            to: Some(date(2026, 11, 24)),
            ended_why: Some("Seen with him at the centre".to_owned()),
            ..stop
        };
        let made: Result<Uuid> = touched!(t, s.nadia.who, agree, over);
        made.unwrap();
        assert!(running(date(2026, 11, 24)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn in_welsh_it_is_welsh() {
    both(|t| async move {
        let s = scene(&t).await;
        let touch = named(&t, &s, "Nan", None).await;
        let never = Say { wants: Wants::Never, ..wish(&s, touch, "x", TODAY) };
        let kept: Result<()> = touched!(t, s.nadia.who, say, never);
        kept.unwrap();
        let mut josie = t.own_space(s.josie).await;
        josie.get("/my/language/cy").await;
        let words = josie.get("/my/touch").await.words();
        assert!(words.contains("Beth rwyt ti eisiau: Byth"), "{words}");
    })
    .await;
}
