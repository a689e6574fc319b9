//! What is kept of staying in touch goes with the person: joined and parted as one, let go without leaving a word, given to
//! whoever asks for their record.

use crate::joining::{difference, joined, parted, whole};
use crate::person::{act, add};
use crate::rights::{confirmed, council, proposed};
use app::Who;
use app::person::actions::{AddPerson, NewBirth};
use app::rights::ending;
use app::staying_in_touch::{Begin, Choose, Say, Step, Ways, begin, choose, say, step, touches};
use jiff::SignedDuration;
use jiff::civil::date;
use practice::id::PersonId;
use practice::touch::{Often, Stage, TouchKind, TouchWay, Wants};
use std::collections::BTreeMap;
use testkit::{TestApp, both};
use uuid::Uuid;

async fn somebody(t: &TestApp, given: &str, family: &str) -> PersonId {
    let mut command = AddPerson::named(given, family);
    command.birth = Some(NewBirth::exact(date(2017, 3, 4)));
    let made = add(t, command).await.unwrap().person;
    t.pass(SignedDuration::from_mins(1));
    made
}

async fn in_touch(
    t: &TestApp,
    person: PersonId,
    (called, other): (&str, Option<PersonId>),
    words: &str,
) -> Uuid {
    let who = Who::program("test");
    let words = Some(words.to_owned());
    let command = Begin {
        person,
        of: None,
        kind: TouchKind::Friend,
        called: called.to_owned(),
        other,
        worker: None,
        why: words.clone(),
    };
    let touch = act(t, async |tx, moment| begin(tx, &who, moment, command).await).await.unwrap();
    let on = t.moment().today();
    let ways = Ways { how: vec![TouchWay::Letter], often: Some(Often::EveryMonth) };
    let wish = Say { person, touch, wants: Wants::Yes, ways, words: words.clone(), only: None, on };
    act(t, async |tx, moment| say(tx, &who, moment, wish).await).await.unwrap();
    let looks =
        Step { person, touch, stage: Stage::Offered, on, looked: words.clone(), words: words.clone() };
    act(t, async |tx, moment| step(tx, &who, moment, looks).await).await.unwrap();
    act(t, async |tx, moment| choose(tx, &who, moment, Choose { person, touch, words }).await).await.unwrap();
    t.pass(SignedDuration::from_mins(1));
    touch
}

async fn all(t: &TestApp, person: PersonId) -> Vec<app::staying_in_touch::Touch> {
    touches(&mut t.app.db.read().await.unwrap(), person, None).await.unwrap()
}

#[tokio::test]
async fn given_two_records_of_one_child_when_they_are_joined_and_parted_then_each_keeps_their_own() {
    both(|t| async move {
        let one = somebody(&t, "Josephine", "Hart").await;
        let two = somebody(&t, "Josephine", "Hart").await;
        let ash = somebody(&t, "Ash", "Hart").await;
        in_touch(&t, one, ("Ash", Some(ash)), "Sundays").await;
        in_touch(&t, two, ("Biscuit", None), "he is my dog").await;
        in_touch(&t, ash, ("Josie", Some(two)), "every day").await;
        let before = whole(&t).await;
        let joining = joined(&t, one, two).await.unwrap();
        let held = all(&t, one).await;
        let called: Vec<&str> = held.iter().map(|one| one.called.as_str()).collect();
        assert_eq!(called, ["Ash", "Biscuit"]);
        assert!(
            held.iter().all(|one| one.wishes.len() == 1 && one.search.len() == 1 && one.mentors.len() == 1)
        );
        assert_eq!(all(&t, ash).await[0].other, Some(one), "who is meant turned out to be the same child");
        t.pass(SignedDuration::from_mins(1));
        parted(&t, joining, BTreeMap::new()).await.unwrap();
        assert_eq!(difference(&before, &whole(&t).await), "");
    })
    .await;
}

#[tokio::test]
async fn given_one_whose_record_is_let_go_then_their_words_are_gone_and_who_missed_them_keeps_their_own() {
    both(|t| async move {
        let c = council(&t).await;
        let gone = somebody(&t, "Zyxandra", "Quillfeather").await;
        let ash = somebody(&t, "Ash", "Hart").await;
        in_touch(&t, gone, ("Wumpelbert", None), "snickerdown").await;
        in_touch(&t, ash, ("Zyxandra", Some(gone)), "she taught me to swim").await;
        let holds = |all: &BTreeMap<String, std::collections::BTreeSet<String>>, word: &str| {
            all.iter()
                .filter(|table| table.1.iter().any(|row| row.contains(word)))
                .map(|table| table.0.clone())
                .collect::<Vec<_>>()
        };
        let before = whole(&t).await;
        assert_eq!(holds(&before, "snickerdown"), ["touch", "touch_mentor", "touch_search", "touch_wish"]);
        t.set_now("2070-03-01T10:00:00Z");
        proposed(&t, &c.dora, gone).await.unwrap();
        confirmed(&t, &c.hana, gone).await.unwrap();
        ending::finish(&t.app).await.unwrap();
        let after = whole(&t).await;
        for word in ["snickerdown", "Wumpelbert", "Zyxandra", "Quillfeather"] {
            assert!(holds(&after, word).is_empty(), "{word} in {:?}", holds(&after, word));
        }
        let held = all(&t, ash).await;
        assert_eq!((held.len(), held[0].other), (1, None));
        assert_eq!(held[0].wish().unwrap().words.as_deref(), Some("she taught me to swim"));
    })
    .await;
}
