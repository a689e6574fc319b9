//! Who worked with somebody over time: as a ribbon, in words, and measured by who was there and by who was responsible. It is
//! about what somebody lived through, and about no worker's worth.

use super::actions::Helper;
use super::handover::{OverTime, over_time};
use super::ribbon::{Block, Ribbon, ribbon};
use crate::clock::shown::day;
use crate::frame::Frame;
use crate::journal::Read;
use crate::who::Signed;
use crate::working::{about, how_long, open, plural};
use crate::{Result, told};
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Column;
use practice::access::Sight;
use practice::calendar::add_days;
use practice::continuity::{Cause, Continuity, Measured, Share, Steady, continuity};
use practice::id::{PersonId, WorkerId};
use practice::ribbon::{Stretch, longest, met_within, stretches};

/// Everything the page is drawn from.
struct Shown<'a> {
    name: &'a str,
    over: &'a OverTime,
    all: Vec<Stretch>,
    continuity: Continuity,
    told_again: usize,
    today: Date,
}

/// `GET /person/{id}/continuity`
pub(super) async fn show(signed: Signed, Path(id): Path<PersonId>) -> Result<Response> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let over = over_time(&mut conn, id, today).await?;
    let told_again = told::story(&mut conn, id, None).await?.again.len();
    drop(conn);
    open(&signed, &about, Read::Helpers).await?;
    let name = &about.header.shown_name;
    let shown = Shown {
        name,
        all: stretches(&over.spells, over.needed, today),
        continuity: continuity(&over.spells, &over.contacts, today),
        over: &over,
        told_again,
        today,
    };
    let title = format!("Who worked with {name} over time");
    let body = html! {
        h2 { (title) }
        (shown.body())
        p { a href={ (about.href) "/helpers" } { "People helping " (name) } ", " a href={ (about.href) "/handover" } { "hand-overs" } ", " a href={ (about.href) "/story" } { "the story so far" } }
    };
    Ok(about.page(&signed, None, Frame { title: &title, ..Frame::default() }, body))
}

fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

/// A share as a page shows it: "0.512".
fn decimal(share: Share) -> String {
    let all = share.thousandths();
    format!("{}.{:03}", all / 1_000, all % 1_000)
}

/// A measure, that there is too little to measure, or that it is from few.
fn measured(of: &Measured, which: fn(&Steady) -> Share) -> String {
    match (of.steady().map(which), of.caution()) {
        (None, caution) => caution.unwrap_or("too few").to_owned(),
        (Some(share), None) => decimal(share),
        (Some(share), Some(caution)) => format!("{} ({caution})", decimal(share)),
    }
}

