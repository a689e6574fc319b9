//! Pieces of the record on a page: entries in a timeline, clocks, promises, ribbons of time.

use maud::{Markup, html};

use crate::{Avatar, Hue, Icon, Tag, avatar, tag};

/// One entry in a timeline.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The day for machines: "2026-11-11".
    pub datetime: &'a str,
    /// The day in words: "Wednesday 11 November".
    pub when: &'a str,
    /// What it was, as a sentence or a name; usually a link.
    pub heading: Markup,
    /// True for a significant moment: a filled dot.
    pub significant: bool,
    /// The words, chips and notices of the entry.
    pub body: Markup,
    /// Who wrote it and when, who has read it.
    pub foot: Option<Markup>,
    /// The id of the element, so that a link can lead to it and a press can copy it.
    pub id: Option<&'a str>,
}

/// One entry, inside [`timeline`].
pub fn entry(e: &Entry<'_>) -> Markup {
    html! {
        li.entry.big[e.significant] id=[e.id] {
            time datetime=(e.datetime) { (e.when) }
            h3 { (e.heading) @if e.significant { span.hid { " (a significant moment)" } } }
            (e.body)
            @if let Some(foot) = &e.foot { p.entry__foot { (foot) } }
        }
    }
}

/// The year that the entries after it belong to, inside [`timeline`].
pub fn year(year: i16) -> Markup {
    html! { li.year { h2 { (year) } } }
}

/// Entries down a line, made with [`entry`] and [`year`].
pub fn timeline(entries: &[Markup]) -> Markup {
    html! { ol.line { @for e in entries { (e) } } }
}

/// How a timescale stands. Always shown with a word as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// Started, and not yet near.
    Running,
    /// Nearly due.
    Nearly,
    /// Past due and not done.
    Late,
    /// Done.
    Done,
}

/// How far along its time something is, in thousandths of the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Track {
    /// Where it is due.
    due: u32,
    /// Where today is.
    today: u32,
}

impl Track {
    /// From the days gone since the start and the days allowed. Late fills the last part of the track.
    pub fn days(gone: u32, allowed: u32) -> Self {
        let (gone, allowed) = (u64::from(gone), u64::from(allowed));
        let share = |part: u64, whole: u64| u32::try_from(part * 1000 / whole.max(1)).unwrap_or(1000);
        if gone <= allowed {
            Self { due: 1000, today: share(gone, allowed) }
        } else {
            Self { due: share(allowed, gone), today: 1000 }
        }
    }

    /// A full track: it is done.
    pub const fn full() -> Self {
        Self { due: 1000, today: 1000 }
    }
}

/// One timescale.
#[derive(Debug)]
pub struct Clock<'a> {
    /// What is due, and for whom; may hold links.
    pub name: Markup,
    /// The state in words: "Due Wednesday", "2 working days late", "7 December".
    pub word: &'a str,
    /// The state.
    pub state: ClockState,
    /// How far along.
    pub track: Track,
    /// One or two sentences: the reason it is late, who decided. Lateness is said once, with its reason.
    pub reason: Option<Markup>,
    /// The rule behind the date, under "Why this date".
    pub why: Option<Markup>,
}

/// One timescale: name, state in words, track with today marked, reason, and why the date is what it is.
pub fn clock(c: &Clock<'_>) -> Markup {
    let (class, kind) = match c.state {
        ClockState::Running => ("", Tag::Plain),
        ClockState::Nearly => (" clock--nearly", Tag::Nearly),
        ClockState::Late => (" clock--late", Tag::Late),
        ClockState::Done => (" clock--done", Tag::Done),
    };
    html! {
        div class={ "clock" (class) } {
            .clock__row { h3 { (c.name) } (tag(kind, c.word)) }
            (track(c.track))
            @if let Some(reason) = &c.reason { p { (reason) } }
            @if let Some(why) = &c.why { details { summary { "Why this date" } p { (why) } } }
        }
    }
}

fn track(t: Track) -> Markup {
    let run = t.today.min(t.due);
    html! {
        svg.clock__track viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true" {
            rect.bed y="5" width="1000" height="4" {}
            rect.run y="5" width=(run) height="4" {}
            @if t.today > t.due { rect.over x=(t.due) y="3" width=(t.today - t.due) height="8" {} }
            rect.run x=(t.today.min(993)) width="7" height="14" {}
        }
    }
}

/// One promise.
#[derive(Debug)]
pub struct Promise<'a> {
    /// Who promised (on a worker's day: to whom).
    pub avatar: Avatar<'a>,
    /// What was promised: "**To Leanne:** send the letter to housing".
    pub words: Markup,
    /// When, and what has happened since.
    pub about: Option<Markup>,
    /// How it stands: a [`tag`].
    pub state: Option<Markup>,
    /// What the reader can do: a link such as "Say what happened".
    pub act: Option<Markup>,
}

