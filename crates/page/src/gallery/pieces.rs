//! Samples: people, their words, the record, and what the reader is told.

use maud::{Markup, html};

use super::{CANARY, part};
use crate::{
    Avatar, Clock, ClockState, Entry, Glass, Hue, Promise, Size, Tag, Track, Voice, avatar, avatars, chip,
    chips, clock, copy_button, details, empty, entry, glass, heading_row, held, know, meter, note,
    print_button, progress, promise, restricted, ribbon, tag, tags, timeline, voice, well, who, year,
};

fn josie() -> Avatar<'static> {
    Avatar::of("JH", Hue::new(7))
}

fn theo() -> Avatar<'static> {
    Avatar::of("TH", Hue::new(2))
}

fn nadia() -> Avatar<'static> {
    Avatar::of("NF", Hue::new(8))
}

pub(super) fn people() -> Markup {
    let picture = crate::asset_href("mark.svg");
    let grace = Avatar::of("GA", Hue::new(1));
    html! {
        div id="people" {
            (part("Avatars", html! {
                p { @for n in 1..=Hue::COUNT { (avatar(&Avatar::of("AB", Hue::new(n)))) " " } }
                p {
                    @for size in [Size::Small, Size::Medium, Size::Large, Size::Largest] {
                        (avatar(&josie().sized(size))) " "
                    }
                    (avatar(&theo().sized(Size::Large).photo(Some(&picture)))) " "
                    (avatars(&[josie().sized(Size::Large), theo().sized(Size::Large)]))
                }
            }))
            (part("Chips and rows about people", html! {
                (chips(&[
                    chip(&josie(), "Josie", Some("#people")),
                    chip(&theo(), "Theo", None),
                    chip(&nadia(), CANARY, None),
                ]))
                (who(avatar(&josie().sized(Size::Large)), html! {
                    h3 { a href="#people" { "Josie Hart" } }
                    p { "Josephine Hart, 9, born 4 May 2017." }
                    p.small.soft { "Jozy sounds like Josie. You work with her." }
                }))
            }))
            (part("Voices: said, drew, translated, a worker's", html! {
                (voice(&Voice {
                    owner_href: Some("#people"),
                    ..Voice::of(josie(), "Josie", html! { "said, to you alone" },
                        "Mum does the toast now.\nI still listen for her in the night but not every night.")
                }))
                (voice(&Voice::of(theo(), "Theo", html! { "drew, and said" }, "That’s me being fast.")))
                (voice(&Voice {
                    below: Some(html! { p.small { a href="#people" { "Hear it in Yoruba" } } }),
                    ..Voice::of(grace, "Grace", html! { "said, in Yoruba. Bola Ige interpreted." },
                        "Nobody has asked us. We have a room.")
                }))
                (voice(&Voice {
                    worker: true,
                    ..Voice::of(nadia(), "Nadia", html! { "thought. Not certain." }, CANARY)
                }))
            }))
        }
    }
}

pub(super) fn record() -> Markup {
    html! {
        (part("Clock, in its four states", html! {
            (clock(&Clock { name: html! { "Review" }, word: "7 December", state: ClockState::Running,
                track: Track::days(17, 20), reason: None, why: None }))
            (clock(&Clock { name: html! { a href="#clock" { "Josie" } ": visit" }, word: "Due Wednesday",
                state: ClockState::Nearly, track: Track::days(8, 10),
                reason: Some(html! { "Today’s visit will meet it for each child you see." }),
                why: Some(html! { "10 working days after 11 November, when Josie was last seen." }) }))
            (clock(&Clock { name: html! { "Assessment" }, word: "2 working days late", state: ClockState::Late,
                track: Track::days(47, 45),
                reason: Some(html! { "Waiting for Rowan’s dad, home from sea on the 24th. Agreed with Helen." }),
                why: Some(html! { "45 working days after 17 September." }) }))
            (clock(&Clock { name: html! { "Core group" }, word: "Held 22 October", state: ClockState::Done,
                track: Track::full(), reason: None, why: None }))
        }))
        (part("Promises", promises()))
        (lines())
        (part("Ribbon, meter, progress", html! {
            (ribbon("Josie's social workers: Priya 6 days, Owen 4 months, Nadia 14 months",
                &[(Hue::new(5), 6), (Hue::new(2), 122), (Hue::new(8), 426)]))
            p.small { "3 workers in 18 months. Josie has told her story twice." }
            (meter(16, 18)) p.small.soft { "16 of 18 points." }
            (meter(20, 18)) p.small.soft { "20 of 18 points: over the limit." }
            (progress(7, 9, "7 of 9 things ready"))
        }))
    }
}