impl Shown<'_> {
    fn worker(&self, id: WorkerId) -> Option<&Helper> {
        self.over.workers.iter().find(|one| one.worker == id)
    }

    fn name_of(&self, id: WorkerId) -> &str {
        self.worker(id).map_or("a worker", |one| one.name.as_str())
    }

    fn body(&self) -> Markup {
        if self.all.is_empty() {
            return page::empty(
                "Nobody yet",
                html! { "Nobody has been responsible for " (self.name) " so far." @if self.over.needed { " They wait for a worker." } },
            );
        }
        html! {
            p.lead { (self.said()) }
            (self.drawn())
            (self.one_after_another())
            (self.now())
            (self.changes())
            (self.measures())
        }
    }

    /// "4 workers in 14 months. Amina longest, 9 months. They had to tell their story again 3 times."
    fn said(&self) -> String {
        let since = self.all.first().map_or(self.today, |one| one.from);
        let until = self.all.last().map_or(self.today, |one| one.last);
        let mut said = format!(
            "{} in {}. ",
            plural(self.continuity.workers, "worker", "workers"),
            how_long(since, add_days(until, 1))
        );
        if let Some((who, days)) = longest(&self.all).filter(|_| self.continuity.workers > 1) {
            let days = i32::try_from(days).unwrap_or(0);
            said += &format!(
                "{} longest, {}. ",
                first(self.name_of(who)),
                how_long(add_days(until, 1 - days), add_days(until, 1))
            );
        }
        let nobody: u32 = self.all.iter().filter(|one| one.worker.is_none()).map(Stretch::days).sum();
        if nobody > 0 {
            let days = usize::try_from(nobody).unwrap_or(0);
            said += &format!("For {} there was nobody. ", plural(days, "day", "days"));
        }
        said + &match self.told_again {
            0 => "Nobody noted that they had to tell their story again.".to_owned(),
            n => format!("They had to tell their story again {}.", times(n)),
        }
    }

    /// Whether the worker of a stretch was handed over to, and met together with whoever went; none for the first.
    fn handed(&self, at: usize) -> Option<Option<bool>> {
        let one = self.all.get(at).filter(|_| at > 0)?;
        let of = self
            .over
            .spells
            .iter()
            .position(|spell| Some(spell.worker) == one.worker && spell.from == one.from)?;
        self.over.handed.get(of).copied()
    }

    fn drawn(&self) -> Markup {
        let blocks: Vec<Block<'_>> = self
            .all
            .iter()
            .enumerate()
            .map(|(at, one)| Block {
                stretch: *one,
                who: one.worker.and_then(|id| self.worker(id)).map(|one| (first(&one.name), one.hue)),
                number: at + 1,
                met: self.handed(at).map(|handed| handed == Some(true)),
            })
            .collect();
        let ticks: Vec<Date> = self.over.contacts.iter().map(|one| one.on).collect();
        let ends = [self.all.first().map(|one| one.from), self.all.last().map(|one| one.last)]
            .map(|on| on.map_or_else(String::new, |on| day(on, self.today)));
        let label: Vec<String> = self
            .all
            .iter()
            .map(|one| {
                let who = one.worker.map_or("nobody", |id| first(self.name_of(id)));
                format!("{who} {}", how_long(one.from, add_days(one.last, 1)))
            })
            .collect();
        ribbon(&Ribbon {
            blocks: &blocks,
            ticks: &ticks,
            said: &format!("Who was responsible: {}.", label.join(", ")),
            key: "A full diamond is a hand-over at which they all met, an open one a change without that. Each tick is a day on which somebody was in touch.",
            nobody: "nobody",
            ends: [&ends[0], &ends[1]],
        })
    }

    fn one_after_another(&self) -> Markup {
        let columns = [
            Column::words("Who"),
            Column::words("From"),
            Column::words("Until"),
            Column::words("How long"),
            Column::number("In touch"),
            Column::words("How they took over"),
        ];
        let row = |(at, one): (usize, &Stretch)| {
            let within = |on: Date| one.from <= on && on <= one.last;
            let touch = self.over.contacts.iter().filter(|it| Some(it.worker) == one.worker && within(it.on));
            vec![
                html! { (at + 1) ". " @match one.worker { Some(id) => (self.name_of(id)), None => "Nobody" } },
                html! { (day(one.from, self.today)) },
                html! { @if one.goes_on { "now" } @else { (day(one.last, self.today)) } },
                html! { (how_long(one.from, add_days(one.last, 1))) },
                html! { @if one.worker.is_some() { (touch.count()) } },
                html! { @match self.handed(at) {
                    Some(Some(true)) => "Handed over; they all met",
                    Some(Some(false)) => "Handed over; no meeting of all is recorded",
                    Some(None) => "No hand-over is recorded",
                    None => "",
                } },
            ]
        };
        let rows: Vec<Vec<Markup>> = self.all.iter().enumerate().map(row).collect();
        page::table("One after another", &columns, &rows)
    }

    fn now(&self) -> Markup {
        let never: Vec<&str> = self.continuity.never_met.iter().map(|id| self.name_of(*id)).collect();
        html! {
            section aria-labelledby="h-now" {
                h2 id="h-now" { "Now" }
                @match &self.continuity.now {
                    None => { p { "Nobody is responsible today." } }
                    Some(now) => {
                        p {
                            b { (self.name_of(now.worker)) } ", for " (how_long(add_days(self.today, -now.days), self.today)) ". "
                            @match now.met_days {
                                Some(days) => { "First in touch " (how_long(add_days(self.today, -days), self.today)) @if days > 0 { " ago" } ", " (times(now.contacts)) " so far." }
                                None => { "Nobody wrote down that they were in touch yet." }
                            }
                        }
                    }
                }
                @if !never.is_empty() { p.soft { "Nobody wrote down that " (self.name) " ever met " (never.join(", ")) "." } }
            }
        }
    }

    fn changes(&self) -> Markup {
        let all = &self.continuity.changes;
        let causes: Vec<String> = Cause::ALL
            .iter()
            .map(|cause| (cause, self.continuity.because(*cause)))
            .filter(|(_, many)| *many > 0)
            .map(|(cause, many)| format!("{} ({many})", cause.plain()))
            .collect();
        let columns = [Column::words("On"), Column::words("From"), Column::words("To"), Column::words("Why")];
        let rows: Vec<Vec<Markup>> = all
            .iter()
            .map(|one| {
                vec![
                    html! { (day(one.on, self.today)) },
                    html! { (self.name_of(one.from)) },
                    html! { (self.name_of(one.to)) },
                    html! { (one.cause.plain()) },
                ]
            })
            .collect();
        html! {
            section aria-labelledby="h-changes" {
                h2 id="h-changes" { "Changes" }
                @if all.is_empty() { p { "The worker has not changed." } }
                @else {
                    p { (plural(all.len(), "change", "changes")) ": " (causes.join("; ")) ". Only another kind of help is how the service was made; every other change is somebody it could have kept." }
                    (page::table("Each change", &columns, &rows))
                }
            }
        }
    }

    fn measures(&self) -> Markup {
        let found = &self.continuity;
        let met = |months| met_within(&self.over.contacts, months, self.today);
        let count = |of: &Measured, one: &str, several: &str| match of.steady() {
            Some(steady) => plural(usize::try_from(steady.times).unwrap_or(0), one, several),
            None => "too few".to_owned(),
        };
        let numbers = |what: &str, by_contact: String, by_allocation: String| {
            vec![html! { (what) }, html! { (by_contact) }, html! { (by_allocation) }]
        };
        let share = |what: &str, which: fn(&Steady) -> Share| {
            numbers(what, measured(&found.by_contact, which), measured(&found.by_allocation, which))
        };
        let rows = [
            numbers(
                "From",
                count(&found.by_contact, "time", "times"),
                count(&found.by_allocation, "day", "days"),
            ),
            numbers("Different workers in 12 months", met(12).to_string(), found.in_a_year.to_string()),
            numbers("Different workers in 24 months", met(24).to_string(), found.in_two_years.to_string()),
            numbers("Different workers ever", found.met.to_string(), found.workers.to_string()),
            share("With the one who was there most (UPC)", |one| one.usual),
            share("Two by chance with the same (Bice-Boxerman)", |one| one.bice_boxerman),
            share("The next with the same (SECON)", |one| one.sequence),
            share("Concentration (HHI)", |one| one.concentration),
        ];
        let columns = [
            Column::words("Measure"),
            Column::number("By who was in touch"),
            Column::number("By who was responsible, each day"),
        ];
        html! {
            section aria-labelledby="h-measures" {
                h2 id="h-measures" { "Measured" }
                p.soft { "By who was in touch and by who was responsible, because somebody can have a worker and never see them. Of fewer than two times nothing is said, and of fewer than four that they are few." }
                (page::table("How much of the help came from somebody they know", &columns, &rows))
                (page::details("What the measures mean", html! {
                    ul {
                        li { b { "UPC" } ": the part of all times that was with the one worker who was there most. 1 is always the same." }
                        li { b { "Bice-Boxerman" } ": how likely two times, taken by chance, were with the same worker. 0 is never, 1 is always." }
                        li { b { "SECON" } ": how often the next time was with the same worker as the time before." }
                        li { b { "HHI" } ": how much lies with few workers; of two who share it alike it is 0.500." }
                    }
                    p { "They say what somebody lived through. They say nothing of how good a worker is." }
                }))
            }
        }
    }
}
