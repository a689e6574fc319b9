//! The recording screen: one page, phone first, whole without scripts.

use super::circle::{About, Circle};
use super::desk::rows;
use super::send::{ACTIVE, ASKED};
use super::sharing;
use super::words::{self, Plainly};
use crate::entry::{self, File, Promised, when};
use crate::frame::{Frame, frame, hue};
use crate::who::Signed;
use axum::response::Response;
use jiff::civil::Date;
use page::{Avatar, Choice, Field, Form, FormErrors, Link, Markup, Post, Typed, Width, button, html};
use practice::entry::{EntryKind, Manner, Readers, Seen, StatementForm};
use uuid::Uuid;

/// Everything that the screen shows.
pub(super) struct Screen<'a> {
    pub(super) signed: &'a Signed,
    pub(super) today: Date,
    pub(super) circle: &'a Circle,
    pub(super) typed: &'a Typed,
    pub(super) errors: &'a FormErrors,
    /// What the words typed so far are kept under.
    pub(super) key: Uuid,
    /// When they were last kept.
    pub(super) saved: Option<String>,
    /// Files kept already: those of the entry being corrected that stay, and those waiting.
    pub(super) files: &'a [File],
    /// Promises to have in mind, or of the entry being corrected.
    pub(super) promises: &'a [Promised],
    /// What is said above the form: another text of the same entry, a draft begun before.
    pub(super) notices: Vec<Markup>,
    /// Whether it corrects an entry.
    pub(super) corrects: bool,
    /// How plain its words are.
    pub(super) plainly: &'a Plainly,
}

/// The address that leads back to this form.
pub(super) fn place(typed: &Typed, key: Uuid) -> String {
    let about = typed
        .all("about")
        .fold(String::new(), |all, id| all + "about=" + &crate::frame::in_address(id) + "&");
    format!("/record?{about}draft={key}")
}

