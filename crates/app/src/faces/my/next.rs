//! What happens next, gathered: the days that are put down with somebody, the times they and somebody who matters to them
//! are to be in touch, what the record says is due and has no day yet, and what was promised.

use super::draw::first;
use super::people::{Near, near};
use crate::entry::{Promised, Theirs};
use crate::meeting::{self, Seen};
use crate::own_frame::{day, day_of_week, time_of_day};
use crate::staying_in_touch::{self, SeenTime};
use crate::who::Mine;
use crate::{Result, clock, person, told};
use db::Conn;
use jiff::civil::Date;
use language::Words;
use practice::entry::PromiseState;
use practice::id::PersonId;
use practice::meeting::{Expected, MeetingKind, expected};
use practice::touch::TouchWay;
use uuid::Uuid;

/// Everything that comes.
pub(super) struct Next {
    /// The days that are put down, the soonest first; those called off are there a little longer.
    pub(super) planned: Vec<Seen>,
    /// When they and somebody who matters are to be in touch.
    pub(super) touches: Vec<InTouch>,
    /// What is due and has no day yet.
    pub(super) due: Vec<Coming>,
    /// Who works with them.
    pub(super) near: Vec<Near>,
}

/// A time that two are to be in touch.
pub(super) struct InTouch {
    /// Which bond, where it is the reader's own.
    pub(super) touch: Option<Uuid>,
    pub(super) name: String,
    pub(super) time: SeenTime,
}

/// Something that is due for them, or for a child whose plan they read.
pub(super) struct Coming {
    pub(super) what: Expected,
    pub(super) by: Date,
    /// Who comes or leads it.
    pub(super) who: Option<String>,
    /// The child, where it is not themselves.
    pub(super) of: Option<String>,
    whose: PersonId,
}

/// What comes for somebody.
pub(super) async fn next(conn: &mut Conn, viewer: PersonId, today: Date) -> Result<Next> {
    let planned = meeting::seen(conn, viewer, today).await?;
    let mut touches = vec![];
    let own = staying_in_touch::seen_by_child(conn, viewer, today).await?;
    let others = staying_in_touch::seen_by_other(conn, viewer, today).await?;
    let own = own.into_iter().map(|one| (Some(one.touch), one));
    for (touch, one) in own.chain(others.into_iter().map(|one| (None, one))) {
        let name = one.name;
        touches.extend(one.coming.into_iter().map(|time| InTouch { touch, name: name.clone(), time }));
    }
    touches.sort_by_key(|one| one.time.on);
    let mut due = of_one(conn, viewer, (today, None)).await?;
    for child in told::responsible_for(conn, viewer, today).await? {
        // whom nobody has asked is not told when somebody comes to the child
        if told::plan_of_theirs(conn, (viewer, child), (today, false)).await?.is_some() {
            let name = person::header(conn, child).await?.map(|one| one.shown_name);
            due.extend(of_one(conn, child, (today, name)).await?);
        }
    }
    // what has a day of its own is not told a second time by its last day
    let has_day = |one: &Coming| {
        planned.iter().any(|held| {
            !held.called_off && held.person == one.whose && one.what.said_by(held.kind, held.on, one.by)
        })
    };
    due.retain(|one| !has_day(one));
    due.sort_by_key(|one| one.by);
    let near = near(conn, viewer, today).await?;
    Ok(Next { planned, touches, due, near })
}

async fn of_one(
    conn: &mut Conn,
    whose: PersonId,
    (today, of): (Date, Option<String>),
) -> Result<Vec<Coming>> {
    let running = clock::running_of(conn, whose, today).await?;
    let near = near(conn, whose, today).await?;
    let who = |what| {
        let leads = |one: &&Near| if what == Expected::Review { one.reviews() } else { one.answers() };
        near.iter().find(leads).map(|one| one.name.clone())
    };
    let mut all = vec![];
    for kept in running {
        if let Some(what) = expected(kept.clock.rule.as_str()) {
            all.push(Coming { what, by: kept.clock.due, who: who(what), of: of.clone(), whose });
        }
    }
    Ok(all)
}

/// "Thursday 26 November at 4.30 pm".
pub(super) fn when(words: &Words, one: &Seen, today: Date) -> String {
    let on = day_of_week(words, one.on, today);
    one.at.map_or(on.clone(), |at| words.next_when_at(&on, &time_of_day(words, at)))
}

/// "A visit".
pub(super) fn kind(words: &Words, kind: MeetingKind) -> String {
    match kind {
        MeetingKind::Visit => words.next_kind_visit(),
        MeetingKind::Meeting => words.next_kind_meeting(),
        MeetingKind::Review => words.next_kind_review(),
        MeetingKind::Court => words.next_kind_court(),
        MeetingKind::Appointment => words.next_kind_appointment(),
    }
}

/// "Thursday 26 November: A visit, with Nadia".
fn line(words: &Words, one: &Seen, today: Date) -> String {
    let when = when(words, one, today);
    if one.called_off {
        return words.next_off_line(&when);
    }
    let what = kind(words, one.kind);
    let names: Vec<&str> = one
        .there
        .iter()
        .map(|guest| if guest.worker.is_some() { first(&guest.name) } else { guest.name.as_str() })
        .collect();
    let what = if names.is_empty() { what } else { words.next_with(&what, &names.join(", ")) };
    words.next_line(&when, &what)
}

/// "You and Josie see each other".
pub(super) fn together(words: &Words, one: &InTouch) -> String {
    match one.time.how {
        TouchWay::Visit => words.next_touch_visit(&one.name),
        TouchWay::Call => words.next_touch_call(&one.name),
        TouchWay::Message => words.next_touch_message(&one.name),
        TouchWay::Letter => words.next_touch_letter(&one.name),
    }
}

impl Next {
    pub(super) fn is_empty(&self) -> bool {
        self.planned.is_empty() && self.touches.is_empty() && self.due.is_empty()
    }

    /// Each in a sentence, the soonest first; what has no day of its own stands at its last.
    pub(super) fn lines(&self, mine: &Mine, today: Date) -> Vec<String> {
        let words = mine.words;
        let mut all: Vec<(Date, String)> =
            self.planned.iter().map(|one| (one.on, line(words, one, today))).collect();
        all.extend(self.touches.iter().map(|one| {
            let on = day_of_week(words, one.time.on, today);
            (one.time.on, words.next_line(&on, &together(words, one)))
        }));
        all.extend(self.due.iter().map(|one| (one.by, one.sentence(mine, today))));
        all.sort_by_key(|one| one.0);
        all.into_iter().map(|one| one.1).collect()
    }
}

impl Coming {
    /// "Nadia comes to see you by 3 December."
    pub(super) fn sentence(&self, mine: &Mine, today: Date) -> String {
        let words = mine.words;
        let by = day(words, self.by, today);
        let who = self.who.as_deref().map_or_else(|| words.next_someone(), |name| first(name).to_owned());
        match (self.what, self.of.as_deref()) {
            (Expected::Visit, None) => words.next_visit(&who, &by),
            (Expected::Visit, Some(child)) => words.next_visit_of(&who, child, &by),
            (Expected::Review, None) => words.next_review(&by),
            (Expected::Review, Some(child)) => words.next_review_of(child, &by),
            (Expected::Group, None) => words.next_group(&by),
            (Expected::Group, Some(child)) => words.next_group_of(child, &by),
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
