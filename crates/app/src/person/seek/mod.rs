//! Looking for people: by names given a little wrong, dates, numbers, phones and postcodes; and noticing
//! that somebody who is about to be added may be here already. The rules are [`practice::finding`]; here is
//! what they ask of the database, and what each reader may be told.

mod gather;
mod helped;
mod like;
pub(crate) mod store;

pub use helped::{Helped, helped, people_of};
pub use like::{Alike, Likely, alike};

use crate::access::Reach;
use crate::{Result, Who};
use db::Conn;
use gather::{Gathered, Person};
use jiff::Timestamp;
use practice::access::Sight;
use practice::finding::{Query, Why, parse_query, rank};
use practice::id::PersonId;
use practice::person::{AccessLevel, Birth};

/// How many people stand on one page of what was found.
pub const PAGE: usize = 20;

/// Somebody found, with no more than the reader may know.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Who.
    pub person: PersonId,
    /// The chosen name, with the family name.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// Their colour.
    pub hue: i64,
    /// The year of birth.
    pub birth_year: Option<i16>,
    /// The birth, only where the reader may open the record.
    pub birth: Option<Birth>,
    /// The legal name where it differs and the reader may open the record.
    pub full_name: Option<String>,
    /// Whether the reader may open the record.
    pub open: bool,
    /// Why they were found, in sentences this reader may see.
    pub why: Vec<String>,
    /// Who is responsible for them, and the team.
    pub helped: Helped,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// One page of people, best first.
    pub hits: Vec<Hit>,
    /// How many there are in all, for this reader.
    pub total: usize,
    /// Words that could not be read as anything.
    pub not_understood: Vec<String>,
    /// There were more people than are looked through: more words would help.
    pub too_many: bool,
}

/// Looks for people, and gives one page of them, counted from 0. Whoever the reader may not know of is not
/// there, in the list or in its length.
///
/// # Errors
/// Where the database refuses.
pub async fn search(conn: &mut Conn, who: &Who, now: Timestamp, text: &str, page: usize) -> Result<Found> {
    let today = now.to_zoned(crate::moment::london()).date();
    let query = parse_query(text, today);
    if query.is_empty() {
        return Ok(Found { not_understood: query.not_understood, ..Found::default() });
    }
    let reach = Reach::of(conn, who, now).await?;
    let mut gathered = gather::gather(conn, &query).await?;
    hold_back(conn, &reach, &mut gathered).await?;
    let too_many = gathered.too_many;
    let judged = gathered.people.iter().map(|(&id, person)| (id, person.candidate.clone()));
    let ranked = rank(&query, judged);
    let total = ranked.len();
    let rows: Vec<_> = ranked.into_iter().skip(page.saturating_mul(PAGE)).take(PAGE).collect();
    let ids: Vec<PersonId> = rows.iter().map(|row| row.key).collect();
    let standings = reach.standings(conn, &ids).await?;
    let mut helping = helped(conn, &ids, today).await?;
    let mut hits = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(person) = gathered.people.get(&row.key) else { continue };
        let open = standings.get(&row.key).is_some_and(|it| reach.decide(it, Sight::Open).is_allowed());
        let why = reasons(&row.why, &person.name, open);
        hits.push(hit(row.key, person, open, why, helping.remove(&row.key).unwrap_or_default()));
    }
    Ok(Found { hits, total, not_understood: query.not_understood, too_many })
}

fn hit(id: PersonId, person: &Person, open: bool, why: Vec<String>, helped: Helped) -> Hit {
    let birth = person.candidate.birth;
    Hit {
        person: id,
        name: person.name.clone(),
        initials: person.initials.clone(),
        hue: person.hue,
        birth_year: birth.map(|birth| birth.on.year()),
        birth: birth.filter(|_| open),
        full_name: Some(person.full_name.clone()).filter(|name| open && *name != person.name),
        open,
        why,
        helped,
    }
}

/// Leaves out whoever the reader may not know of, and matches by an address they may not see.
async fn hold_back(conn: &mut Conn, reach: &Reach, gathered: &mut Gathered) -> Result<()> {
    let asked: Vec<PersonId> = gathered
        .people
        .iter()
        .filter(|(id, person)| {
            person.level != AccessLevel::Findable || gathered.confidential.contains_key(id)
        })
        .map(|(&id, _)| id)
        .collect();
    if asked.is_empty() {
        return Ok(());
    }
    let standings = reach.standings(conn, &asked).await?;
    let may = |id: &PersonId, sight| standings.get(id).is_some_and(|it| reach.decide(it, sight).is_allowed());
    for id in &asked {
        if !may(id, Sight::Exists) {
            gathered.people.remove(id);
        } else if may(id, Sight::ConfidentialAddress)
            && let (Some(person), Some(postcode)) =
                (gathered.people.get_mut(id), gathered.confidential.get(id))
        {
            person.candidate.postcodes.push(postcode.clone());
        }
    }
    Ok(())
}

/// Why somebody was found, for this reader. Without the right to open the record, nothing is said of any name
/// but the chosen one.
fn reasons(why: &[Why], name: &str, open: bool) -> Vec<String> {
    if open {
        return why.iter().map(Why::sentence).collect();
    }
    let shown: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let mut said = vec![];
    for reason in why {
        let of_another = match reason {
            Why::Spelling(word)
            | Why::Short(_, word)
            | Why::OneLetter(word)
            | Why::SoundsLike(word)
            | Why::Begins(word) => !shown.contains(&word.to_lowercase()),
            Why::OtherName(_) => true,
            _ => false,
        };
        let sentence = if of_another { "Another of their names".to_owned() } else { reason.discreet() };
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    said
}

/// Whether there is anything in these words to look for.
pub fn understood(text: &str, today: jiff::civil::Date) -> Query {
    parse_query(text, today)
}
