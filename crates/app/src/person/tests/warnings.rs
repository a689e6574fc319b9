//! Things to know.

use super::{TODAY, act, person, seen, sentence};
use app::person::actions::{
    CorrectWarning, EndWarning, NewWarning, RenewWarning, Warn, correct_warning, end_warning, renew_warning,
    warn,
};
use app::person::facts::Told;
use app::{Oops, Who};
use jiff::civil::date;
use practice::person::WarningKind;
use testkit::both;

fn dogs() -> NewWarning {
    NewWarning {
        kind: WarningKind::HomeEnvironment,
        fact: "Two dogs. Ring before you come in".to_owned(),
        detail: None,
        from: date(2026, 11, 1),
        review_on: date(2027, 5, 1),
        told: Told::Yes { on: Some(date(2026, 11, 1)), how: Some("At the visit".to_owned()) },
        agreed_with: None,
    }
}

#[tokio::test]
async fn a_thing_to_know_needs_a_review_within_a_year_and_says_whether_they_were_told() {
    both(|t| async move {
        let who = Who::program("test");
        let leanne = person(&t, "Leanne", "Hart").await;
        let tell = async |warning| {
            act(&t, async |tx, moment| warn(tx, &who, moment, Warn { person: leanne, warning }).await).await
        };
        let said = sentence(tell(NewWarning { review_on: date(2027, 11, 22), ..dogs() }).await);
        assert_eq!(
            said,
            "review_on: The review date must be within a year: nothing stays unlooked at for longer"
        );
        let said = sentence(tell(NewWarning { review_on: TODAY, ..dogs() }).await);
        assert_eq!(said, "review_on: The review date must be in the future");
        let said = sentence(tell(NewWarning { told: Told::No { why: " ".to_owned() }, ..dogs() }).await);
        assert_eq!(said, "not_told_why: Say why they were not told");
        let said = sentence(tell(NewWarning { fact: String::new(), ..dogs() }).await);
        assert_eq!(said, "fact: Say what there is to know");
        tell(NewWarning { review_on: date(2027, 11, 21), ..dogs() }).await.unwrap();
        assert_eq!(sentence(tell(dogs()).await), "This is recorded already");
    })
    .await;
}

#[tokio::test]
async fn it_is_renewed_corrected_and_ended_and_never_opened_again() {
    both(|t| async move {
        let who = Who::program("test");
        let leanne = person(&t, "Leanne", "Hart").await;
        let command = Warn { person: leanne, warning: dogs() };
        let first = act(&t, async |tx, moment| warn(tx, &who, moment, command).await).await.unwrap();
        let renew = |warning, review_on| RenewWarning { person: leanne, warning, review_on };
        let command = renew(first, date(2029, 1, 1));
        let said = sentence(act(&t, async |tx, moment| renew_warning(tx, &who, moment, command).await).await);
        assert!(said.starts_with("review_on: The review date must be within a year"));
        let command = renew(first, date(2027, 10, 1));
        let second =
            act(&t, async |tx, moment| renew_warning(tx, &who, moment, command).await).await.unwrap();
        let command = renew(first, date(2027, 9, 1));
        let stale = act(&t, async |tx, moment| renew_warning(tx, &who, moment, command).await).await;
        assert!(matches!(stale, Err(Oops::Stale)));
        let put = NewWarning { fact: "One dog".to_owned(), review_on: date(2027, 10, 1), ..dogs() };
        let command = CorrectWarning { person: leanne, warning: second, put };
        let third =
            act(&t, async |tx, moment| correct_warning(tx, &who, moment, command).await).await.unwrap();
        let command = EndWarning { person: leanne, warning: third, on: TODAY };
        act(&t, async |tx, moment| end_warning(tx, &who, moment, command).await).await.unwrap();
        let ended = seen(&t, leanne).await.warnings;
        assert_eq!((ended.len(), &*ended[0].fact, ended[0].to), (1, "One dog", Some(TODAY)));
        let command = renew(ended[0].id, date(2027, 10, 1));
        let said = sentence(act(&t, async |tx, moment| renew_warning(tx, &who, moment, command).await).await);
        assert_eq!(said, "This ended and cannot be opened again. If it is true again, record it anew");
    })
    .await;
}

#[tokio::test]
async fn each_change_leaves_a_row_of_the_journal_about_everyone_it_concerns() {
    both(|t| async move {
        let who = Who::program("import people");
        let leanne = person(&t, "Leanne", "Hart").await;
        t.pass(jiff::SignedDuration::from_mins(1));
        let command = Warn { person: leanne, warning: dogs() };
        act(&t, async |tx, moment| warn(tx, &who, moment, command).await).await.unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        let sql = "SELECT j.action, j.actor, j.payload FROM journal j JOIN journal_about a ON a.journal_id = j.id \
            WHERE a.person_id = $1 ORDER BY j.id";
        let rows: Vec<(String, String, String)> = conn.all(sql, db::args![leanne]).await.unwrap();
        let actions: Vec<_> = rows.iter().map(|row| row.0.as_str()).collect();
        assert_eq!(actions, ["add_person", "warn"]);
        assert_eq!(rows[1].1, "import people");
        assert!(rows[1].2.contains("Ring before you come in") && rows[1].2.contains("2027-05-01"));
    })
    .await;
}