/// One promise, as a row in a list (`ul.plain`). The service's look exactly like the family's.
pub fn promise(p: &Promise<'_>) -> Markup {
    html! {
        li.promise {
            (avatar(&p.avatar))
            div { p { (p.words) } @if let Some(about) = &p.about { p.soft.small { (about) } } }
            @if p.state.is_some() || p.act.is_some() {
                .promise__do {
                    @if let Some(state) = &p.state { (state) }
                    @if let Some(act) = &p.act { (act) }
                }
            }
        }
    }
}

/// Spans of time in people's colours, such as who was responsible and for how long. `label` says the same in
/// words for those who cannot see it; a list with the same facts follows on the page.
pub fn ribbon(label: &str, spans: &[(Hue, u32)]) -> Markup {
    let whole: u64 = spans.iter().map(|(_, days)| u64::from(*days)).sum::<u64>().max(1);
    let mut begins = 0_u64;
    let placed = spans.iter().map(|(hue, days)| {
        let x = begins * 1000 / whole;
        begins += u64::from(*days);
        (hue.class(), x, (begins * 1000 / whole).saturating_sub(x))
    });
    html! {
        svg.ribbon viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label=(label) {
            @for (class, x, width) in placed { rect class=(class) x=(x) width=(width) height="100" {} }
        }
    }
}

/// How much of a limit is used, as a bar. A sentence with the same numbers follows on the page.
pub fn meter(used: u32, limit: u32) -> Markup {
    let top = u64::from(used.max(limit)).max(1) * 11 / 10;
    let at = |n: u32| u64::from(n) * 1000 / top.max(1);
    html! {
        svg.meter viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true" {
            rect.bed y="2" width="1000" height="8" {}
            rect.fill y="2" width=(at(used.min(limit))) height="8" {}
            @if used > limit { rect.over x=(at(limit)) y="2" width=(at(used) - at(limit)) height="8" {} }
            rect.lim x=(at(limit)) width="6" height="12" {}
        }
    }
}

/// How far through something the reader is: a bar and the words for it ("7 of 9 things ready").
pub fn progress(done: u32, of: u32, words: &str) -> Markup {
    let width = u64::from(done.min(of)) * 1000 / u64::from(of.max(1));
    html! {
        svg.meter viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true" {
            rect.bed y="2" width="1000" height="8" {}
            rect.fill y="2" width=(width) height="8" {}
        }
        p.small { (words) }
    }
}

/// Something still under way, followed by its script until the page has no such part any more: the words are
/// read out as they change. The page's [`crate::Layout::again`] does the same without scripts.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn under_way(body: Markup) -> Markup {
    html! {
        div role="status" data-watch { (body) }
        script type="module" src=(crate::asset_href("watch.js")) {}
    }
}

/// A tag for a state that has its own drawing.
impl Tag {
    pub(crate) const fn drawing(self) -> Option<Icon> {
        match self {
            Self::Plain => None,
            Self::Nearly => Some(Icon::Hourglass),
            Self::Late => Some(Icon::Clock),
            Self::Done => Some(Icon::Tick),
            Self::Us => Some(Icon::People),
            Self::Corrected => Some(Icon::Pencil),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_shows_where_today_is() {
        assert_eq!(Track::days(8, 10), Track { due: 1000, today: 800 });
        assert_eq!(Track::days(10, 10), Track::full());
        assert_eq!(Track::days(20, 10), Track { due: 500, today: 1000 });
        assert_eq!(Track::days(0, 0), Track { due: 1000, today: 0 });
        assert_eq!(Track::days(3, 0), Track { due: 0, today: 1000 });
        assert_eq!(Track::days(u32::MAX, u32::MAX), Track::full());
    }

    #[test]
    fn a_ribbon_fills_its_width() {
        let svg = ribbon("who", &[(Hue::new(1), 1), (Hue::new(2), 1), (Hue::new(3), 1)]).into_string();
        assert!(svg.contains(r#"x="0" width="333""#) && svg.contains(r#"x="666" width="334""#), "{svg}");
        assert!(!ribbon("nobody", &[]).into_string().contains("<rect"));
    }

    #[test]
    fn a_meter_over_its_limit_says_so() {
        assert!(meter(19, 18).into_string().contains("over"));
        assert!(!meter(18, 18).into_string().contains("over"));
        assert!(meter(0, 0).into_string().contains("bed"));
    }
}
