//! People of a folder: someone new is begun with everything known, someone known is brought up to date field by
//! field, where no page has said otherwise since.

use super::bring::{Bring, Field, Held};
use super::columns::PEOPLE;
use super::rows::{At, PersonRow};
use crate::person::actions::{
    AddPerson, CorrectIdentifier, CorrectName, EndDetail, Mint, NamePerson, NewBirth, NewDetail,
    NewIdentifier, NewName, RecordBirth, RecordDetail, RecordIdentifier, add_person, correct_identifier,
    correct_name, end_detail, name_person, record_birth, record_detail, record_identifier,
};
use crate::person::{self, facts};
use crate::{Oops, Result};
use practice::id::PersonId;
use practice::person::{AccessLevel, BirthBasis, DetailKind, IdentifierKind, NameKind, PersonKind};

/// A name as a field holds it.
pub(super) fn name_words(given: &str, family: &str) -> String {
    format!("{given}|{family}")
}

fn legal(row: &PersonRow) -> Option<NewName> {
    let some = !row.given.is_empty() || !row.family.is_empty();
    some.then(|| NewName::new(NameKind::Legal, &row.given, &row.family))
}

fn birth_words(on: jiff::civil::Date, basis: BirthBasis) -> String {
    format!("{on} {}", basis.code())
}