/// Names in a row: "Josie, Theo and Leanne".
pub(super) fn names(circle: &Circle) -> String {
    let names: Vec<&str> = circle.about.iter().map(|one| one.header.shown_name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The whole page.
pub(super) fn page(screen: Screen<'_>) -> Response {
    let names = names(screen.circle);
    let title = if screen.corrects {
        format!("Correct an entry about {names}")
    } else {
        format!("Record something about {names}")
    };
    let place = place(screen.typed, screen.key);
    let key = screen.key.to_string();
    let post =
        Post { action: "/record", csrf: &screen.signed.csrf, files: true, draft: Some(&key), page: &place };
    let body = html! {
        h1 { (title) }
        p.soft { "Write it so that " (names) " could read it. Most people need under two minutes." }
        .cols {
            div { (page::post(&post, fields(&screen))) }
            @if !screen.corrects {
                aside aria-label="While you are there" {
                    @if !screen.promises.is_empty() { (in_mind(&screen)) }
                    @for one in &screen.circle.about { (before_you_ask(one)) }
                }
            }
        }
    };
    let frame_of = Frame {
        title: &title,
        part: "/record",
        back: Some(Link { href: "/today", label: "Back to Today" }),
        errors: Some(screen.errors),
        notices: &screen.notices,
        ..Frame::default()
    };
    frame(screen.signed, &frame_of, body)
}

fn in_mind(screen: &Screen<'_>) -> Markup {
    html! {
        section.box."box--ground".tightly {
            h2 { "While you are there" }
            ul.plain { @for one in screen.promises { (entry::promise(one, screen.today, None)) } }
        }
    }
}

/// What somebody has told already, so that they are not asked again. Words of the form beside it are kept as a draft.
fn before_you_ask(one: &About) -> Markup {
    let name = &one.header.shown_name;
    let field = format!("ask-{}", one.header.id);
    html! {
        form.box.tightly method="get" action={ "/person/" (one.header.id) "/story" } target="_blank" {
            h2 { "Has " (name) " told us already?" }
            .field {
                label for=(field) { "What are you about to ask " (name) "?" }
                input id=(field) type="search" name="ask" autocomplete="off";
            }
            .btns { (button("Look").quiet().small().about(&format!(" in what {name} has told"))) }
            p.small.soft { "It opens beside this page." }
        }
    }
}

fn fields(screen: &Screen<'_>) -> Markup {
    let form = Form::new(screen.typed, screen.errors);
    let finish = if screen.corrects { "File the correction" } else { "Finish" };
    html! {
        @for one in &screen.circle.about { input type="hidden" name="about" value=(one.header.id); }
        @if screen.typed.has(ASKED, "yes") { input type="hidden" name=(ASKED) value="yes"; }
        // a script counts the seconds in which someone writes
        input type="hidden" name=(ACTIVE) value=(screen.typed.get(ACTIVE)) data-active;
        @if screen.corrects {
            input type="hidden" name="corrects" value=(screen.typed.get("corrects"));
            (form.textarea("correction", "Why are you correcting this?")
                .hint("The older version stays readable beside this one").rows(2))
        }
        (when_and_how(&form))
        (people(screen, &form))
        (form.textarea("narrative", "What happened")
            .hint("What you saw and did. Their own words go in the next box").rows(9))
        (words::part(screen.plainly, screen.circle))
        (files(screen))
        (statements(screen))
        (promises(screen))
        (reading(screen, &form))
        p.small.soft { "While you write, this page counts the minutes, for your own week only. " a href="/me/week" { "See it, put it right or strike it" } }
        (page::draft_bar(html! { (button(finish).sends("then", "finish")) }, screen.saved.as_deref()))
    }
}

fn codes<T: Copy>(
    all: &[T],
    code: impl Fn(T) -> &'static str,
    plain: impl Fn(T) -> &'static str,
) -> Vec<Choice<'static>> {
    all.iter().map(|&one| Choice::new(code(one), plain(one))).collect()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn when_and_how(form: &Form<'_>) -> Markup {
    let kinds: Vec<EntryKind> =
        EntryKind::ALL.iter().copied().filter(|kind| *kind != EntryKind::Step).collect();
    let mut manners = vec![Choice::new("", "Choose one")];
    manners.extend(codes(Manner::ALL, Manner::code, Manner::plain));
    html! {
        fieldset {
            legend { "When and how" }
            .pair {
                (form.select("kind", "What was it?", codes(&kinds, EntryKind::code, EntryKind::plain)))
                (form.select("manner", "How did you meet? A note needs none", manners))
            }
            .pair {
                (form.date("happened", "The day it happened"))
                (form.time("time", "Time it began").hint("As near as you know: 4.35 pm"))
            }
            .pair {
                (form.select("minutes", "How long did it take?", lengths()).hint("If you like: for your own week"))
                (form.text("place", "Where exactly, if it matters"))
            }
            (page::shown_when("minutes", "other", html! {
                (form.text("minutes-other", "How long, then?").width(Width::Short).hint("Such as 40 minutes or 1 h 20"))
            }))
        }
    }
}

/// The lengths that are one press away, in minutes.
pub(super) const LENGTHS: [u32; 6] = [15, 30, 45, 60, 90, 120];

fn lengths() -> Vec<Choice<'static>> {
    let mut all = vec![Choice::new("", "Not said")];
    all.extend(
        LENGTHS
            .iter()
            .map(|&minutes| Choice::new(minutes.to_string(), practice::week::length_in_words(minutes))),
    );
    all.push(Choice::new("other", "Another length"));
    all
}

fn avatar(one: &About) -> Avatar<'_> {
    Avatar::of(&one.header.initials, hue(one.header.hue))
}

fn people(screen: &Screen<'_>, form: &Form<'_>) -> Markup {
    let circle = screen.circle;
    html! {
        fieldset id=(page_id("people")) tabindex="-1" {
            legend { "Whom is it about?" }
            p.hint { "\u{201c}Seen alone\u{201d} means out of earshot of everyone else." }
            ul.rows {
                @for one in &circle.about {
                    li class=(hue(one.header.hue).class()) {
                        @if one.child {
                            (page::shown_when("kind", "visit meeting observation", seen(screen, one)))
                            // where nobody is asked who was seen, a script shows the name alone
                            div hidden data-when="kind" data-is="call message letter note" { (page::who(page::avatar(&avatar(one)), html! { (one.header.shown_name) })) }
                        } @else { (page::who(page::avatar(&avatar(one)), html! { (one.header.shown_name) })) }
                        @if circle.about.len() > 1 {
                            button.linkbtn.small type="submit" name="add" value={ "drop-" (one.header.id) } formnovalidate {
                                "Leave out" span.hid { " " (one.header.shown_name) }
                            }
                        }
                    }
                }
            }
            @if !circle.family.is_empty() {
                (page::details("Also about someone else in the family", html! {
                    p.btns { @for one in &circle.family {
                        (button(&format!("Add {}", one.shown_name)).quiet().small().sends("add", &format!("about-{}", one.id)))
                    } }
                }))
            }
            (there(screen, form))
        }
    }
}

fn page_id(name: &str) -> String {
    page::id_of(name)
}

