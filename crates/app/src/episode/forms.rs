//! The questions of the four changes of an episode, and the answers to check.

use super::actions::CircumstanceKind;
use super::pages::Asked;
use crate::clock::shown::day;
use crate::who::Signed;
use crate::working::About;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Post, Typed, button, buttons};
use practice::access::EpisodeChange;
use practice::episode::EpisodeKind;

/// What a page is called.
pub(super) fn heading(change: EpisodeChange, name: &str) -> String {
    match change {
        EpisodeChange::Open => format!("Open an episode for {name}"),
        EpisodeChange::Correct => "Correct a mistake".to_owned(),
        EpisodeChange::Change => "Record a change of circumstances".to_owned(),
        EpisodeChange::End => "End an episode".to_owned(),
    }
}

/// What the change is for, so that the three are not mistaken for one another.
const fn meant(change: EpisodeChange) -> &'static str {
    match change {
        EpisodeChange::Open => "A period of need or help begins. Its dates start with it.",
        EpisodeChange::Correct => {
            "For what was recorded wrongly from the start. If something changed since, record a change instead. \
            What was recorded before stays readable."
        }
        EpisodeChange::Change => {
            "For what is different from a day on, while the episode goes on. What was so before stays so for its time."
        }
        EpisodeChange::End => {
            "The help is no longer needed, or goes on elsewhere. Dates that run for it are no longer needed."
        }
    }
}

/// The form.
pub(super) fn form(
    signed: &Signed,
    about: &About,
    asked: &Asked,
    today: Date,
    (typed, errors): (&Typed, &FormErrors),
) -> Markup {
    let form = Form::new(typed, errors);
    let action = match &asked.episode {
        Some(one) => format!("{}/episodes/{}/{}", about.href, one.id, asked.change.code()),
        None => format!("{}/episodes/open", about.href),
    };
    let back = format!("{}/episodes", about.href);
    html! {
        h2 { (heading(asked.change, &about.header.shown_name)) }
        @if asked.episode.is_some() { p { b { (asked.episode_words(today)) } } }
        p.soft { (meant(asked.change)) }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            @match asked.change {
                EpisodeChange::Open => { (opening(&form, asked)) }
                EpisodeChange::Correct => {
                    input type="hidden" name="version" value=(typed.get("version"));
                    (form.date("from", "First day"))
                    (form.date("to", "Last day, if it has ended").hint("Leave empty while it is open"))
                    (teams(&form, asked))
                    (form.text("why", "What was wrong"))
                }
                EpisodeChange::Change => { (changing(&form)) }
                EpisodeChange::End => {
                    (form.date("on", "Last day"))
                    (form.text("reason", "Why it ends"))
                }
            }
            (buttons(html! { (button("See what follows")) a href=(back) { "Leave it" } }))
        }))
    }
}

fn teams<'a>(form: &'a Form<'a>, asked: &'a Asked) -> impl maud::Render + use<'a> {
    let mut list = vec![Choice::new("", "Choose a team")];
    list.extend(asked.teams.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str())));
    form.select("team", "Which team holds it", list).hint(
        "Its manager answers for them until a worker is responsible, so only teams with a manager are listed",
    )
}

fn opening(form: &Form<'_>, asked: &Asked) -> Markup {
    let kinds = EpisodeKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.plain())).collect();
    html! {
        (form.radios("kind", "What kind of help begins", kinds))
        (form.date("from", "First day"))
        (teams(form, asked))
        (form.date("seen", "Last seen, if the old system knows").hint("Visits are due from this day. Leave empty if you do not know"))
        (form.text("why", "Why, if there is something to say"))
    }
}

fn changing(form: &Form<'_>) -> Markup {
    let kinds = CircumstanceKind::ALL
        .into_iter()
        .map(|kind| {
            let hint = match kind {
                CircumstanceKind::Category => {
                    "Under a protection plan: neglect, physical, sexual or emotional harm"
                }
                CircumstanceKind::LegalStatus => {
                    "While looked after: such as section 20, interim care order, care order"
                }
                CircumstanceKind::Placement => {
                    "While looked after: such as foster carer, children's home, with family"
                }
                CircumstanceKind::Lasting => {
                    "The place is meant to be home until 18: visits may then be further apart"
                }
            };
            Choice::new(kind.code(), kind.plain()).hint(hint)
        })
        .collect();
    html! {
        (form.radios("what", "What changes", kinds))
        (form.text("words", "What it is from that day").hint("Leave empty if it no longer applies"))
        (form.date("from", "From which day"))
    }
}

/// What was answered, to check.
pub(super) fn answers<'a>(asked: &Asked, typed: &Typed, today: Date) -> Vec<(&'a str, Markup)> {
    let mut none = FormErrors::new();
    let date =
        |name: &str, wrong: &mut FormErrors| typed.date_if_any(name, "", wrong).map(|on| day(on, today));
    let mut answers: Vec<(&str, Markup)> = vec![];
    if asked.episode.is_some() {
        answers.push(("Episode", html! { (asked.episode_words(today)) }));
    }
    if let Some(kind) = EpisodeKind::from_code(typed.get("kind")) {
        answers.push(("Kind", html! { (kind.plain()) }));
    }
    if let Some(kind) = CircumstanceKind::ALL.into_iter().find(|kind| kind.code() == typed.get("what")) {
        let words = typed.some("words").unwrap_or("no longer applies");
        answers.push((kind.plain(), html! { (words) }));
    }
    for (name, term) in [("from", "From"), ("to", "Last day"), ("on", "Last day"), ("seen", "Last seen")] {
        if let Some(on) = date(name, &mut none) {
            answers.push((term, html! { (on) }));
        }
    }
    if let Some((_, team)) = asked.teams.iter().find(|team| team.0.to_string() == typed.get("team")) {
        answers.push(("Team", html! { (team) }));
    }
    for (name, term) in [("why", "Why"), ("reason", "Why")] {
        if let Some(words) = typed.some(name) {
            answers.push((term, html! { (words) }));
        }
    }
    answers
}