impl Bring<'_> {
    /// Brings everyone of people.csv.
    pub(super) async fn everyone(&mut self, rows: &[At<PersonRow>]) -> Result<()> {
        for row in rows {
            match self.person(&row.is.id) {
                None => self.new_person(row).await?,
                Some(held) => {
                    self.report.count("people who were there already");
                    self.known_person(&held, row).await?;
                }
            }
            self.row_done();
        }
        Ok(())
    }

    async fn new_person(&mut self, row: &At<PersonRow>) -> Result<()> {
        let is = &row.is;
        let unborn = is.birth.is_some_and(|(_, basis)| basis == BirthBasis::Expected);
        let chosen = is.chosen.as_ref().map(|name| NewName::new(NameKind::Chosen, name, ""));
        let mut identifiers = vec![NewIdentifier::new(IdentifierKind::CouncilId, &is.id)];
        let numbers = [
            (IdentifierKind::Upn, &is.upn),
            (IdentifierKind::FormerUpn, &is.former_upn),
            (IdentifierKind::NhsNumber, &is.nhs_number),
        ];
        identifiers.extend(
            numbers.iter().filter_map(|(kind, number)| Some(NewIdentifier::new(*kind, number.as_ref()?))),
        );
        let level = is.access.unwrap_or(AccessLevel::Findable);
        let command = AddPerson {
            kind: if unborn { PersonKind::Unborn } else { PersonKind::Born },
            names: legal(is).into_iter().chain(chosen).collect(),
            birth: is.birth.map(|(on, basis)| NewBirth { on, basis, note: None }),
            details: is.details.iter().map(|(_, kind, words)| NewDetail::new(*kind, words)).collect(),
            identifiers,
            addresses: vec![],
            level,
            mint: Mint::Never,
            hue: None,
        };
        let result = add_person(self.tx, self.who, self.moment, command).await;
        let Some(added) = self.settle(PEOPLE.file, row.line, result)? else { return Ok(()) };
        self.report.count("people added");
        let restricted = level != AccessLevel::Findable;
        if restricted {
            self.report.count("people added as restricted");
        }
        for words in added.warnings {
            self.report.list(&is.id, row.line, words);
        }
        let held =
            Held { id: added.person, said_as: added.person.0, written: is.id.clone(), restricted, new: true };
        self.people.insert(is.id.to_ascii_uppercase(), held.clone());
        let mut fields: Vec<(&str, String)> = vec![("access", level.code().to_owned())];
        fields.extend(legal(is).map(|name| ("legal name", name_words(&name.given, &name.family))));
        fields.extend(is.chosen.clone().map(|name| ("chosen name", name)));
        fields.extend(is.birth.map(|(on, basis)| ("birth", birth_words(on, basis))));
        fields.extend(is.details.iter().map(|(column, _, words)| (*column, words.clone())));
        fields.extend(numbers.iter().filter_map(|(kind, number)| Some((kind.code(), (*number).clone()?))));
        for (name, words) in fields {
            self.asks(&held, (name, name), Some(words.clone()), Some(words)).await?;
        }
        Ok(())
    }

    /// Whether the record takes what the file says of a field of a person.
    pub(super) async fn asks(
        &mut self,
        held: &Held,
        (name, what): (&str, &str),
        file: Option<String>,
        record: Option<String>,
    ) -> Result<bool> {
        let field = Field {
            subject: held.said_as,
            whom: &held.written,
            name,
            what,
            file,
            record,
            secret: held.restricted,
            new: held.new,
        };
        self.takes(field).await
    }

    async fn known_person(&mut self, held: &Held, row: &At<PersonRow>) -> Result<()> {
        let line = row.line;
        let result = self.known_names(held, &row.is).await;
        self.settle(PEOPLE.file, line, result)?;
        let result = self.known_birth(held, &row.is).await;
        self.settle(PEOPLE.file, line, result)?;
        let result = self.known_details(held, &row.is).await;
        self.settle(PEOPLE.file, line, result)?;
        let result = self.known_numbers(held, row).await;
        self.settle(PEOPLE.file, line, result)?;
        let result = self.known_level(held, &row.is).await;
        self.settle(PEOPLE.file, line, result)?;
        Ok(())
    }

    async fn known_names(&mut self, held: &Held, row: &PersonRow) -> Result<()> {
        let names = facts::names(self.tx, held.id, None).await?;
        let current = |kind: NameKind| names.iter().rev().find(|name| name.kind == kind && name.to.is_none());
        if let Some(mut put) = legal(row) {
            let held_name = current(NameKind::Legal);
            let record = held_name.map(|name| name_words(&name.given, &name.family));
            // a part that the file leaves out is left as it is
            if let Some(name) = held_name {
                put.given = if put.given.is_empty() { name.given.clone() } else { put.given };
                put.family = if put.family.is_empty() { name.family.clone() } else { put.family };
            }
            let file = name_words(&put.given, &put.family);
            if self.asks(held, ("legal name", "legal name"), Some(file), record).await? {
                if let Some(name) = held_name {
                    let put = NewName { from: name.from, ..put };
                    let command = CorrectName { person: held.id, name: name.id, put };
                    correct_name(self.tx, self.who, self.moment, command).await?;
                } else {
                    let command = NamePerson { person: held.id, name: put };
                    name_person(self.tx, self.who, self.moment, command).await?;
                }
            }
        }
        let record = current(NameKind::Chosen).map(|name| facts::whole(&name.given, &name.family));
        if self.asks(held, ("chosen name", "chosen name"), row.chosen.clone(), record).await? {
            let name = NewName::new(NameKind::Chosen, row.chosen.as_deref().unwrap_or_default(), "");
            name_person(self.tx, self.who, self.moment, NamePerson { person: held.id, name }).await?;
        }
        Ok(())
    }

    async fn known_birth(&mut self, held: &Held, row: &PersonRow) -> Result<()> {
        let Some((on, basis)) = row.birth else { return Ok(()) };
        let header = person::header(self.tx, held.id).await?.ok_or(Oops::NotFound)?;
        let record = header.birth.map(|birth| birth_words(birth.on, birth.basis));
        if self.asks(held, ("birth", "birth"), Some(birth_words(on, basis)), record).await? {
            let birth = NewBirth { on, basis, note: None };
            let command = RecordBirth { person: held.id, birth, seen: None };
            record_birth(self.tx, self.who, self.moment, command).await?;
            self.moment.touch_clocks(held.id);
        }
        Ok(())
    }

    async fn known_details(&mut self, held: &Held, row: &PersonRow) -> Result<()> {
        for (column, kind, words) in &row.details {
            let all = facts::details(self.tx, held.id, None).await?;
            let open: Vec<_> = all.iter().filter(|it| it.kind == *kind && it.to.is_none()).collect();
            let last = self.said(held.said_as, held.new).await?.last(column).map(str::to_owned);
            // of a kind that a person may have several of, the one that this column speaks of
            let mine = if kind.single() {
                open.first()
            } else {
                let like = |wanted: &str| open.iter().find(|it| it.words == wanted);
                like(words).or_else(|| last.as_deref().and_then(like))
            };
            let record = mine.map(|it| it.words.clone());
            if !self.asks(held, (column, column), Some(words.clone()), record).await? {
                continue;
            }
            if let Some(old) = mine.filter(|_| !kind.single()) {
                let on = self.moment.today();
                let command = EndDetail { person: held.id, detail: old.id, on };
                end_detail(self.tx, self.who, self.moment, command).await?;
            }
            let command = RecordDetail { person: held.id, detail: NewDetail::new(*kind, words), seen: None };
            record_detail(self.tx, self.who, self.moment, command).await?;
            if *kind == DetailKind::Died {
                self.moment.touch_clocks(held.id);
            }
        }
        Ok(())
    }

    async fn known_numbers(&mut self, held: &Held, row: &At<PersonRow>) -> Result<()> {
        let numbers = [
            (IdentifierKind::Upn, &row.is.upn),
            (IdentifierKind::FormerUpn, &row.is.former_upn),
            (IdentifierKind::NhsNumber, &row.is.nhs_number),
        ];
        for (kind, number) in numbers {
            let Some(number) = number else { continue };
            let all = facts::identifiers(self.tx, held.id, None).await?;
            let open = |number: Option<&str>| {
                let of_kind = |it: &&facts::Identifier| {
                    it.kind == kind && number.is_none_or(|wanted| it.number == wanted)
                };
                all.iter().filter(of_kind).find(|it| it.to.is_none() || kind == IdentifierKind::FormerUpn)
            };
            let mine = if kind == IdentifierKind::FormerUpn { open(Some(number)) } else { open(None) };
            let record = mine.map(|it| it.number.clone());
            let what = kind.plain();
            if !self.asks(held, (kind.code(), what), Some(number.clone()), record).await? {
                continue;
            }
            let recorded = if let Some(wrong) = mine.filter(|_| kind == IdentifierKind::NhsNumber) {
                let command =
                    CorrectIdentifier { person: held.id, identifier: wrong.id, number: number.clone() };
                correct_identifier(self.tx, self.who, self.moment, command).await?
            } else {
                let identifier = NewIdentifier::new(kind, number);
                let command = RecordIdentifier { person: held.id, identifier };
                record_identifier(self.tx, self.who, self.moment, command).await?
            };
            for words in recorded.warnings {
                self.report.list(&held.written, row.line, words);
            }
        }
        Ok(())
    }

    /// Who may learn of a known person is changed on the page of restricted records alone, where somebody
    /// answers for it; a file that asks for more care than the record takes is not brought in.
    async fn known_level(&mut self, held: &Held, row: &PersonRow) -> Result<()> {
        let Some(level) = row.access else { return Ok(()) };
        let record = person::header(self.tx, held.id).await?.ok_or(Oops::NotFound)?.level;
        let last = self.said(held.said_as, held.new).await?.last("access").map(str::to_owned);
        let more_careful = level == AccessLevel::Restricted && record == AccessLevel::Findable;
        if more_careful && last.as_deref() != Some(level.code()) {
            return Err(Oops::wrong(
                "access",
                "This person is in the record as findable. Restrict the record first, on the page of restricted records, then bring the folder in",
            ));
        }
        // otherwise the record stands, and a difference is listed
        self.asks(held, ("access", "access"), Some(level.code().to_owned()), Some(record.code().to_owned()))
            .await?;
        Ok(())
    }

    /// Lets people with one word in the column household live together.
    pub(super) async fn households(&mut self, rows: &[At<PersonRow>]) -> Result<()> {
        let mut anchors: std::collections::HashMap<&str, PersonId> = std::collections::HashMap::new();
        for row in rows {
            let (Some(word), Some(held)) = (row.is.household.as_deref(), self.person(&row.is.id)) else {
                continue;
            };
            let Some(anchor) = anchors.get(word).copied() else {
                anchors.insert(word, held.id);
                self.said(held.said_as, held.new).await?;
                continue;
            };
            let result = self.lives_with(&held, anchor, word).await;
            self.settle(PEOPLE.file, row.line, result)?;
        }
        Ok(())
    }

    async fn lives_with(&mut self, held: &Held, anchor: PersonId, word: &str) -> Result<()> {
        use crate::person::actions::{Join, MoveIn, MoveOut, move_in, move_out};
        let today = self.moment.today();
        let all = facts::members(self.tx, held.id, None).await?;
        let lives = |person: PersonId| {
            let here =
                move |it: &&facts::Member| it.person == person && facts::holds_on(it.from, it.to, today);
            all.iter().filter(here)
        };
        let mine: Vec<_> = lives(held.id).cloned().collect();
        let together = lives(anchor).any(|theirs| mine.iter().any(|my| my.household == theirs.household));
        let last = self.said(held.said_as, held.new).await?.last("household").map(str::to_owned);
        // the record says what the file said last, unless a page has moved them since
        let record = if together { Some(word.to_owned()) } else { last.clone().filter(|last| last != word) };
        if !self.asks(held, ("household", "household"), Some(word.to_owned()), record).await? {
            return Ok(());
        }
        if last.is_some()
            && let [before] = mine.as_slice()
        {
            let command = MoveOut { person: held.id, member: before.id, on: today };
            move_out(self.tx, self.who, self.moment, command).await?;
        }
        let command = MoveIn { person: held.id, join: Join::With(anchor), from: None };
        move_in(self.tx, self.who, self.moment, command).await?;
        if held.new {
            self.report.count("household members added");
        }
        Ok(())
    }
}
