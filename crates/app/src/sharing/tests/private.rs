//! Private matters, the question about a name, the recording screen, and what is counted.

use super::{
    all_of, code, draft, everything, held, hold, lives, none_of, record, relate, rings, said, scene, there,
    together,
};
use crate::entry::{about, visit};
use app::Oops;
use app::sharing::make_private;
use axum::http::StatusCode;
use jiff::civil::date;
use practice::entry::Seen;
use practice::recording::{NewPromise, Someone};
use practice::relationship::RelationshipKind;
use practice::sharing::{Matter, NewPrivate, Sharing, What};
use testkit::both;
use uuid::Uuid;

#[tokio::test]
async fn an_address_a_number_and_a_referrer_reach_nobody_else_in_either_direction() {
    both(|t| async move {
        let s = scene(&t).await;
        lives(&t, s.leanne, ("14 Canary Wharf Row, Wyvern", "ZZ9 7QX")).await;
        rings(&t, s.craig, "07700 900987").await;
        let mut entry = together(&s);
        entry.statements = vec![
            said(s.josie, "We live at 14 canary wharf row now"),
            said(s.leanne, "His number is 07700-900987"),
            said(s.craig, "The neighbour Ms REFERRER rang you"),
        ];
        let private = vec![NewPrivate { what: What::Words(2), of: None, matter: Matter::Referrer }];
        let id = record(&t, &s, entry, Sharing { holds: vec![], private }).await;
        let mut craig = t.own_space(s.craig).await;
        let page = everything(&mut craig, Some(id)).await;
        none_of(&page, &["canary wharf", "Canary Wharf", "ZZ9 7QX"]);
        all_of(&page, &["900987", "REFERRER", "ACCOUNT-WORDS"]);
        let mut leanne = t.own_space(s.leanne).await;
        let page = everything(&mut leanne, Some(id)).await;
        none_of(&page, &["REFERRER"]);
        all_of(&page, &["canary wharf", "His number is"]);
        let mut josie = t.own_space(s.josie).await;
        let page = everything(&mut josie, Some(id)).await;
        none_of(&page, &["REFERRER", "900987"]);
        all_of(&page, &["canary wharf"]);
        // in what happened, and in what is promised, too
        let mut entry = visit(
            vec![about(s.josie, Some(Seen::Yes)), there(s.leanne), there(s.craig)],
            "SECOND-ACCOUNT: post goes to ZZ97QX",
        );
        entry.promises = vec![NewPromise {
            what: "write to 14 Canary Wharf Row".to_owned(),
            by: Someone::Worker(s.nadia.id),
            about: s.josie,
            due_on: None,
        }];
        record(&t, &s, entry, Sharing::default()).await;
        none_of(&everything(&mut craig, None).await, &["SECOND-ACCOUNT", "Canary", "ZZ97QX"]);
        all_of(&everything(&mut leanne, None).await, &["SECOND-ACCOUNT"]);
    })
    .await;
}

