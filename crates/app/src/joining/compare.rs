//! What two records say differently, so that whoever joins them can choose.

use super::store::{self, ResponsibleRow};
use super::{differ, settle};
use crate::Result;
use crate::person::facts;
use db::{Conn, args};
use jiff::civil::Date;
use practice::id::PersonId;
use practice::joining::{Overlap, Side, Standing, birth_stands, overlaps};

/// Where two records differ and one of the two must be chosen.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// Both have a name in use of one kind, and not the same.
    pub names: bool,
    /// Both have a birth, and it cannot be told which is right.
    pub birth: bool,
    /// Each has another responsible worker today: of the kept record, of the other.
    pub responsible: Option<[String; 2]>,
    /// Episodes of one kind at the same time.
    pub episodes: Vec<Overlap>,
}

/// Where two records differ.
///
/// # Errors
/// Where the database refuses.
pub async fn differences(
    conn: &mut Conn,
    today: Date,
    (kept, other): (PersonId, PersonId),
) -> Result<Differences> {
    let names =
        differ::names(&facts::names(conn, kept, None).await?, &facts::names(conn, other, None).await?);
    let births = (facts::birth(conn, kept, None).await?, facts::birth(conn, other, None).await?);
    let birth = match &births {
        (Some(one), Some(two)) => birth_stands(one.birth, two.birth).is_none(),
        (Some(_) | None, None) | (None, Some(_)) => false,
    };
    let mut workers = vec![];
    for person in [kept, other] {
        let rows: Vec<ResponsibleRow> = conn.all(store::RESPONSIBLE, args![person, today]).await?;
        workers.push(rows.into_iter().next());
    }
    let responsible = match &workers[..] {
        [Some(one), Some(two)] if one.worker_id != two.worker_id => {
            Some([one.name.clone(), two.name.clone()])
        }
        _ => None,
    };
    let mut all = settle::standing(conn, kept, Side::Kept).await?;
    all.extend(settle::standing(conn, other, Side::Other).await?);
    let all: Vec<Standing> = all.into_iter().map(|(_, episode)| episode).collect();
    Ok(Differences { names, birth, responsible, episodes: overlaps(&all) })
}
