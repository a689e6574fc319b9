//! The erasing itself, in one transaction: every place every room lists, and everything that lies beside them.

use super::shared::{Entries, circle};
use super::store::{self};
use super::words::{Words, mentions, without};
use super::{said, shared};
use crate::room::Place;
use crate::rooms::ROOMS;
use crate::{Moment, Result};
use db::{Tx, args};
use practice::id::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How much of what was erased, in words: none of it says whose it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// What, and how many.
    pub counts: BTreeMap<String, u64>,
}

impl Erased {
    pub(super) fn add(&mut self, what: &str, many: u64) {
        if many > 0 {
            *self.counts.entry(what.to_owned()).or_default() += many;
        }
    }
}

/// One disposal on its way.
pub(super) struct Erasing<'a> {
    pub(super) tx: &'a mut Tx,
    pub(super) moment: &'a Moment,
    pub(super) person: PersonId,
    /// Their record and those joined to it.
    pub(super) records: Vec<PersonId>,
    pub(super) words: Words,
    pub(super) erased: Erased,
}

async fn records(tx: &mut Tx, person: PersonId) -> Result<Vec<PersonId>> {
    let mut all = vec![person];
    let mut at = 0;
    while at < all.len() {
        let joined: Vec<(Uuid,)> = tx.all(store::JOINED_TO, args![all[at]]).await?;
        all.extend(joined.into_iter().map(|row| PersonId(row.0)));
        at += 1;
    }
    Ok(all)
}

/// Erases a person's record. Without `journal`, for a preview, the journal is left: it is read whole for it.
pub(super) async fn erase(
    tx: &mut Tx,
    moment: &Moment,
    (person, journal): (PersonId, bool),
) -> Result<Erased> {
    let records = records(tx, person).await?;
    let words = Words::of(tx, &records).await?;
    let mut it = Erasing { tx, moment, person, records, words, erased: Erased::default() };
    let circle = circle(&mut it).await?;
    let entries = Entries::of(&mut it).await?;
    let terms = shared::terms(&mut it, &circle).await?;
    it.beside(&entries).await?;
    entries.erase(&mut it).await?;
    let index = it.index().await?;
    it.photos().await?;
    it.places().await?;
    it.itself(index).await?;
    entries.take_out(&mut it, &terms).await?;
    shared::take_out_near(&mut it, &circle, &terms).await?;
    if journal {
        said::take_payloads(&mut it).await?;
    }
    Ok(it.erased)
}

/// The words of names under which they are found, and the households they lived in.
struct Index {
    tokens: Vec<(String,)>,
    houses: Vec<(Uuid,)>,
}