fn promises() -> Markup {
    html! {
        ul.plain id="plan" {
            (promise(&Promise { avatar: josie(), words: html! { b { "To Josie:" } " bring the book about rescue dogs" },
                about: None, state: Some(tag(Tag::Plain, "Today")),
                act: Some(html! { a href="#plan" { "Done" span.hid { ": the rescue dog book" } } }) }))
            (promise(&Promise { avatar: nadia(), words: html! { "Nadia gets the breakfast club place paid for." },
                about: Some(html! { "Promised 16 November. Housing changed its form." }),
                state: Some(tag(Tag::Late, "9 days late")), act: None }))
            (promise(&Promise { avatar: theo(), words: html! { "Theo helps to lay the table." }, about: None,
                state: None, act: None }))
        }
    }
}

fn lines() -> Markup {
    html! {
        section id="timeline" {
            (heading_row("lately", "Lately", html! { a href="#timeline" { "Whole timeline" } }))
            (timeline(&[
                year(2026),
                entry(&Entry { datetime: "2026-11-11", when: "Wednesday 11 November",
                    heading: html! { a href="#visit" { "Home visit: Nadia saw Josie alone, and Theo" } },
                    significant: false, id: Some("visit"),
                    body: html! { (voice(&Voice::of(josie(), "Josie", html! { "said" }, "Her bed is still here."))) },
                    foot: Some(html! { "Written the same day, read back to Leanne. She changed one thing." }) }),
                entry(&Entry { datetime: "2026-06-09", when: "Tuesday 9 June",
                    heading: html! { a href="#timeline" { "School: late 11 times since Easter" } }, significant: true,
                    id: None, body: html! {
                        (tags(&[tag(Tag::Corrected, "Later corrected, 3 July")]))
                        (details("What changed, and why", html! { p { "School sent a new register: it was 14." } }))
                    }, foot: None }),
            ]))
            (crate::buttons(html! { (copy_button("visit", "Copy this visit as text")) (print_button("Print or PDF")) }))
        }
    }
}

pub(super) fn told() -> Markup {
    html! {
        (part("State words", tags(&[
            tag(Tag::Plain, "Plain"), tag(Tag::Nearly, "Nearly"), tag(Tag::Late, "Late"), tag(Tag::Done, "Kept"),
            tag(Tag::Us, "Shared"), tag(Tag::Corrected, "Corrected"),
        ])))
        (know("Things to know", &[
            html! { b { "Do not give Sam the address of the new school club." } " Court order to 31 March 2027." },
            html! { "Josie has a " b { "nut allergy" } ". Her pen is in the blue school bag." },
        ]))
        (know("Probably the same child as Josie", &[html! { "Same birthday and name. One entry." }]))
        (part("Held back, restricted", html! {
            (held("Sam", html! { "Leanne’s work address. It could put her at risk. Helen looks again on 4 January." }))
            (restricted("Restricted", html! { "Open to 6 named people. Ask Helen Boateng." }))
        }))
        (part("It is done", well("Kept. 1 min 40 s.", html! { p { "Josie’s visit is met until 7 December." } })))
        (part("A whole page that says so", confirmation_sample()))
        (part("Nothing yet", empty("No promises yet", html! { "When you agree something on a visit, add it there." })))
        (part("What a choice will do", note(html! {
            p { b { "This visit will not count for Theo." } " His is still due by Wednesday 25 November." }
        })))
        (part("Breaking the glass", opening()))
    }
}

fn confirmation_sample() -> Markup {
    // a page of its own has it as its h1; here it is one sample among others
    let panel =
        crate::confirmation("Eddie’s hand-over is agreed", html! { p { "Callum tells him on Thursday." } });
    html! { (maud::PreEscaped(panel.into_string().replace("h1>", "h3>"))) }
}

fn opening() -> Markup {
    let choices = vec![
        crate::Choice::new("hour", "1 hour").chosen(true),
        crate::Choice::new("today", "Today"),
        crate::Choice::new("friday", "Until Friday"),
    ];
    glass(&Glass {
        action: "/design",
        csrf: "token",
        heading: "You do not work with this person",
        follows: &[
            "their worker and your manager are told now",
            "the person can see that you opened it, and why",
        ],
        fields: html! {
            (crate::Field::textarea("reason", "Why do you need to open it?").rows(3))
            (crate::Choices::seg("how-long", "For how long?", choices))
        },
        button: "Open the record",
        back: "#main",
    })
}
