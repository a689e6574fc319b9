//! A clock on a page: its name, how it stands in a few words, where today is on its way, why it is late if
//! someone said so, and why the date is what it is.

use super::{Follows, KeptClock, Reason};
use crate::moment::london;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{ClockState, Track};
use practice::calendar::days_between;
use practice::clock::{State, Sure};

/// A clock as one page shows it.
pub struct Ribbon<'a> {
    /// The clock, or one of several that stand alike.
    pub kept: &'a KeptClock,
    /// What is due and for whom; may hold links.
    pub name: Markup,
    /// The day the page is drawn.
    pub today: Date,
    /// Whether every reason is shown, or only the latest.
    pub all_reasons: bool,
    /// What the reader can do about it.
    pub act: Option<Markup>,
}

/// A day as people say it: without the year where it is this year's or at most three months off.
pub fn day(on: Date, today: Date) -> String {
    let near = on.year() == today.year() || days_between(today, on).abs() < 92;
    on.strftime(if near { "%-d %B" } else { "%-d %B %Y" }).to_string()
}

/// The same with the day of the week.
pub fn weekday(on: Date, today: Date) -> String {
    format!("{} {}", on.strftime("%A"), day(on, today))
}

/// How a clock stands, in a few words: "Due Wednesday", "2 working days late", "7 December".
pub fn word(kept: &KeptClock, today: Date) -> String {
    let due = kept.clock.due;
    match kept.state {
        // late, but no working day has passed since: a weekend
        State::Late { by } if by.n == 0 => format!("Late since {}", due.strftime("%A")),
        State::Late { by } => capital(&by.to_string()),
        State::DueToday => "Due today".to_owned(),
        State::Nearly { .. } if days_between(today, due) <= 6 => format!("Due {}", due.strftime("%A")),
        State::Nearly { .. } => format!("Due {}", day(due, today)),
        State::Running { .. } => capital(&day(due, today)),
        State::Done { on, late: None } => format!("Done {}", day(on, today)),
        State::Done { late: Some(_), .. } | State::Ended { .. } => capital(&kept.state.plain()),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const fn standing(state: State) -> ClockState {
    match state {
        State::Running { .. } | State::Ended { .. } => ClockState::Running,
        State::Nearly { .. } | State::DueToday => ClockState::Nearly,
        State::Late { .. } => ClockState::Late,
        State::Done { .. } => ClockState::Done,
    }
}

fn track(kept: &KeptClock, today: Date) -> Track {
    let clock = &kept.clock;
    let until = clock.done.or(clock.cancelled).map_or(today, |cause| cause.on);
    let days = |to: Date| u32::try_from(days_between(clock.started.on, to)).unwrap_or(0);
    match kept.state {
        State::Done { late: None, .. } | State::Ended { late: None, .. } => Track::full(),
        _ => Track::days(days(until), days(clock.due)),
    }
}

/// Who said why it is late, and when; or who agreed that it goes slower, until when and why.
fn reason(one: &Reason, today: Date) -> Markup {
    if let Some(until) = one.slower_until {
        let by = one.author.as_deref().unwrap_or("whoever leads");
        return html! { "Going slower agreed by " (by) " until " (day(until, today)) ", because “" (one.words) "”" };
    }
    let on = day(one.at.to_zoned(london()).date(), today);
    html! {
        "“" (one.words) "”"
        span.soft { " " @match &one.author { Some(author) => { (author) ", " } None => {} } (on) "." }
    }
}

fn reasons(ribbon: &Ribbon<'_>) -> Option<Markup> {
    let (kept, today) = (ribbon.kept, ribbon.today);
    let was_due = kept.state.lateness().is_some();
    let skip = if ribbon.all_reasons { 0 } else { kept.reasons.len().saturating_sub(1) };
    if !was_due && kept.reasons.is_empty() && ribbon.act.is_none() {
        return None;
    }
    Some(html! {
        @if was_due { "Was due " (weekday(kept.clock.due, today)) ". " }
        @for one in kept.reasons.iter().skip(skip) { (reason(one, today)) " " }
        @if let Some(act) = &ribbon.act { (act) }
    })
}

/// Why the date is what it is: from what it is counted, what meets it, who says so and how sure we are.
pub fn because(kept: &KeptClock) -> Markup {
    let why = &kept.why;
    html! {
        (why.due) " That makes it " (why.due_day) "."
        @if let Some(moved) = &why.moved { br; (moved) }
        @if let Some(own) = &why.own { br; (own) }
        @match &why.ended_by {
            Some(ended) => { br; (ended) }
            None => { br; "What meets it: " (why.completes.trim_end_matches('.')) "." }
        }
        br; (why.force_sentence) " " (why.source.trim_end_matches('.')) " (rule " (why.rule.as_str()) ")."
        @if why.sure != Sure::Seen { br; "How sure we are: " (uncapital(why.sure.plain())) "." }
        @if kept.state.lateness().is_some() { br; "A reason explains lateness; it does not remove it." }
    }
}

fn uncapital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// One clock on a page.
pub fn ribbon(r: &Ribbon<'_>) -> Markup {
    page::clock(&page::Clock {
        name: r.name.clone(),
        word: &word(r.kept, r.today),
        state: standing(r.kept.state),
        track: track(r.kept, r.today),
        reason: reasons(r),
        why: Some(because(r.kept)),
    })
}

/// Where a clock stands in a list: late first, the longest late before all, then by when it is due.
pub fn order(kept: &KeptClock) -> (u8, Date) {
    let rank = match kept.state {
        State::Late { .. } => 0,
        State::DueToday | State::Nearly { .. } => 1,
        State::Running { .. } => 2,
        State::Done { .. } | State::Ended { .. } => 3,
    };
    (rank, kept.clock.due)
}

/// What followed, as a short list for a check or a confirmation; says so where nothing did.
pub fn followed(follows: &Follows, today: Date) -> Markup {
    html! {
        @if follows.is_empty() { p { "No date begins or ends with this." } }
        @else {
            ul {
                @for kept in &follows.began {
                    li { (kept.why.name) ": due " (weekday(kept.clock.due, today)) "." }
                }
                @for kept in &follows.met {
                    li { (kept.why.name) ": " (uncapital(&kept.state.plain())) "." }
                }
                @for kept in &follows.ended {
                    li { (kept.why.name) ": no longer needed." }
                }
                @for kept in &follows.gone {
                    li { (kept.why.name) ": no longer runs." }
                }
            }
        }
    }
}