impl Erasing<'_> {
    async fn index(&mut self) -> Result<Index> {
        let mut index = Index { tokens: vec![], houses: vec![] };
        for record in &self.records {
            index.tokens.extend(self.tx.all::<(String,)>(store::TOKENS, args![*record]).await?);
            index.houses.extend(self.tx.all::<(Uuid,)>(store::HOUSES, args![*record]).await?);
        }
        Ok(index)
    }

    /// A file's row is gone: its bytes follow, once nothing else needs them.
    pub(super) async fn file(&mut self, hash: &str) -> Result<()> {
        self.erased.add("files", 1);
        self.tx.run(store::ERASING, args![hash, self.moment.now()]).await?;
        Ok(())
    }

    async fn photos(&mut self) -> Result<()> {
        for record in self.records.clone() {
            let photos: Vec<(String,)> = self.tx.all(store::PHOTOS, args![record]).await?;
            for (hash,) in photos {
                self.file(&hash).await?;
            }
        }
        Ok(())
    }

    /// Every place of every room.
    async fn places(&mut self) -> Result<()> {
        let places: Vec<&'static Place> = ROOMS.iter().flat_map(|room| room.appears_in()).collect();
        for record in self.records.clone() {
            for place in &places {
                let many = self.tx.run(place.dispose, args![record]).await?;
                self.erased.add(place.what, many);
            }
        }
        Ok(())
    }

    /// The record itself, and what only it held together.
    async fn itself(&mut self, index: Index) -> Result<()> {
        for record in self.records.clone() {
            for sql in [store::FORGET_JOINED, store::FORGET_JOINING, store::FORGET_PAIRS] {
                self.tx.run(sql, args![record]).await?;
            }
        }
        for (house,) in index.houses {
            self.tx.run(store::FORGET_HOUSE, args![house]).await?;
        }
        for (token,) in index.tokens {
            self.tx.run(store::FORGET_KEYS, args![&token]).await?;
            self.tx.run(store::FORGET_TOKEN, args![&token]).await?;
        }
        for record in self.records.clone().into_iter().rev() {
            let many = self.tx.run(store::FORGET_PERSON, args![record]).await?;
            self.erased.add("record", many);
        }
        Ok(())
    }

    /// Whether a text that lies about names them, by the id of a record or by their words.
    fn names_them(&self, text: &str) -> bool {
        self.words.ids.iter().any(|id| text.contains(id.as_str())) || mentions(text, &self.words.whole)
    }

    /// Drafts, kept forms, notices, texts saved second, and what imports reported.
    async fn beside(&mut self, entries: &Entries) -> Result<()> {
        let drafts: Vec<(Uuid, String, String)> = self.tx.all(store::DRAFTS, args![]).await?;
        for (draft, place, body) in drafts {
            if self.names_them(&place) || self.names_them(&body) || entries.names_one(&place) {
                self.draft(draft).await?;
            }
        }
        let forms: Vec<(Uuid, String)> = self.tx.all(store::KEPT_FORMS, args![]).await?;
        for (form, place) in forms {
            if self.names_them(&place) || entries.names_one(&place) {
                let many = self.tx.run(store::FORGET_KEPT_FORM, args![form]).await?;
                self.erased.add("form that came late", many);
            }
        }
        let notices: Vec<(Uuid, String, String)> = self.tx.all(store::NOTICES, args![]).await?;
        for (notice, words, link) in notices {
            if self.names_them(&words) || self.names_them(&link) || entries.names_one(&link) {
                let many = self.tx.run(store::FORGET_NOTICE, args![notice]).await?;
                self.erased.add("notice", many);
            }
        }
        let texts: Vec<(Uuid, String)> = self.tx.all(store::OTHER_TEXTS, args![]).await?;
        for (text, body) in texts {
            if self.names_them(&body) {
                let many = self.tx.run(store::FORGET_TEXT, args![text]).await?;
                self.erased.add("text saved second", many);
            }
        }
        self.imports().await
    }

    async fn draft(&mut self, draft: Uuid) -> Result<()> {
        let files: Vec<(String, Option<String>)> = self.tx.all(store::FILES_OF_DRAFT, args![draft]).await?;
        self.tx.run(store::FORGET_DRAFT_FILES, args![draft]).await?;
        self.tx.run(store::FREE_DRAFT_FILES, args![draft]).await?;
        for hash in files.into_iter().flat_map(|(hash, small)| [Some(hash), small]).flatten() {
            self.file(&hash).await?;
        }
        let many = self.tx.run(store::FORGET_DRAFT, args![draft]).await?;
        self.erased.add("draft", many);
        Ok(())
    }

    /// What an import reported of them is taken out of its report.
    async fn imports(&mut self) -> Result<()> {
        let runs: Vec<(Uuid, String)> = self.tx.all(store::RUNS, args![]).await?;
        for (run, report) in runs {
            let mut told: Json = serde_json::from_str(&report)?;
            let lines = self.lines_out(&mut told);
            let text = serde_json::to_string(&told)?;
            let text = without(&text, &self.words.whole).unwrap_or(text);
            if text != report {
                self.tx.run(store::RUN_SAYS, args![run, text]).await?;
                self.erased.add("line of an import's report", lines);
            }
        }
        Ok(())
    }

    fn lines_out(&self, report: &mut Json) -> u64 {
        let theirs = |line: &Json| {
            let said = |key: &str| line.get(key).and_then(Json::as_str);
            let whom = said("whom").or_else(|| said("child"));
            whom.is_some_and(|whom| self.words.council_ids.iter().any(|id| id.eq_ignore_ascii_case(whom)))
        };
        let mut many = 0;
        for list in ["changes", "kept", "listed", "not_understood"] {
            if let Some(Json::Array(lines)) = report.get_mut(list) {
                let before = lines.len();
                lines.retain(|line| !theirs(line));
                many += (before - lines.len()) as u64;
            }
        }
        many
    }
}