fn seen(screen: &Screen<'_>, one: &About) -> Markup {
    let name = &one.header.shown_name;
    let field = format!("seen-{}", one.header.id);
    let why = format!("why-{}", one.header.id);
    let note = html! {
        p { b { "This visit will not count for " (name) "." } @if let Some(due) = &one.due { " " (due) } }
        (Field::textarea(&why, format!("Why was {name} not seen?"))
            .value(screen.typed.get(&why)).errors(screen.errors).rows(2))
    };
    let choices = vec![
        Choice::new(Seen::Yes.code(), Seen::Yes.plain()),
        Choice::new(Seen::Alone.code(), Seen::Alone.plain()),
        Choice::new(Seen::No.code(), Seen::No.plain()).under(page::note(note)),
    ];
    html! {
        (page::Choices::seg(&field, name.as_str(), choices).about(avatar(one)).typed(screen.typed).errors(screen.errors))
    }
}

fn there(screen: &Screen<'_>, form: &Form<'_>) -> Markup {
    let circle = screen.circle;
    let adults = circle.about.iter().filter(|one| !one.child).map(|one| &one.header);
    let people: Vec<Choice<'_>> = adults
        .chain(&circle.family)
        .map(|one| Choice::new(one.id.to_string(), one.shown_name.as_str()))
        .collect();
    let workers: Vec<Choice<'_>> =
        circle.workers.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str())).collect();
    html! {
        @if !people.is_empty() { (form.checks("present", "Who else was there?", people)) }
        @if !workers.is_empty() {
            (page::details("Colleagues who were there", html! { (form.checks("worker", "Who of them?", workers)) }))
        }
        (form.text("others", "Anyone else who was there"))
    }
}

fn files(screen: &Screen<'_>) -> Markup {
    let most = screen.signed.app.settings.largest_file;
    html! {
        fieldset {
            legend { "Photos and files" }
            @if !screen.files.is_empty() {
                ul.rows { @for file in screen.files { li { (kept_file(screen, file)) } } }
            }
            (Field::pictures("files", "Add photos, PDFs or other files", most).several().errors(screen.errors)
                .hint("Where and on what a photo was taken is removed from it"))
            p { (button("Keep these files now").quiet().small().sends("add", "files")) }
        }
    }
}

fn kept_file(screen: &Screen<'_>, file: &File) -> Markup {
    let href = format!("/attachment/{}", file.id);
    let described = format!("described-{}", file.id);
    let value = match screen.typed.get(&described) {
        "" => file.described.clone().unwrap_or_default(),
        typed => typed.to_owned(),
    };
    html! {
        input type="hidden" name="keep" value=(file.id);
        p {
            @if file.thumbnail.is_some() { img src={ (href) "/small" } alt="" width="96"; " " }
            a href=(href) { (file.name) } " " span.soft { (file.kind.words()) ", " (files::size_in_words(file.size)) }
        }
        (Field::text(&described, "What it shows").value(value))
        (button("Take out").quiet().small().about(&format!(" {}", file.name)).sends("add", &format!("out-{}", file.id)))
    }
}

/// Everyone who may own words or promise something, with "someone else" at the end.
fn owners<'a>(screen: &'a Screen<'_>, me: bool) -> Vec<Choice<'a>> {
    let mut all = vec![Choice::new("", "Choose one")];
    if let Some(worker) = screen.signed.who.worker().filter(|_| me) {
        all.push(Choice::new(format!("w:{worker}"), format!("{} (you)", screen.signed.who.name)));
    }
    all.extend(
        screen.circle.people().map(|one| Choice::new(format!("p:{}", one.id), one.shown_name.as_str())),
    );
    if let Some(worker) = screen.signed.who.worker().filter(|_| !me) {
        all.push(Choice::new(format!("w:{worker}"), format!("{} (you)", screen.signed.who.name)));
    }
    all.extend(screen.circle.workers.iter().map(|(id, name)| Choice::new(format!("w:{id}"), name.as_str())));
    all.push(Choice::new("other", "Someone else"));
    all
}

fn choices<'a>(
    screen: &'a Screen<'_>,
    name: String,
    label: &'a str,
    offered: Vec<Choice<'a>>,
) -> page::Choices<'a> {
    page::Choices::select(name, label, offered).typed(screen.typed).errors(screen.errors)
}

fn text<'a>(screen: &'a Screen<'_>, name: String, label: &'a str) -> Field<'a> {
    let value = screen.typed.get(&name).to_owned();
    Field::text(name, label).value(value).errors(screen.errors)
}

fn statement(screen: &Screen<'_>, n: &str) -> Markup {
    let name = |part: &str| format!("statement-{n}-{part}");
    let words = name("words");
    let forms =
        StatementForm::ALL.iter().map(|form| Choice::new(form.code(), capital(form.plain()))).collect();
    html! {
        .box {
            .pair {
                (choices(screen, name("owner"), "Whose words", owners(screen, false)))
                (choices(screen, name("form"), "How", forms))
            }
            (page::shown_when(&name("owner"), "other", html! { (text(screen, name("owner-words"), "Who, if not in the list")) }))
            (Field::textarea(words.clone(), "Their words").value(screen.typed.get(&words)).errors(screen.errors).rows(3))
            (text(screen, name("language"), "Language, if not English").width(Width::Middle))
            (sharing::of_words(screen, n))
        }
    }
}

