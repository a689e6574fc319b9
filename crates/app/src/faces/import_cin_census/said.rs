//! What earlier censuses said of a child: which periods and steps each year's file held, with their ends, and
//! what was told of the person.

use crate::faces::imports::Said;
use crate::{Moment, Result};
use db::{Conn, Tx};
use jiff::civil::Date;
use practice::episode::{EpisodeKind, StepKind};
use std::collections::HashMap;
use uuid::Uuid;

/// The field of a year.
pub(super) fn field_of(year: i16) -> String {
    format!("cin:{year}")
}

/// A period as it is compared, with its last day where one is given.
pub(super) fn key_of_period(kind: EpisodeKind, from: Date, to: Option<Date>) -> String {
    with_end(format!("{}:{from}", kind.code()), to)
}

/// A step as it is compared, with the day it was finished where one is given.
pub(super) fn key_of_step(kind: StepKind, period: Date, on: Date, ended: Option<Date>) -> String {
    with_end(format!("{}:{period}/{on}", kind.code()), ended)
}

fn with_end(key: String, end: Option<Date>) -> String {
    match end {
        Some(end) => format!("{key}={end}"),
        None => key,
    }
}

/// What earlier censuses said of one child.
pub(super) struct Told {
    said: Said,
    /// Keys of each year's file.
    years: HashMap<i16, Vec<String>>,
    /// What was told of the person, as lines of kind and words.
    lines: Vec<String>,
}

impl Told {
    /// Of a child who is new: nothing.
    pub(super) fn nothing(subject: Uuid) -> Self {
        Self { said: Said::nothing(subject), years: HashMap::new(), lines: vec![] }
    }

    /// What earlier censuses said.
    pub(super) async fn of(conn: &mut Conn, subject: Uuid) -> Result<Self> {
        let said = Said::of(conn, subject).await?;
        let split = |words: &str, at: char| {
            words.split(at).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let mut years = HashMap::new();
        let mut lines = vec![];
        for (field, words) in said.fields() {
            match field.strip_prefix("cin:") {
                Some("person") => lines = split(words, '\n'),
                Some(year) => {
                    if let Ok(year) = year.parse() {
                        years.insert(year, split(words, ' '));
                    }
                }
                None => {}
            }
        }
        Ok(Self { said, years, lines })
    }

    /// What a census told of the person last: whether it said this very line.
    pub(super) fn said_line(&self, line: &str) -> bool {
        self.lines.iter().any(|said| said == line)
    }

    /// The end that the newest file gave to a period or a step.
    pub(super) fn end_of(&self, key: &str) -> Option<Date> {
        let mut years: Vec<i16> = self.years.keys().copied().collect();
        years.sort_unstable();
        let found = years
            .into_iter()
            .rev()
            .find_map(|year| self.years[&year].iter().find(|held| held.split('=').next() == Some(key)))?;
        found.split_once('=')?.1.parse().ok()
    }

    /// The keys that the last file of a year held, without their ends.
    pub(super) fn held_in(&self, year: i16) -> impl Iterator<Item = &str> {
        self.years.get(&year).into_iter().flatten().filter_map(|key| key.split('=').next())
    }

    /// Keeps what the file of a year holds.
    pub(super) async fn holds(
        &mut self,
        tx: &mut Tx,
        moment: &Moment,
        year: i16,
        keys: &[String],
    ) -> Result<()> {
        self.said.say(tx, moment, &field_of(year), &keys.join(" ")).await
    }

    /// Keeps what the file tells of the person.
    pub(super) async fn person(&mut self, tx: &mut Tx, moment: &Moment, lines: &[String]) -> Result<()> {
        self.said.say(tx, moment, "cin:person", &lines.join("\n")).await
    }
}
