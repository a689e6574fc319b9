//! Further names, addresses and relationships of a folder.

use super::bring::{Bring, Held};
use super::columns::{ADDRESSES, NAMES, RELATIONSHIPS};
use super::rows::{AddressRow, At, BondRow, NameRow};
use crate::Result;
use crate::person::actions::{
    Bond, CorrectAddress, CorrectName, CorrectRelationship, EndRelationship, NamePerson, NewAddress, NewName,
    RecordAddress, Relate, correct_address, correct_name, correct_relationship, end_relationship,
    name_person, record_address, relate,
};
use crate::person::facts;
use jiff::civil::Date;
use practice::person::NameKind;

fn day_words(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

impl Bring<'_> {
    /// Brings the rows of names.csv, the oldest first, so that the name in use comes last.
    pub(super) async fn names(&mut self, rows: &[At<NameRow>]) -> Result<()> {
        let mut rows: Vec<&At<NameRow>> = rows.iter().collect();
        rows.sort_by_key(|row| (row.is.to.is_none(), row.is.from, row.line));
        for row in rows {
            if let Some(held) = self.person(&row.is.id) {
                let result = self.name(&held, &row.is).await;
                self.settle(NAMES.file, row.line, result)?;
            }
            self.row_done();
        }
        Ok(())
    }

    async fn name(&mut self, held: &Held, row: &NameRow) -> Result<()> {
        let all = facts::names(self.tx, held.id, None).await?;
        let same = |name: &&facts::Name| {
            let alike = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
            name.kind == row.kind && alike(&name.given, &row.given) && alike(&name.family, &row.family)
        };
        let mine = all.iter().find(same);
        let words = facts::whole(&row.given, &row.family);
        let field = format!("name:{}:{}", row.kind.code(), words.to_lowercase());
        let what = row.kind.plain().to_lowercase();
        let record = mine.map(|_| words.clone());
        let fresh = mine.is_none();
        let take = self.asks(held, (&field, &what), Some(words.clone()), record).await?;
        let mut put = NewName {
            kind: row.kind,
            given: row.given.clone(),
            family: row.family.clone(),
            from: row.from,
            to: row.to,
        };
        if take && fresh {
            // a name that has ended is history: it does not end the one in use
            let is_second_birth =
                row.kind == NameKind::Birth && all.iter().any(|name| name.kind == NameKind::Birth);
            if !is_second_birth {
                name_person(self.tx, self.who, self.moment, NamePerson { person: held.id, name: put })
                    .await?;
                self.report.count("further names added");
            } else if let Some(birth) = all.iter().find(|name| name.kind == NameKind::Birth) {
                let command = CorrectName { person: held.id, name: birth.id, put };
                correct_name(self.tx, self.who, self.moment, command).await?;
            }
            self.asks(held, (&format!("{field}:from"), &what), day_words(row.from), day_words(row.from))
                .await?;
            self.asks(held, (&format!("{field}:to"), &what), day_words(row.to), day_words(row.to)).await?;
            return Ok(());
        }
        let Some(mine) = mine else { return Ok(()) };
        let (first, last) = (format!("first day of the {what}"), format!("last day of the {what}"));
        let from = self
            .asks(held, (&format!("{field}:from"), &first), day_words(row.from), day_words(mine.from))
            .await?;
        let to =
            self.asks(held, (&format!("{field}:to"), &last), day_words(row.to), day_words(mine.to)).await?;
        if from || to {
            put.from = if from { row.from } else { mine.from };
            put.to = if to { row.to } else { mine.to };
            let command = CorrectName { person: held.id, name: mine.id, put };
            correct_name(self.tx, self.who, self.moment, command).await?;
        }
        Ok(())
    }

    /// Brings the rows of addresses.csv, the oldest first.
    pub(super) async fn addresses(&mut self, rows: &[At<AddressRow>]) -> Result<()> {
        let mut rows: Vec<&At<AddressRow>> = rows.iter().collect();
        rows.sort_by_key(|row| (row.is.to.is_none(), row.is.from, row.line));
        for row in rows {
            if let Some(held) = self.person(&row.is.id) {
                let result = self.address(&held, &row.is).await;
                self.settle(ADDRESSES.file, row.line, result)?;
            }
            self.row_done();
        }
        Ok(())
    }

    async fn address(&mut self, held: &Held, row: &AddressRow) -> Result<()> {
        let all = facts::addresses(self.tx, held.id, None).await?;
        let from = row.from.map_or_else(String::new, |day| day.to_string());
        let field = format!("address:{}:{from}", row.purpose.code());
        let last = self.said(held.said_as, held.new).await?.last(&field).map(str::to_owned);
        let written = |it: &facts::Address| one_line(&it.lines, it.postcode.as_deref(), it.confidential);
        let mine = all.iter().find(|it| {
            let dated = it.purpose == row.purpose && it.from == row.from;
            // without a first day, the one that the file spoke of last, or the one in use
            dated
                && (row.from.is_some() || last.as_ref().map_or(it.to.is_none(), |last| written(it) == *last))
        });
        let mut put = NewAddress {
            purpose: row.purpose,
            lines: row.lines.clone(),
            postcode: row.postcode.clone(),
            confidential: row.confidential,
            from: row.from,
            to: row.to,
        };
        let file = one_line(&row.lines, row.postcode.as_deref(), row.confidential);
        let what = format!("address ({})", row.purpose.plain().to_lowercase());
        // what a report says of a confidential address, or one that was, is only that it changed
        let hidden = Held {
            restricted: held.restricted || row.confidential || mine.is_some_and(|it| it.confidential),
            ..held.clone()
        };
        let take = self.asks(&hidden, (&field, &what), Some(file), mine.map(&written)).await?;
        let ends = format!("{field}:to");
        let Some(mine) = mine else {
            if take {
                let command = RecordAddress { person: held.id, address: put };
                record_address(self.tx, self.who, self.moment, command).await?;
                self.report.count("addresses added");
                self.asks(&hidden, (&ends, &what), day_words(row.to), day_words(row.to)).await?;
            }
            return Ok(());
        };
        let last_day = format!("last day of the {what}");
        let ended = self.asks(&hidden, (&ends, &last_day), day_words(row.to), day_words(mine.to)).await?;
        // no day is given, so it is a move that the file has just learned of
        let moved = mine.lines != row.lines && row.from.is_none() && mine.to.is_none() && row.to.is_none();
        if take && moved {
            let command = RecordAddress { person: held.id, address: put };
            record_address(self.tx, self.who, self.moment, command).await?;
            return Ok(());
        }
        if take || ended {
            if !take {
                put.lines.clone_from(&mine.lines);
                put.postcode.clone_from(&mine.postcode);
                put.confidential = mine.confidential;
            }
            put.to = if ended { row.to } else { mine.to };
            let command = CorrectAddress { person: held.id, address: mine.id, put };
            correct_address(self.tx, self.who, self.moment, command).await?;
        }
        Ok(())
    }

    /// Brings the rows of relationships.csv.
    pub(super) async fn bonds(&mut self, rows: &[At<BondRow>]) -> Result<()> {
        for row in rows {
            if let (Some(held), Some(other)) = (self.person(&row.is.id), self.person(&row.is.other)) {
                let result = self.bond(&held, &other, &row.is).await;
                self.settle(RELATIONSHIPS.file, row.line, result)?;
            }
            self.row_done();
        }
        Ok(())
    }

    async fn bond(&mut self, held: &Held, other: &Held, row: &BondRow) -> Result<()> {
        let all = facts::related(self.tx, held.id, None).await?;
        let same = |it: &&facts::Related| {
            it.other == other.id
                && it.kind == row.kind
                && (row.from.is_none() || it.from.is_none() || it.from == row.from)
        };
        let mine = all.iter().filter(same).max_by_key(|it| (it.to.is_none(), it.from));
        let from = row.from.map_or_else(String::new, |day| day.to_string());
        let field = format!("related:{}:{}:{from}", other.written, row.kind.code());
        let what = format!("{} {}", row.kind.plain(), other.written);
        let (restricted, new) = (held.restricted || other.restricted, held.new || other.new);
        let hidden = Held { restricted, new, ..held.clone() };
        let file = Some("related".to_owned());
        let take = self.asks(&hidden, (&field, &what), file.clone(), mine.and(file)).await?;
        let yes = |responsible: bool| if responsible { "yes" } else { "no" }.to_owned();
        let parts = |bond: Option<&facts::Related>| {
            let responsible = bond.map_or(row.responsible, |bond| Some(bond.they_hold)).map(yes);
            let note = bond.map_or_else(|| row.note.clone(), |bond| bond.note.clone());
            let to = bond.map_or(row.to, |bond| bond.to);
            [("parental responsibility", responsible), ("note", note), ("last day", day_words(to))]
        };
        let mut takes = [false; 3];
        for (at, ((part, file), (_, record))) in parts(None).into_iter().zip(parts(mine)).enumerate() {
            let (name, what) = (format!("{field}:{part}"), format!("{part} of {what}"));
            takes[at] = self.asks(&hidden, (&name, &what), file, record).await?;
        }
        let Some(mine) = mine else {
            if take {
                let bond = told_bond(row);
                let command = Relate { person: held.id, other: other.id, bond };
                relate(self.tx, self.who, self.moment, command).await?;
                self.report.count("relationships added");
            }
            return Ok(());
        };
        let [responsible, note, to] = takes;
        if to && !responsible && !note && mine.to.is_none() {
            let Some(on) = row.to else { return Ok(()) };
            let command = EndRelationship { person: held.id, seen: mine.id, on };
            return end_relationship(self.tx, self.who, self.moment, command).await;
        }
        if responsible || note || to {
            let put = Bond {
                kind: mine.kind,
                they_hold: row.responsible.filter(|_| responsible).unwrap_or(mine.they_hold),
                holds: mine.holds,
                closeness: mine.closeness,
                their_closeness: mine.their_closeness,
                note: if note { row.note.clone() } else { mine.note.clone() },
                from: mine.from,
                to: if to { row.to } else { mine.to },
            };
            let command = CorrectRelationship { person: held.id, seen: mine.id, put };
            correct_relationship(self.tx, self.who, self.moment, command).await?;
        }
        Ok(())
    }
}

/// An address as one text, so that what a file said and what the record says can be compared.
fn one_line(lines: &str, postcode: Option<&str>, confidential: bool) -> String {
    let secret = if confidential { "confidential" } else { "" };
    format!("{}|{}|{secret}", lines.replace('\n', ", "), postcode.unwrap_or_default())
}

/// The bond that a row tells of.
fn told_bond(row: &BondRow) -> Bond {
    Bond {
        they_hold: row.responsible.unwrap_or(false),
        note: row.note.clone(),
        from: row.from,
        to: row.to,
        ..Bond::of(row.kind)
    }
}