#[tokio::test]
async fn given_words_that_name_somebody_who_was_not_there_then_the_worker_is_asked_and_the_answer_holds() {
    both(|t| async move {
        let s = scene(&t).await;
        let uncle = t.person("Dean Hart", date(1992, 7, 2)).await;
        relate(&t, (uncle, s.josie), RelationshipKind::AuntOrUncle).await;
        relate(&t, (s.josie, uncle), RelationshipKind::NieceOrNephew).await;
        let mut entry = together(&s);
        entry.statements = vec![said(s.josie, "Dean drinks with Mum"), said(s.leanne, "Craig is kind")];
        let id = record(&t, &s, entry, Sharing::default()).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get(&format!("/entry/{id}?done=recorded")).await;
        all_of(&page.words(), &["words name Dean", "Dean was not there"]);
        assert!(!page.words().contains("name Craig"), "he was there and heard it");
        let path = format!("/entry/{id}/private");
        let dean = format!("p:{uncle}");
        let fields = [("what", "words-0"), ("asked-private", dean.as_str()), ("answer", "yes")];
        assert_eq!(nadia.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
        let page = nadia.get(&format!("/entry/{id}/sharing")).await.words();
        assert!(!page.contains("words name Dean"), "asked once: {page}");
        all_of(&page, &["Private", "private to Dean"]);
        let mut leanne = t.own_space(s.leanne).await;
        none_of(&everything(&mut leanne, Some(id)).await, &["Dean drinks"]);
        let mut josie = t.own_space(s.josie).await;
        all_of(&everything(&mut josie, Some(id)).await, &["Dean drinks"]);
        let mut dean = t.own_space(uncle).await;
        none_of(&everything(&mut dean, Some(id)).await, &["Dean drinks", "ACCOUNT-WORDS"]);
        // put right
        let page = nadia.get(&format!("/entry/{id}/sharing")).await;
        let matter = page.value("matter");
        nadia.post(&format!("/entry/{id}/not-private"), &[("matter", matter.as_str())]).await;
        all_of(&everything(&mut leanne, Some(id)).await, &["Dean drinks"]);
    })
    .await;
}

#[tokio::test]
async fn somebody_unknown_to_the_worker_cannot_be_named_as_whose_matter_it_is() {
    both(|t| async move {
        let s = scene(&t).await;
        let id = record(&t, &s, together(&s), Sharing::default()).await;
        let stranger = t.person("Wren Okoro", date(1980, 1, 1)).await;
        let mark = NewPrivate { what: What::Account, of: Some(stranger), matter: Matter::Other };
        let mut tx = t.app.db.write().await.unwrap();
        let made = make_private(&mut tx, &s.nadia.who, &mut t.moment(), (id, vec![mark])).await;
        assert!(matches!(made, Err(Oops::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn what_is_held_back_is_listed_with_how_much_people_can_read_and_a_team_of_two_is_not_told() {
    both(|t| async move {
        let s = scene(&t).await;
        t.own_space(s.leanne).await;
        let id = record(&t, &s, together(&s), Sharing::default()).await;
        held(&t, &s.nadia.who, id, draft(What::Words(0), &[s.craig])).await.unwrap();
        let everybody = Sharing { holds: vec![hold(What::All, None)], private: vec![] };
        record(&t, &s, together(&s), everybody).await;
        // nobody was there: it does not count
        record(&t, &s, visit(vec![about(s.josie, None)], "A note"), Sharing::default()).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get("/held-back").await.words();
        all_of(&page, &["Josie", "From Craig", "From everybody who was there"]);
        all_of(&page, &["somebody of the record was there 2 times", "1 of 2 (50 in a hundred)"]);
        let mut helen = t.signed_in(&s.helen).await;
        let north = code(&t, s.helen.team).await;
        let page = helen.get(&format!("/team/{north}/held-back")).await.words();
        all_of(&page, &["From Craig", "Not told: fewer than five people wrote"]);
        let refused = nadia.get(&format!("/team/{north}/held-back")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let mut other = t.signed_in(&s.other).await;
        assert!(!other.get("/held-back").await.words().contains("Josie"));
    })
    .await;
}

#[tokio::test]
async fn the_recording_screen_holds_back_and_says_what_is_missing_where_it_is() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get(&format!("/record?about={}&draft={}", s.josie, Uuid::from_u128(77))).await;
        all_of(&page.words(), &["Who may read this in their own space?", "Not for everybody who was there?"]);
        let craig = format!("p:{}", s.craig);
        let (josie, about, key) =
            (format!("p:{}", s.josie), s.josie.to_string(), Uuid::from_u128(77).to_string());
        let seen = format!("seen-{}", s.josie);
        let present = s.craig.to_string();
        let mut fields = vec![
            ("draft", key.as_str()),
            ("about", &about),
            ("kind", "visit"),
            ("manner", "home-visit"),
            ("happened-day", "20"),
            ("happened-month", "11"),
            ("happened-year", "2026"),
            ("time", "4 pm"),
            (seen.as_str(), "seen"),
            ("present", &present),
            ("narrative", "ACCOUNT-WORDS"),
            ("statement-0-owner", ""),
            ("statement-0-words", ""),
            ("statement-1-owner", &josie),
            ("statement-1-words", "CHILD-WORDS"),
            ("statement-1-hold", &craig),
            ("readers", "present"),
        ];
        let wrong = nadia.post("/record", &fields).await;
        assert!(wrong.words().contains("Choose why it is held back"), "{}", wrong.words());
        assert!(
            wrong.text.contains("<details open"),
            "the folded part stands open where something is missing"
        );
        fields.push(("statement-1-hold-ground", "confidence"));
        let done = nadia.post("/record", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        let page = nadia.get(&done.location.unwrap()).await.words();
        all_of(&page, &["CHILD-WORDS", "Held back from Craig", "It was told us in confidence"]);
        let mut craig = t.own_space(s.craig).await;
        let page = everything(&mut craig, None).await;
        all_of(&page, &["ACCOUNT-WORDS"]);
        none_of(&page, &["CHILD-WORDS"]);
    })
    .await;
}