fn statements(screen: &Screen<'_>) -> Markup {
    let count = rows(screen.typed, "statement", 1);
    let held: Vec<Markup> = (0..count).map(|n| statement(screen, &n.to_string())).collect();
    html! {
        fieldset {
            legend { "In their own words" }
            p.hint { "As they said it, with the spelling and the swearing." }
            (page::more_rows("statement", "Add more words", &held, &statement(screen, "__n__")))
        }
    }
}

fn promise(screen: &Screen<'_>, n: &str) -> Markup {
    let name = |part: &str| format!("promise-{n}-{part}");
    let due = name("due");
    let form = Form::new(screen.typed, screen.errors);
    let about: Vec<Choice<'_>> = screen
        .circle
        .about
        .iter()
        .map(|one| Choice::new(one.header.id.to_string(), one.header.shown_name.as_str()))
        .collect();
    html! {
        .box {
            (choices(screen, name("who"), "Who promised", owners(screen, true)))
            (page::shown_when(&name("who"), "other", html! { (text(screen, name("who-words"), "Who, if not in the list")) }))
            (text(screen, name("what"), "What they will do"))
            @if about.len() > 1 { (choices(screen, name("about"), "For or to whom", about)) }
            (form.date(&due, "By when").hint("You can leave this open"))
        }
    }
}

fn promises(screen: &Screen<'_>) -> Markup {
    let count = rows(screen.typed, "promise", usize::from(!screen.corrects));
    let held: Vec<Markup> = (0..count).map(|n| promise(screen, &n.to_string())).collect();
    html! {
        fieldset {
            legend { "What you agreed" }
            p.hint { "Promises of yours count the same as theirs." }
            @if screen.corrects && !screen.promises.is_empty() {
                ul.plain { @for one in screen.promises { (entry::promise(one, screen.today, None)) } }
            }
            (page::more_rows("promise", "Add a promise", &held, &promise(screen, "__n__")))
        }
    }
}

fn reading(screen: &Screen<'_>, form: &Form<'_>) -> Markup {
    let people =
        screen.circle.people().map(|one| Choice::new(format!("p:{}", one.id), one.shown_name.as_str()));
    let workers =
        screen.circle.workers.iter().map(|(id, name)| Choice::new(format!("w:{id}"), name.as_str()));
    let named = html! { (form.checks("named", "Whom do you name?", people.chain(workers).collect())
    .hint("You always can. Among staff this holds at once")) };
    let staff = html! {
        (form.textarea("readers-why", "Why is it for staff only?").rows(2))
        (form.date("readers-review", "When does someone look at this again?").hint("Within a year"))
    };
    let readers = vec![
        Choice::new(Readers::Present.code(), Readers::Present.plain())
            .hint("What is said alone with you stays with whoever said it"),
        Choice::new(Readers::Named.code(), Readers::Named.plain()).under(named),
        Choice::new(Readers::Staff.code(), Readers::Staff.plain()).under(staff),
    ];
    let mut to = vec![Choice::new("", "Nobody in particular")];
    to.extend(
        screen
            .circle
            .about
            .iter()
            .map(|one| Choice::new(one.header.id.to_string(), one.header.shown_name.as_str())),
    );
    html! {
        (form.radios("readers", "Who may read this in their own space?", readers)
            .hint("Those who were there come first. Staff who work with them read it as well"))
        (sharing::of_all(screen))
        (page::details("Title, big moments, and writing to someone", html! {
            (form.text("title", "Title in the timeline").hint("Left empty, it says what it was and who saw whom"))
            (page::check("significant", "yes", "This is a big moment", screen.typed.has("significant", "yes")))
            (form.select("written-to", "Written to", to).hint("For example a note written to the child"))
        }))
    }
}

/// A draft begun before about the same people.
pub(super) fn begun_before(href: &str, at: &str) -> Markup {
    page::note(html! {
        p { "You began something about the same people, kept " (at) ". " a href=(href) { "Go on with it" } }
    })
}

/// "today at 4.35 pm", "on 3 November at 4.35 pm".
pub(super) fn kept_at(at: jiff::Timestamp, today: Date) -> String {
    let day = when::day_of(at);
    if day == today {
        format!("today at {}", when::time(at))
    } else {
        format!("on {} at {}", when::short_day(day, today), when::time(at))
    }
}
