//! What is told and planned of the children of an invented family, by several voices.

use super::chance::Chance;
use super::family::{Family, last_word};
use super::secret::{Planned, Secret};
use app::story::{Tell, tell};
use app::told::By;
use app::{plan, sharing};
use jiff::civil::{Date, date};
use practice::id::PersonId;
use practice::plan::{Agreement, LineKind, LineReaders, Spoken, ToldLine, usual_readers};
use practice::sharing::{Held, HoldDraft, Matter, NewPrivate, Private, What};
use practice::story::{StoryPart, ToldHow};
use testkit::TestApp;
use uuid::Uuid;

impl Family {
    /// A worker holds something back: all of an entry, the account or the first words, from one or from everybody.
    pub(super) async fn hold_back(&mut self, t: &TestApp, chance: &mut Chance) {
        let who = self.workers[0].who.clone();
        for at in 0..self.deeds.len() {
            if self.deeds[at].newer.is_some() || !chance.in_ten(3) {
                continue;
            }
            let what = match chance.below(3) {
                0 => What::All,
                1 if !self.deeds[at].owners.is_empty() => What::Words(0),
                _ => What::Account,
            };
            let everybody = chance.in_ten(3);
            let person = self.anybody(chance);
            let why = self.sentence(chance, Secret::HeldBack(at));
            let word = last_word(&why);
            let draft = HoldDraft {
                field: "hold".to_owned(),
                what,
                everybody,
                people: vec![person],
                ground: GROUND.to_owned(),
                why,
                review_on: None,
                unread: false,
            };
            let hold = sharing::HoldBack { entry: self.deeds[at].id, draft };
            if act!(t, who, tx, moment, sharing::hold_back(&mut tx, &who, &mut moment, hold)).is_some() {
                self.deeds[at].held.push(Held { what, from: (!everybody).then_some(person) });
            } else {
                self.secrets.remove(&word);
            }
        }
    }

    /// A worker marks words as the private matter of somebody: of the family, there or not, or without a record.
    pub(super) async fn make_private(&mut self, t: &TestApp, chance: &mut Chance) {
        let who = self.workers[0].who.clone();
        for at in 0..self.deeds.len() {
            if self.deeds[at].newer.is_some() || !chance.in_ten(3) {
                continue;
            }
            let words = !self.deeds[at].owners.is_empty() && chance.in_ten(5);
            let what = if words { What::Words(0) } else { What::Account };
            let of = (!chance.in_ten(2)).then(|| self.anybody(chance));
            let mark = (self.deeds[at].id, vec![NewPrivate { what, of, matter: Matter::Health }]);
            if act!(t, who, tx, moment, sharing::make_private(&mut tx, &who, &mut moment, mark)).is_some() {
                self.deeds[at].private.push(Private { what, theirs: of.into_iter().collect() });
            }
        }
    }

    pub(super) async fn story(&mut self, t: &TestApp, chance: &mut Chance) {
        let who = self.workers[0].who.clone();
        for child in self.children() {
            for by in self.voices(chance) {
                let other = by.person();
                let shared = other.is_some() && chance.in_ten(5);
                let told_by = if by.themselves() { Some(child) } else { other };
                let secret = Secret::Told { of: child, by: told_by, shared };
                let words = self.sentence(chance, secret);
                let word = last_word(&words);
                let command = Tell {
                    person: child,
                    part: StoryPart::ALL[chance.below(StoryPart::ALL.len())],
                    from: None,
                    by: Some(by),
                    how: ToldHow::ToldTo,
                    shared,
                    words,
                    rests_on: vec![],
                    told_on: date(2026, 11, 1),
                };
                if act!(t, who, tx, moment, tell(&mut tx, &who, &mut moment, command)).is_none() {
                    self.secrets.remove(&word);
                }
            }
        }
    }

    fn voices(&self, chance: &mut Chance) -> Vec<By> {
        let [mother, father, gran] = self.adults();
        let all = [
            By::Themselves,
            By::Person(mother),
            By::Person(father),
            By::Person(gran),
            By::Words("Her teacher".to_owned()),
        ];
        all.into_iter().filter(|_| chance.in_ten(5)).collect()
    }

    pub(super) async fn plan(&mut self, t: &TestApp, chance: &mut Chance) {
        for child in self.children() {
            for by in self.voices(chance) {
                let goal = self.line(t, chance, (child, &by)).await;
                self.view(t, chance, (child, &by)).await;
                if let Some(goal) = goal {
                    self.number(t, chance, (child, goal, by)).await;
                }
            }
        }
    }

    async fn line(&mut self, t: &TestApp, chance: &mut Chance, (child, by): (PersonId, &By)) -> Option<Uuid> {
        let who = self.workers[0].who.clone();
        let open = chance.in_ten(4);
        let words = self.planned(chance, (child, by), Planned::Line(self.lines.len()));
        let word = last_word(&words);
        let command = plan::WriteLine {
            person: child,
            of: None,
            kind: LineKind::Goal,
            goal: None,
            words,
            child_words: None,
            by: by.clone(),
            readers: open.then_some(LineReaders::Everyone),
            rests_on: vec![],
        };
        let goal = act!(t, who, tx, moment, plan::write_line(&mut tx, &who, &mut moment, command));
        let Some(line) = goal else {
            self.secrets.remove(&word);
            return None;
        };
        let spoken = spoken(child, by);
        let readers = if open { LineReaders::Everyone } else { usual_readers(spoken) };
        self.lines.push((child, ToldLine { line, by: spoken, readers, for_child: false }));
        Some(line)
    }

    async fn view(&mut self, t: &TestApp, chance: &mut Chance, (child, by): (PersonId, &By)) {
        let who = self.workers[0].who.clone();
        let words = self.planned(chance, (child, by), Planned::View(self.views.len()));
        let word = last_word(&words);
        let agree = plan::Agree {
            person: child,
            by: by.clone(),
            agreement: Agreement::NotAgreed,
            words: Some(words),
            read_back: true,
            on: SAID_ON,
        };
        if act!(t, who, tx, moment, plan::agree(&mut tx, &who, &mut moment, agree)).is_some() {
            self.views.push((child, spoken(child, by)));
        } else {
            self.secrets.remove(&word);
        }
    }

    async fn number(&mut self, t: &TestApp, chance: &mut Chance, (child, goal, by): (PersonId, Uuid, By)) {
        let who = self.workers[0].who.clone();
        let words = self.planned(chance, (child, &by), Planned::Number(self.numbers.len()));
        let word = last_word(&words);
        let said = (child, (goal, spoken(child, &by)));
        let scale =
            plan::Scale { person: child, goal, by, value: 3, on: SAID_ON, why: Some(words), next_step: None };
        if act!(t, who, tx, moment, plan::scale(&mut tx, &who, &mut moment, scale)).is_some() {
            self.numbers.push(said);
        } else {
            self.secrets.remove(&word);
        }
    }

    fn planned(&mut self, chance: &mut Chance, (of, by): (PersonId, &By), what: Planned) -> String {
        let by = if by.themselves() { Some(of) } else { by.person() };
        self.sentence(chance, Secret::Planned { of, by, what })
    }
}

/// Why what is held back is held back, by its code.
const GROUND: &str = "other";

/// On which day everything of a plan was said.
const SAID_ON: Date = date(2026, 11, 2);

fn spoken(of: PersonId, by: &By) -> Spoken {
    if by.themselves() {
        return Spoken::Person(of);
    }
    by.person().map_or(Spoken::Other, Spoken::Person)
}
