//! Who was there for somebody over time, as they read it: a block for each worker, the times when there was nobody, whether they
//! met the next one while the one before was still there. No measures, and nothing that was written about them.

use super::draw::first;
use crate::allocation::handover::over_time;
use crate::allocation::{Block, Helper, Ribbon, ribbon};
use crate::frame::hue;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::who::{Mine, initials};
use crate::{Result, told};
use axum::response::Response;
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use page::{Avatar, Size};
use practice::calendar::days_between;
use practice::id::WorkerId;
use practice::ribbon::{Stretch, longest, stretches};

/// How long something was, in words.
fn length(words: &Words, days: i64) -> String {
    match days {
        ..14 => words.length_days(days.max(1)),
        14..60 => words.length_weeks(days / 7),
        60..730 => words.length_months(days / 30),
        _ => words.length_years(days / 365),
    }
}

/// `GET /my/workers`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let over = over_time(&mut conn, mine.person, today).await?;
    // how often they told it again belongs to the story, and is told once that is open to them
    let again = if mine.stage.opens("/my/story") {
        told::story(&mut conn, mine.person, None).await?.again.len()
    } else {
        0
    };
    drop(conn);
    let all = stretches(&over.spells, over.needed, today);
    let handed: Vec<Option<bool>> = all
        .iter()
        .map(|one| {
            let of =
                over.spells.iter().position(|it| Some(it.worker) == one.worker && it.from == one.from)?;
            over.handed.get(of).copied().flatten()
        })
        .collect();
    let it = Past { mine: &mine, workers: &over.workers, all, handed, again, today };
    let words = mine.words;
    let title = words.workers_title();
    let body = html! {
        h1 { (words.workers_heading()) }
        @if it.all.is_empty() { p.lead { (words.workers_none()) } } @else { (it.body()) }
        p { a href="/my/people" { (words.workers_now()) } }
        p { a href="/my/write" { (words.workers_wrong()) } }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/people", ..OwnFrame::default() }, body))
}

struct Past<'a> {
    mine: &'a Mine,
    workers: &'a [Helper],
    all: Vec<Stretch>,
    /// Whether they met while the one before was still there.
    handed: Vec<Option<bool>>,
    again: usize,
    today: Date,
}

impl Past<'_> {
    fn worker(&self, id: WorkerId) -> Option<&Helper> {
        self.workers.iter().find(|one| one.worker == id)
    }

    fn who(&self, one: &Stretch) -> Option<&Helper> {
        one.worker.and_then(|id| self.worker(id))
    }

    fn said(&self) -> String {
        let words = self.mine.words;
        let mut ids: Vec<WorkerId> = self.all.iter().filter_map(|one| one.worker).collect();
        ids.sort_unstable();
        ids.dedup();
        let days = self
            .all
            .first()
            .zip(self.all.last())
            .map_or(0, |(one, last)| days_between(one.from, last.last) + 1);
        let count = i64::try_from(ids.len()).unwrap_or(0);
        words.workers_lead(count, &length(words, days.into()))
    }

    fn body(&self) -> Markup {
        let words = self.mine.words;
        let said = self.said();
        let several = self.all.iter().any(|one| one.worker != self.all[0].worker);
        let most = longest(&self.all).filter(|_| several);
        html! {
            p.lead {
                (said)
                @if let Some((who, days)) = most { @if let Some(one) = self.worker(who) { " " (words.workers_longest(first(&one.name), &length(words, days.into()))) } }
            }
            @if self.again > 0 { p { (words.workers_again(i64::try_from(self.again).unwrap_or(0))) } }
            (self.drawn(&said))
            ol.rows { @for (at, one) in self.all.iter().enumerate() { li { (self.row(at, one)) } } }
        }
    }

    fn drawn(&self, said: &str) -> Markup {
        let words = self.mine.words;
        let blocks: Vec<Block<'_>> = self
            .all
            .iter()
            .enumerate()
            .map(|(at, one)| Block {
                stretch: *one,
                who: self.who(one).map(|one| (first(&one.name), one.hue)),
                number: at + 1,
                met: (at > 0 && one.worker.is_some()).then(|| self.handed.get(at) == Some(&Some(true))),
            })
            .collect();
        let ends = [self.all.first().map(|one| one.from), self.all.last().map(|one| one.last)]
            .map(|on| on.map_or_else(String::new, |on| day(words, on, self.today)));
        ribbon(&Ribbon {
            blocks: &blocks,
            ticks: &[],
            said,
            key: &words.workers_key(),
            nobody: &words.workers_nobody(),
            ends: [&ends[0], &ends[1]],
        })
    }

    fn row(&self, at: usize, one: &Stretch) -> Markup {
        let words = self.mine.words;
        let from = day(words, one.from, self.today);
        let when = if one.goes_on {
            words.workers_since(&from)
        } else {
            words.workers_from_to(&from, &day(words, one.last, self.today))
        };
        let Some(worker) = self.who(one) else {
            return html! { p { b { (words.workers_nobody()) } } p { (when) } };
        };
        let letters = initials(&worker.name);
        let face = self.mine.face(Some(worker.worker));
        let before = at.checked_sub(1).and_then(|at| self.all.get(at)).and_then(|one| self.who(one));
        let met = self.handed.get(at) == Some(&Some(true));
        page::who(
            page::avatar(&Avatar::of(&letters, hue(worker.hue)).sized(Size::Large).photo(face.as_deref())),
            html! {
                p { b { (first(&worker.name)) } }
                p { (when) }
                @if let Some(before) = before.filter(|_| met) { p { (words.workers_met(first(&worker.name), first(&before.name))) } }
            },
        )
    }
}
