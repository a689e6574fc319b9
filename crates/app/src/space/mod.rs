//! A person's own space, as the council sees to it: who is invited and comes in, what they ask and who answers by when, and
//! what they do not agree with; what anybody says is not right. Their own pages are the face `my`.

mod actions;
mod cards;
mod entrusted;
mod hidden;
mod invite;
mod not_right;
mod pages;
mod pages_given;
mod pages_invite;
mod pages_not_right;
mod reviews;
pub(crate) mod store;

pub use actions::{Asked, Question, answer, ask, asked_by, disagree, let_know, reply};
pub use entrusted::{
    Coming, Gift, Give, Limits, change_limits, end_given, give, given, open_stage, shut_mine, spaces_of,
    stage_of, who_comes,
};
pub use invite::{Invite, Invited, invite, invite_by_letter, shut, take_back};
pub use not_right::{NotRight, say_not_right};

use crate::room::{Card, Look, Place, Room};
use crate::{App, Result, Who};
use axum::Router;
use axum::routing::{get, post};
use db::Conn;
use jiff::civil::Date;

/// The place of invitations by one of their two people. What they are opened with does not leave.
macro_rules! invitation {
    ($person:literal, $what:literal) => {
        Place {
            table: "space_invitation",
            person: $person,
            what: $what,
            export: concat!(
                "SELECT part, reason, until_date, reads, writes, link_by, email, code_by, tries, made_at, expires_at, used_at, taken_back_at \
                FROM space_invitation WHERE ",
                $person,
                " = $1"
            ),
            merge: concat!("UPDATE space_invitation SET ", $person, " = $2 WHERE ", $person, " = $1"),
            dispose: concat!("DELETE FROM space_invitation WHERE ", $person, " = $1"),
            rows: None,
        }
    };
}

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            crate::dated! {
                table "in_space", person "person_id", what "who comes in to their own space",
                thread "id", words "part", columns "comes_id, part, reason, reads, writes, review_on, from_date, to_date, ended_why"
            },
            crate::dated! {
                table "in_space", person "comes_id", what "space they come in to",
                thread "id", words "part", columns "person_id, part, reason, reads, writes, review_on, from_date, to_date, ended_why"
            },
            crate::dated! {
                table "given_to_read", person "person_id", what "what others may read in their space",
                thread "id", words "part", columns "comes_id, part, one_id, given_by, reason, from_date, to_date, worker_id"
            },
            crate::dated! {
                table "given_to_read", person "comes_id", what "what they may read in another's space",
                thread "id", words "part", columns "person_id, part, one_id, given_by, reason, from_date, to_date, worker_id"
            },
            crate::dated! {
                table "space_stage", person "person_id", what "how far their own space is open",
                thread "person_id", words "said", columns "stage, said, worker_id, agreed_on"
            },
            invitation!("person_id", "invitation to their own space"),
            invitation!("comes_id", "invitation they were given"),
            crate::dated! {
                table "question", person "person_id", what "question in their own space",
                thread "question_id", words "asked_in",
                columns "question_id, asked_by, said_by_worker, said_by_words, written_by, handover_id, asked_in, answered_in, concerns, changed, asked_on, answer_by, answered_on, answered_by"
            },
            crate::dated! {
                table "question", person "asked_by", what "question they asked",
                thread "question_id", words "asked_in",
                columns "question_id, person_id, said_by_worker, said_by_words, written_by, handover_id, asked_in, answered_in, concerns, changed, asked_on, answer_by, answered_on, answered_by"
            },
            crate::undated! {
                table "disagreement_answer", person "person_id", what "answer to what they do not agree with",
                thread "disagreement_id", known "recorded_at", words "words",
                columns "disagreement_id, worker_id, words, recorded_at"
            },
            crate::undated! {
                table "disagreement", person "person_id", what "what they do not agree with",
                thread "thread_id", known "recorded_at", words "words",
                columns "thread_id, entry_id, words, recorded_at"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/space", get(pages_invite::show))
            .route("/person/{id}/space/invite", post(pages_invite::send))
            .route("/space/invitation/{id}/take-back", post(pages_invite::take_back))
            .route("/person/{id}/space/stage", post(pages_given::send_stage))
            .route("/space/in/{id}", get(pages_given::show).post(pages_given::send))
            .route("/space/in/{id}/limits", post(pages_given::change))
            .route("/space/in/{id}/looked-at", post(pages_given::looked_at))
            .route("/space/given/{id}/end", post(pages_given::end))
            .route("/space/in/{id}/shut", post(pages_invite::shut))
            .route("/person/{id}/not-right", get(pages_not_right::ask).post(pages_not_right::send))
            .route("/question/{id}", get(pages::show).post(pages::send))
            .route("/disagreement/{id}", get(pages::disagreement_show).post(pages::send_reply))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::of_person(conn, look).await
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        let mut cards = cards::of_today(conn, who, app, today).await?;
        cards.extend(reviews::due(conn, who, app, today).await?);
        Ok(cards)
    }
}
