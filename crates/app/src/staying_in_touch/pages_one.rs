//! One whom a child wants to stay in touch with: what the child wants, what is agreed, what comes next and what happened,
//! how they are found again, and whether they are a mentor. Each in its own place.

use super::chart::chart;
use super::pages::Shown;
use super::read::{Agreed, Mentor, Searched, Time, Touch, Wish};
use crate::entry::when;
use crate::frame::hue;
use jiff::civil::Date;
use page::{Avatar, Markup, Tag, Voice, html, link_button};
use practice::entry::PromiseState;
use practice::touch::{Came, EndedBy, MentorState, Often, TouchWay, Wants};

/// How many times are shown before the rest is folded away.
const LATEST: usize = 4;

/// "Seeing each other and calls, every two weeks".
pub(super) fn ways(how: &[TouchWay], often: Option<Often>) -> String {
    let how: Vec<String> = how.iter().map(|way| way.plain().to_lowercase()).collect();
    let how = match how.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    };
    let often = often.map(|often| often.plain().to_lowercase());
    let all: Vec<String> = std::iter::once(how).filter(|it| !it.is_empty()).chain(often).collect();
    let all = all.join(", ");
    let mut letters = all.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

impl Shown<'_> {
    pub(super) fn one(&self, nth: usize, one: &Touch) -> Markup {
        let id = format!("touch-{nth}");
        let known_as = one.name.as_deref().filter(|name| *name != one.called);
        html! {
            section aria-labelledby=(id) {
                (page::heading_row(&id, &one.called, html! {
                    @if self.may_write { a.no-print href=(self.href(&format!("/with?touch={}", one.touch))) { "Change" span.hid { ": " (one.called) } } }
                }))
                p.soft {
                    (one.kind.plain())
                    @if let (Some(other), Some(name)) = (one.other, known_as.or(one.name.as_deref())) { ", " a href={ "/person/" (other) } { (name) } }
                    @else if let Some(name) = known_as { ", " (name) }
                    @if one.proposed { ". " (self.child()) " thought of them" }
                    @if let Some(why) = &one.why { ". " (why) }
                }
                (self.wish(one))
                (self.agreed(one))
                (self.coming(one))
                (chart(one, self.today))
                (self.past(one))
                (self.search(one))
                (self.mentor(one))
                @if self.may_write { (self.acts(one)) }
            }
        }
    }

    fn acts(&self, one: &Touch) -> Markup {
        let link = |what: &str, label: &'static str| {
            let href = self.href(&format!("/{what}?touch={}", one.touch));
            html! { (link_button(&href, label).quiet().small().about(&one.called)) }
        };
        html! {
            .btns.no-print {
                (link("wish", "What do they want?"))
                (link("agreed", "Add what is agreed"))
                (link("time", "Arrange, or say how it was"))
                @if one.kind.can_answer() {
                (link("look", if one.search.is_empty() { "Lost touch? Find them again" } else { "What happened with the search" }))
                (link("mentor", if one.mentor().is_some() { "Their mentor: what they say" } else { "Chosen as a mentor" }))
                }
            }
        }
    }

    fn wish(&self, one: &Touch) -> Markup {
        let header = &self.about.header;
        let Some(now) = one.wish() else {
            return html! { p { "What " (self.child()) " wants: " b { "nobody has asked yet." } } };
        };
        let words = now.words.clone().unwrap_or_else(|| wants(now));
        let form = html! { (wish_said(now)) };
        let below = html! {
            @if now.words.is_some() { p { (wants(now)) } }
            p.small.soft { (self.how_said(now)) }
        };
        let avatar = Avatar::of(&header.initials, hue(header.hue));
        html! {
            (page::voice(&Voice { below: Some(below), ..Voice::of(avatar, self.child(), form, &words) }))
            @if one.wishes.len() > 1 {
                (page::details("What they wanted before", html! {
                    ul { @for wish in one.wishes.iter().rev().skip(1) {
                        li { (when::short_day(wish.on, self.today)) ": " (wants(wish)) @if let Some(words) = &wish.words { ". “" (words) "”" } }
                    } }
                }))
            }
        }
    }

    fn how_said(&self, wish: &Wish) -> String {
        let day = when::day(wish.on, self.today);
        let way = match (&wish.author, wish.themselves) {
            (_, true) => "in their own space".to_owned(),
            (Some(author), false) => format!("to {author}"),
            (None, false) => String::new(),
        };
        let alone = wish
            .only
            .as_ref()
            .map_or(String::new(), |only| format!(", to {} alone: nobody else reads this", only.1));
        format!("Said {way} on {day}{alone}.")
    }

    fn agreed(&self, one: &Touch) -> Markup {
        let (now, before): (Vec<&Agreed>, Vec<&Agreed>) =
            one.agreed.iter().partition(|agreed| agreed.to.is_none_or(|to| to >= self.today));
        html! {
            h4 { "What is agreed" }
            @if now.is_empty() { p.soft { "Nothing is agreed yet." } }
            @for agreed in now { (self.agreement(one, agreed)) }
            @if !before.is_empty() {
                (page::details("What was agreed before", html! { @for agreed in before { (self.agreement(one, agreed)) } }))
            }
        }
    }

    fn agreement(&self, one: &Touch, agreed: &Agreed) -> Markup {
        let change = format!("/agreed?touch={}&of={}&from={}", one.touch, agreed.agreed, agreed.id);
        let ways = ways(&agreed.how, agreed.often);
        html! {
            .box {
                p { @if !ways.is_empty() { b { (ways) ". " } } (agreed.words) }
                p.small { (agreed.basis.plain()) ", from " (when::day(agreed.from, self.today))
                    @if let Some(to) = agreed.to { " to " (when::day(to, self.today)) }
                    @if let Some(why) = &agreed.ended_why { " (" (why) ")" } "."
                    @if let Some(order) = &agreed.order_words { " " (order) }
                }
                @if let Some(why) = &agreed.supervised_why { p.small { b { "Somebody is there with them: " } (why) } }
                p.small.soft { @if agreed.with_them { (one.called) " agrees, and may read this in their own space." } @else { (one.called) " was not asked yet, and does not see this." } }
                @if self.may_write { p.small.no-print { a href=(self.href(&change)) { "Change or end" span.hid { ": " (one.called) } } } }
            }
        }
    }

    fn coming(&self, one: &Touch) -> Markup {
        let coming = one.coming();
        html! {
            @if !coming.is_empty() {
                h4 { "What comes next" }
                ul.plain { @for time in coming {
                    li { (when::day(time.on, self.today)) ", " (time.how.plain().to_lowercase())
                        @if let Some(place) = &time.where_when { ". " (place) }
                        @if self.may_write { " " a.no-print href=(self.href(&format!("/time?touch={}&of={}&from={}", one.touch, time.time, time.id))) {
                            @if time.on < self.today { "How was it?" } @else { "Change, or say how it was" } span.hid { " " (one.called) } } }
                    }
                } }
            }
        }
    }

    fn past(&self, one: &Touch) -> Markup {
        let past = one.past();
        let (first, rest) = past.split_at(past.len().min(LATEST));
        html! {
            h4 { "What happened" }
            @match one.last_on() {
                Some(on) => { p { "Last in touch: " b { (when::day(on, self.today)) } "." } }
                None if past.is_empty() => { p.soft { "Nothing is written down yet." } }
                None => {}
            }
            @if !first.is_empty() { ul { @for time in first { (self.time(one, time)) } } }
            @if !rest.is_empty() {
                (page::details(&format!("{} earlier", rest.len()), html! { ul { @for time in rest { (self.time(one, time)) } } }))
            }
        }
    }

    fn time(&self, one: &Touch, time: &Time) -> Markup {
        html! {
            li {
                p { b { (when::short_day(time.on, self.today)) } ", " (time.how.plain().to_lowercase()) ". " (came(time.came, (self.child(), &one.called)))
                    @if let Some(entry) = time.entry { @if let Some(words) = self.entries.get(&entry) { " " a href={ "/entry/" (entry) } { (words) } } }
                }
                @if let Some(was) = &time.child_was { p { (self.child()) ": " (was) } }
                @if let Some(words) = &time.words { p.soft { (words) } }
                @if time.in_the_way.is_some() || time.in_the_way_words.is_some() {
                    p { "What got in the way: "
                        @if let Some(way) = time.in_the_way { (way.plain().to_lowercase()) }
                        @if let Some(words) = &time.in_the_way_words { @if time.in_the_way.is_some() { ". " } (words) }
                    }
                }
                @if let Some((id, what, due, state)) = &time.promise {
                    p { "We promised: " a href={ "/promise/" (id) } { (what) }
                        @if let Some(due) = due { " by " (when::short_day(*due, self.today)) }
                        @if *state != PromiseState::Open { " (" (state.plain().to_lowercase()) ")" }
                    }
                }
                @if self.may_write { p.small.no-print { a href=(self.href(&format!("/time?touch={}&of={}&from={}", one.touch, time.time, time.id))) { "Put right" span.hid { ": " (when::short_day(time.on, self.today)) } } } }
            }
        }
    }

    fn search(&self, one: &Touch) -> Markup {
        let Some(last) = one.stage() else { return html! {} };
        let row = |step: &Searched| {
            html! {
                b { (step.stage.plain()) } ", " (when::short_day(step.on, self.today))
                @if let Some(looker) = &step.looker { ", " (looker) }
                @if let Some(looked) = &step.looked { ". Looked: " (looked) }
                @if let Some(words) = &step.words { ". " (words) }
            }
        };
        html! {
            h4 { "Finding " (one.called) " again" }
            p { (row(last)) }
            @if practice::touch::told(last.stage) == practice::touch::Told::SeenTo {
                p.small.soft { (self.child()) "’s own page says only that somebody sees to it. What you find you tell them face to face, once it is safe." }
            }
            @if one.search.len() > 1 {
                (page::details("Every step", html! { ol { @for step in &one.search { li { (row(step)) } } } }))
            }
        }
    }

    fn mentor(&self, one: &Touch) -> Markup {
        html! {
            @for mentor in &one.mentors {
                h4 { "Mentor" }
                (self.mentored(one, mentor))
            }
        }
    }

    fn mentored(&self, one: &Touch, mentor: &Mentor) -> Markup {
        let day = |on: Date| when::day(on, self.today);
        html! {
            p { "Chosen by " (self.child()) @if mentor.themselves { " in their own space" } " on " (day(mentor.chosen_on)) ". " @if let Some(words) = &mentor.chosen_words { "“" (words) "”" } }
            p { (page::tag(if mentor.state == MentorState::Agreed { Tag::Done } else { Tag::Plain }, mentor.state.plain()))
                " since " (day(mentor.since))
            }
            @if mentor.does.is_some() || mentor.often.is_some() {
                p { @if let Some(does) = &mentor.does { (does) " " } @if let Some(often) = mentor.often { (often.plain()) "." } }
            }
            @if let Some((on, by, why)) = &mentor.ended {
                p { "Ended on " (day(*on)) " by " @if *by == EndedBy::YoungPerson { (self.child()) } @else { (one.called) } @if let Some(why) = why { ". “" (why) "”" } }
            }
        }
    }
}

fn wants(wish: &Wish) -> String {
    let how = ways(&wish.how, wish.often);
    match wish.wants {
        Wants::Yes if !how.is_empty() => how,
        wants => wants.plain().to_owned(),
    }
}

const fn wish_said(wish: &Wish) -> &'static str {
    match wish.wants {
        Wants::Yes => "wants to stay in touch",
        Wants::NotNow => "does not want to now",
        Wants::Never => "does not want to, ever",
        Wants::Unsure => "does not know yet",
    }
}

/// What became of it, with the names of the two.
fn came(came: Came, (child, called): (&str, &str)) -> String {
    match came {
        Came::Arranged => "It is arranged.".to_owned(),
        Came::Happened => "It happened.".to_owned(),
        Came::Partly => "It happened in part.".to_owned(),
        Came::DidNotCome => format!("{called} did not come."),
        Came::OffByThem => format!("{called} called it off."),
        Came::OffByChild => format!("{child} called it off."),
        Came::OffByUs => "We called it off.".to_owned(),
    }
}
