//! What happens next: the visits, reviews and meetings that the record says are due, each with the last day, who comes, what
//! it is for and what one may ask for; and what was promised. Days that nobody may know of yet are not told here.

use super::draw::{first, promise};
use super::people::{Near, near};
use crate::entry::{self, Promised, Theirs};
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::who::Mine;
use crate::{Result, clock, person, told};
use axum::response::Response;
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use practice::entry::PromiseState;
use practice::id::PersonId;

/// How much of the record is looked at for what was promised.
const LOOKED_AT: u32 = 60;

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Visit,
    Review,
    Group,
}

/// The rules whose days are told to the family. Those of enquiries and of first conferences are not: a day may run before
/// anybody spoke to them, and speaking comes first.
fn of_rule(rule: &str) -> Option<Due> {
    match rule {
        "AS-02" | "CN-03" | "CP-11" | "LC-05a" | "LC-05b" | "LC-05c" => Some(Due::Visit),
        "CN-02" | "CP-09" | "CP-10" | "LC-06" | "LC-07" | "LC-08" => Some(Due::Review),
        "CP-07" | "CP-08" => Some(Due::Group),
        _ => None,
    }
}

/// Something that is due for them, or for a child whose plan they read.
pub(super) struct Coming {
    due: Due,
    by: Date,
    /// Who comes or leads it.
    who: Option<String>,
    /// The child, where it is not themselves.
    of: Option<String>,
}

/// What is due, the soonest first.
pub(super) async fn coming(conn: &mut Conn, viewer: PersonId, today: Date) -> Result<Vec<Coming>> {
    let mut all = of_one(conn, viewer, (today, None)).await?;
    for child in told::responsible_for(conn, viewer, today).await? {
        // whom nobody has asked is not told when somebody comes to the child
        if told::plan_of_theirs(conn, (viewer, child), (today, false)).await?.is_some() {
            let name = person::header(conn, child).await?.map(|one| one.shown_name);
            all.extend(of_one(conn, child, (today, name)).await?);
        }
    }
    all.sort_by_key(|one| one.by);
    Ok(all)
}

async fn of_one(
    conn: &mut Conn,
    whose: PersonId,
    (today, of): (Date, Option<String>),
) -> Result<Vec<Coming>> {
    let running = clock::running_of(conn, whose, today).await?;
    let near = near(conn, whose, today).await?;
    let who = |due| {
        let leads = |one: &&Near| if due == Due::Review { one.reviews() } else { one.answers() };
        near.iter().find(leads).map(|one| one.name.clone())
    };
    let mut all = vec![];
    for kept in running {
        if let Some(due) = of_rule(kept.clock.rule.as_str()) {
            all.push(Coming { due, by: kept.clock.due, who: who(due), of: of.clone() });
        }
    }
    Ok(all)
}

impl Coming {
    /// "Nadia comes to see you by 3 December."
    pub(super) fn sentence(&self, mine: &Mine, today: Date) -> String {
        let words = mine.words;
        let by = day(words, self.by, today);
        let who = self.who.as_deref().map_or_else(|| words.next_someone(), |name| first(name).to_owned());
        match (self.due, self.of.as_deref()) {
            (Due::Visit, None) => words.next_visit(&who, &by),
            (Due::Visit, Some(child)) => words.next_visit_of(&who, child, &by),
            (Due::Review, None) => words.next_review(&by),
            (Due::Review, Some(child)) => words.next_review_of(child, &by),
            (Due::Group, None) => words.next_group(&by),
            (Due::Group, Some(child)) => words.next_group_of(child, &by),
        }
    }

    fn about(&self, mine: &Mine) -> String {
        match self.due {
            Due::Visit => mine.words.next_visit_why(),
            Due::Review => mine.words.next_review_why(),
            Due::Group => mine.words.next_group_why(),
        }
    }

    fn row(&self, mine: &Mine, today: Date) -> Markup {
        let words = mine.words;
        let leads = self.who.as_deref().filter(|_| self.due == Due::Review).map(first);
        html! {
            section {
                h2 { (self.sentence(mine, today)) }
                @if self.by < today { p { (words.home_promise_late()) } }
                @if let Some(name) = leads { p { (words.next_leads(name)) } }
                p { (self.about(mine)) }
            }
        }
    }
}

/// What was promised to somebody or by them and is still to come: the service's own promises first.
pub(super) fn promised(viewer: PersonId, all: &[Theirs]) -> Vec<&Promised> {
    let theirs = |one: &&Promised| one.person == viewer || one.by.person == Some(viewer);
    let mut open: Vec<&Promised> = all
        .iter()
        .flat_map(|one| &one.whole.promises)
        .filter(|one| one.state == PromiseState::Open)
        .filter(theirs)
        .collect();
    open.sort_by_key(|one| (one.by.worker.is_none(), one.due_on.unwrap_or(Date::MAX)));
    open
}

/// `GET /my/next`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let coming = coming(&mut conn, mine.person, today).await?;
    let all = entry::lately_theirs(&mut conn, mine.person, LOOKED_AT).await?;
    drop(conn);
    let words = mine.words;
    let title = words.home_next_heading();
    let promises = promised(mine.person, &all);
    let body = html! {
        h1 { (words.home_next_heading()) }
        @if coming.is_empty() && promises.is_empty() { p.lead { (words.home_next_none()) } } @else { p.lead { (words.next_lead()) } }
        @for one in &coming { (one.row(&mine, today)) }
        @if !promises.is_empty() { section { h2 { (words.plan_promises()) } ul { @for one in promises { (promise(&mine, one, today)) } } } }
        p { a.btn href="/my/write" { (words.next_ask()) } }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my", ..OwnFrame::default() }, body))
}
