//! Samples: every field, filled, empty and refused.

use maud::{Markup, html};

use super::CANARY;
use crate::{
    Avatar, Choice, Field, Form, FormErrors, Hue, Icon, Post, Typed, Width, button, buttons, check,
    draft_bar, link_button, more_rows, post, shown_when,
};

/// What is wrong with the sample form.
pub(super) fn wrong() -> FormErrors {
    let mut wrong = FormErrors::new();
    wrong.add("wrong-name", "Enter the name they use");
    wrong.add("wrong-seen", "Say whether you saw Theo. Your words are kept");
    let typed = typed();
    typed.date("wrong-born", "Date of birth", &mut wrong);
    typed.time("wrong-time", "Started", &mut wrong);
    wrong.add("", "Something about the form as a whole");
    wrong
}

/// What was typed into the sample form.
fn typed() -> Typed {
    Typed::from_pairs([
        ("name", CANARY),
        ("what", "\nTwo lines,\nthe first of them empty. </textarea> stays text."),
        ("born-day", "4"),
        ("born-month", "May"),
        ("born-year", "2017"),
        ("started", "4.35 pm"),
        ("how", "school"),
        ("seen-josie", "alone"),
        ("seen-theo", "no"),
        ("there", "leanne"),
        ("mornings", "7"),
        ("wrong-born-day", "31"),
        ("wrong-born-month", "11"),
        ("wrong-born-year", "2026"),
        ("wrong-time", "tea time"),
    ])
}

fn seen() -> Vec<Choice<'static>> {
    [("seen", "Seen"), ("alone", "Seen alone"), ("no", "Not seen")].map(|(v, l)| Choice::new(v, l)).into()
}

pub(super) fn forms() -> Markup {
    let (typed, wrong) = (typed(), wrong());
    let f = Form::new(&typed, &wrong);
    let sent =
        Post { action: "/design", csrf: "token", files: true, draft: Some("gallery"), page: "/design" };
    html! {
        section id="forms" {
            h2 { "A form" }
            (post(&sent, html! {
                .cols.cols--even {
                    div { (words(&f)) (choices(&f)) }
                    div { (refused(&f)) (more()) }
                }
                (draft_bar(html! {
                    (button("Finish"))
                    (button("Read it to them first").quiet().sends("then", "read"))
                }, Some("10.42")))
            }))
            (buttons(html! {
                (link_button("#forms", "Record").icon(Icon::Pencil))
                (link_button("#forms", "Write to Josie").quiet().icon(Icon::Speech))
                (link_button("#forms", "Answer").small().about(" Josie"))
            }))
            (signing_in())
        }
    }
}

fn words(f: &Form<'_>) -> Markup {
    html! {
        (f.text("name", "Name").hint("The name they use.").autocomplete("off").no_spelling().width(Width::Middle))
        (f.textarea("what", "What happened").hint("What you saw and did.").rows(5))
        (f.date("born", "Date of birth"))
        (f.time("started", "Started"))
        (f.fill(Field::search("q", "Name, birthday, address, phone or number")))
        (f.fill(Field::file("papers", "Papers", ".pdf,.docx").several()))
        (f.fill(Field::pictures("pictures", "Pictures", 10_000_000).hint("At most 10 MB each.")))
        .pair {
            (f.text("street", "Street").autocomplete("off"))
            (f.fill(Field::number("age", "Age").width(Width::Tiny)))
        }
    }
}

fn choices(f: &Form<'_>) -> Markup {
    let how = [("home", "Home visit"), ("school", "At school"), ("video", "Video call")];
    let why = html! {
        p { b { "This visit will not count for Theo." } }
        (f.textarea("where", "Where was he?").rows(2))
    };
    let not_seen = seen().into_iter().take(2).chain([Choice::new("no", "Not seen").under(why)]).collect();
    html! {
        (f.select("how", "How", how.map(|(v, l)| Choice::new(v, l)).into()))
        (f.seg("seen-josie", "Josie, 9", seen()).about(Avatar::of("JH", Hue::new(7))))
        (f.seg("seen-theo", "Theo, 6", not_seen).about(Avatar::of("TH", Hue::new(2))))
        (f.checks("there", "Who else was there?", vec![
            Choice::new("leanne", "Leanne, Mum"),
            Choice::new("kit", "Kit, family support").hint("5 months. Josie knows him well."),
            Choice::new("other", "Someone else").under(html! { (f.text("who", "Who?")) }),
        ]))
        (f.radios("reads", "Who may read this?", vec![
            Choice::new("all", "Josie, and Leanne").hint("They are told that it is here.").chosen(true),
            Choice::new("held", "Hold it back from someone"),
        ]).hint("Theo when he is older."))
        (shown_when("reads", "held", html! { (f.text("from", "From whom?")) }))
        (f.scale("mornings", "Josie: how are mornings?", ("Never OK", "OK every school day")).hue(Hue::new(7)))
        (check("agreed", "yes", "I have told Leanne that I wrote this", false))
    }
}

fn refused(f: &Form<'_>) -> Markup {
    html! {
        (f.text("wrong-name", "Name").hint("The name they use."))
        (f.date("wrong-born", "Date of birth"))
        (f.time("wrong-time", "Started"))
        (f.seg("wrong-seen", "Did you see Theo?", seen()))
    }
}

fn more() -> Markup {
    let row = |n: &str, value: &str| {
        let name = format!("promise-{n}");
        html! { .box { (Field::text(name, "I will").value(value.to_owned())) } }
    };
    let rows = [row("0", "ask if Josie can phone Ash on Wednesdays, by Friday")];
    html! {
        fieldset { legend { "What you agreed" } (more_rows("promise", "Add a promise", &rows, &row("__n__", ""))) }
    }
}

fn signing_in() -> Markup {
    html! {
        .box {
            h3 { "Sign in" }
            (post(&Post { action: "/design", csrf: "token", ..Post::default() }, html! {
                (Field::email("email", "Work email").autocomplete("username"))
                (Field::password("password", "Password").autocomplete("current-password").value("never shown"))
                (Field::number("code", "Code from your phone").autocomplete("one-time-code"))
                (Field::telephone("phone", "Phone").autocomplete("tel"))
                (button("Sign in"))
            }))
        }
    }
}
