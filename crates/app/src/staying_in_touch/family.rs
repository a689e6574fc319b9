//! Staying in touch as the people themselves see it in their own spaces. What is left out is decided by
//! [`practice::touch::shown`]; what is given here holds no field that is not theirs to read.

use super::read::{Agreed, Mentor, Time, Touch, touches, with_whom};
use crate::Result;
use crate::person::headers;
use db::Conn;
use jiff::civil::Date;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::touch::{Bond, Came, MentorState, Often, Piece, Told, TouchKind, TouchWay, Wants, shown, told};
use uuid::Uuid;

/// One bond, for one of the two.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Which.
    pub touch: Uuid,
    /// The other's name: what the child calls them, or the child's own.
    pub name: String,
    /// What they are to the child.
    pub kind: TouchKind,
    /// What the child last said they want; for the child alone.
    pub wish: Option<SeenWish>,
    /// What is agreed.
    pub agreed: Vec<SeenAgreed>,
    /// What comes next, the soonest first.
    pub coming: Vec<SeenTime>,
    /// The latest time that was, and whether it happened; for the child alone.
    pub last: Option<(Date, bool)>,
    /// How far a search has come; for the child alone.
    pub told: Option<Told>,
    /// How it stands with a mentor, and what they do together.
    pub mentor: Option<(MentorState, Option<String>)>,
}

/// What a child said they want.
#[derive(Clone, Debug)]
pub struct SeenWish {
    /// Whether.
    pub wants: Wants,
    /// How.
    pub how: Vec<TouchWay>,
    /// How often.
    pub often: Option<Often>,
    /// In their words.
    pub words: Option<String>,
    /// On which day.
    pub on: Date,
    /// The worker who alone may read it.
    pub only: Option<String>,
}

/// What is agreed, without why somebody has to be there and what a court wrote.
#[derive(Clone, Debug)]
pub struct SeenAgreed {
    /// How.
    pub how: Vec<TouchWay>,
    /// How often.
    pub often: Option<Often>,
    /// The arrangement.
    pub words: String,
    /// Somebody is there with them.
    pub someone_there: bool,
    /// Until when.
    pub to: Option<Date>,
}

/// A time that is arranged.
#[derive(Clone, Debug)]
pub struct SeenTime {
    /// The day.
    pub on: Date,
    /// How.
    pub how: TouchWay,
    /// Where and at what time.
    pub where_when: Option<String>,
}

/// Whose eyes see it, and the day.
#[derive(Clone, Copy)]
struct Eyes<'a> {
    viewer: PersonId,
    bond: &'a Bond,
    today: Date,
}

impl Eyes<'_> {
    fn see(&self, piece: Piece) -> bool {
        shown(self.viewer, self.bond, piece)
    }

    fn agreed(&self, one: &Agreed) -> Option<SeenAgreed> {
        let piece = Piece::Agreed { with_them: one.with_them, keeps_apart: one.basis.keeps_apart() };
        let now = one.to.is_none_or(|to| to >= self.today);
        (now && self.see(piece)).then(|| SeenAgreed {
            how: one.how.clone(),
            often: one.often,
            words: one.words.clone(),
            someone_there: one.supervised_why.is_some(),
            to: one.to,
        })
    }

    fn coming(&self, one: &Time) -> Option<SeenTime> {
        let coming = one.came == Came::Arranged && one.on >= self.today;
        let see = self.see(Piece::Coming { with_them: one.with_them });
        let time = || SeenTime { on: one.on, how: one.how, where_when: one.where_when.clone() };
        (coming && see).then(time)
    }

    fn mentor(&self, one: &Mentor) -> Option<(MentorState, Option<String>)> {
        let see = one.ended.is_none() && self.see(Piece::Mentor(one.state));
        see.then(|| (one.state, one.does.clone()))
    }

    /// What of a bond is theirs; none where nothing is.
    fn seen(&self, one: &Touch, name: &str) -> Option<Seen> {
        let wish = one.wish().filter(|_| self.see(Piece::Wish)).map(|wish| SeenWish {
            wants: wish.wants,
            how: wish.how.clone(),
            often: wish.often,
            words: wish.words.clone(),
            on: wish.on,
            only: wish.only.as_ref().map(|only| only.1.clone()),
        });
        let last = one.past().first().map(|time| (time.on, time.came.in_touch()));
        let seen = Seen {
            touch: one.touch,
            name: name.to_owned(),
            kind: one.kind,
            wish,
            agreed: one.agreed.iter().filter_map(|agreed| self.agreed(agreed)).collect(),
            coming: one.times.iter().filter_map(|time| self.coming(time)).collect(),
            last: last.filter(|_| self.see(Piece::Past)),
            told: one.stage().filter(|_| self.see(Piece::Search)).map(|step| told(step.stage)),
            mentor: one.mentor().and_then(|mentor| self.mentor(mentor)),
        };
        let theirs = self.see(Piece::Name)
            || !seen.agreed.is_empty()
            || !seen.coming.is_empty()
            || seen.mentor.is_some();
        theirs.then_some(seen)
    }
}

fn bond(child: PersonId, child_hidden: bool, one: &Touch) -> Bond {
    Bond {
        child,
        other: one.other,
        child_hidden,
        other_hidden: one.hidden,
        stage: one.stage().map(|step| step.stage),
    }
}

/// With whom somebody wants to stay in touch, as they see it themselves.
///
/// # Errors
/// Where the database refuses.
pub async fn seen_by_child(conn: &mut Conn, child: PersonId, today: Date) -> Result<Vec<Seen>> {
    let all = touches(conn, child, None).await?;
    Ok(all
        .iter()
        .filter_map(|one| {
            let bond = bond(child, false, one);
            Eyes { viewer: child, bond: &bond, today }.seen(one, &one.called)
        })
        .collect())
}

/// What somebody who is the other of a bond sees of it in their own space.
///
/// # Errors
/// Where the database refuses.
pub async fn seen_by_other(conn: &mut Conn, viewer: PersonId, today: Date) -> Result<Vec<Seen>> {
    let children = with_whom(conn, viewer).await?;
    let mut all = vec![];
    for child in headers(conn, &children).await? {
        let hidden = child.level != AccessLevel::Findable;
        for one in touches(conn, child.id, None).await?.iter().filter(|one| one.other == Some(viewer)) {
            let bond = bond(child.id, hidden, one);
            all.extend(Eyes { viewer, bond: &bond, today }.seen(one, &child.shown_name));
        }
    }
    Ok(all)
}
