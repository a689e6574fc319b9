//! The pages that change what binds people, and the things to know; and taking back what was a mistake.

use super::change::Change;
use super::sheet::{Sheet, date, line, lines, list, pair, radios, tick};
use crate::person::Profile;
use crate::person::actions::{self as do_, Bond, FactKind, Join, NewWarning};
use crate::person::facts::{Related, Told, Warning, holds_on};
use crate::{Moment, Oops, Result, Who};
use db::Tx;
use jiff::civil::Date;
use maud::html;
use page::{FormErrors, Typed};
use practice::id::PersonId;
use practice::person::{PersonKind, WarningKind};
use practice::relationship::RelationshipKind;

/// What is to be done, ready to do.
pub(super) enum Between {
    Relate(do_::Relate),
    CorrectRelationship(do_::CorrectRelationship),
    ChangeRelationship(do_::ChangeRelationship),
    EndRelationship(do_::EndRelationship),
    MoveIn(do_::MoveIn),
    MoveOut(do_::MoveOut),
    CorrectMove(do_::CorrectMove),
    Warn(do_::Warn),
    RenewWarning(do_::RenewWarning),
    CorrectWarning(do_::CorrectWarning),
    EndWarning(do_::EndWarning),
    Withdraw(do_::Withdraw),
}

pub(super) async fn run(it: Between, tx: &mut Tx, who: &Who, moment: &mut Moment) -> Result<()> {
    match it {
        Between::Relate(it) => do_::relate(tx, who, moment, it).await.map(|_| ()),
        Between::CorrectRelationship(it) => do_::correct_relationship(tx, who, moment, it).await.map(|_| ()),
        Between::ChangeRelationship(it) => do_::change_relationship(tx, who, moment, it).await.map(|_| ()),
        Between::EndRelationship(it) => do_::end_relationship(tx, who, moment, it).await,
        Between::MoveIn(it) => do_::move_in(tx, who, moment, it).await.map(|_| ()),
        Between::MoveOut(it) => do_::move_out(tx, who, moment, it).await,
        Between::CorrectMove(it) => do_::correct_move(tx, who, moment, it).await,
        Between::Warn(it) => do_::warn(tx, who, moment, it).await.map(|_| ()),
        Between::RenewWarning(it) => do_::renew_warning(tx, who, moment, it).await.map(|_| ()),
        Between::CorrectWarning(it) => do_::correct_warning(tx, who, moment, it).await.map(|_| ()),
        Between::EndWarning(it) => do_::end_warning(tx, who, moment, it).await,
        Between::Withdraw(it) => do_::withdraw(tx, who, moment, it).await,
    }
}

fn put_day(typed: &mut Typed, name: &str, day: Option<Date>) {
    if let Some(day) = day {
        typed.put_date(name, day);
    }
}

/// What the other may be to this person. Bonds with an unborn child are offered for an unborn child only.
fn kinds(profile: &Profile, other_unborn: bool) -> Vec<(String, String)> {
    use RelationshipKind as K;
    let unborn = profile.header.kind == PersonKind::Unborn;
    let fits = |kind: &&K| match kind {
        K::ParentOfUnborn | K::SiblingOfUnborn => unborn,
        K::UnbornChild | K::UnbornSibling => other_unborn,
        _ => true,
    };
    let mut offered = vec![pair("", "Choose one")];
    offered.extend(K::ALL.iter().filter(fits).map(|kind| pair(kind.code(), kind.plain())));
    offered
}

fn close(words: &[&str; 6]) -> Vec<(String, String)> {
    let mut offered = vec![pair("", "Not asked")];
    offered.extend(words.iter().enumerate().map(|(at, words)| pair(&at.to_string(), words)));
    offered
}

const CLOSE: [&str; 6] =
    ["Not close at all", "Not close", "A little close", "Close", "Quite close", "Very close"];

fn bond_sheet(title: String, profile: &Profile, other: PersonId, seen: Option<&Related>) -> Sheet {
    let name = &profile.header.shown_name;
    let known = profile.people.get(&other);
    let theirs = known.map_or("they", |known| &known.header.shown_name).to_owned();
    let other_unborn = known.is_some_and(|known| known.header.kind == PersonKind::Unborn);
    let is = if theirs == "they" { "They are".to_owned() } else { format!("{theirs} is") };
    let mut sheet = Sheet::new(
        title,
        vec![
            list("kind", format!("{is} {name}’s"), kinds(profile, other_unborn)),
            tick("they_hold", format!("{theirs} has parental responsibility for {name}")),
            tick("holds", format!("{name} has parental responsibility for {theirs}")),
            list("closeness", format!("How close does {name} say they are?"), close(&CLOSE))
                .hint("In their own view, not yours"),
            date("from", "Since").hint("If it is known"),
            line("note", "Note").hint("What else there is to say"),
        ],
    );
    sheet.check = true;
    sheet.back = "/people";
    if let Some(it) = seen {
        let begin = &mut sheet.begin;
        begin.put("kind", it.kind.code());
        for (field, holds) in [("they_hold", it.they_hold), ("holds", it.holds)] {
            if holds {
                begin.put(field, "yes");
            }
        }
        begin.put("closeness", it.closeness.map(|close| close.to_string()).unwrap_or_default());
        begin.put("their_closeness", it.their_closeness.map(|close| close.to_string()).unwrap_or_default());
        begin.put("note", it.note.clone().unwrap_or_default());
        put_day(begin, "from", it.from);
    }
    sheet
}

fn warning_sheet(title: String, seen: Option<&Warning>) -> Sheet {
    let offered = WarningKind::ALL.iter().map(|kind| pair(kind.code(), kind.plain())).collect();
    let mut sheet = Sheet::new(
        title,
        vec![
            radios("kind", "What sort of thing is it?", offered),
            line("fact", "What is there to know?")
                .hint("The fact first, short: “Two dogs. Ring before you come in”"),
            lines("detail", "More about it").hint("What to do, or which order it rests on"),
            date("from", "Since"),
            date("review_on", "When is it looked at again?").hint("Within a year"),
            radios(
                "told",
                "Have they been told that this is recorded?",
                vec![pair("yes", "Yes"), pair("no", "No")],
            ),
            date("told_on", "When were they told?").hint("If they were"),
            line("told_how", "How were they told?").hint("If they were"),
            lines("not_told_why", "Why were they not told?").hint("Only if they were not"),
            line("agreed_with", "With whom was it agreed?"),
        ],
    );
    sheet.check = true;
    if let Some(it) = seen {
        let begin = &mut sheet.begin;
        begin.put("kind", it.kind.code());
        begin.put("fact", it.fact.clone());
        begin.put("detail", it.detail.clone().unwrap_or_default());
        begin.put_date("from", it.from);
        begin.put_date("review_on", it.review_on);
        match &it.told {
            Told::Yes { on, how } => {
                begin.put("told", "yes");
                put_day(begin, "told_on", *on);
                begin.put("told_how", how.clone().unwrap_or_default());
            }
            Told::No { why } => {
                begin.put("told", "no");
                begin.put("not_told_why", why.clone());
            }
        }
        begin.put("agreed_with", it.agreed_with.clone().unwrap_or_default());
    }
    sheet
}

fn move_in_sheet(profile: &Profile) -> Sheet {
    let name = &profile.header.shown_name;
    let here: Vec<PersonId> = profile.household().iter().map(|it| it.person).collect();
    let mut offered: Vec<(String, String)> = vec![];
    for it in profile.related.iter().filter(|it| holds_on(it.from, it.to, profile.today)) {
        let Some(known) = profile.people.get(&it.other).filter(|_| !here.contains(&it.other)) else {
            continue;
        };
        let words = format!("{}, {}", known.header.shown_name, it.kind.plain());
        if !offered.iter().any(|(code, _)| *code == it.other.to_string()) {
            offered.push((it.other.to_string(), words));
        }
    }
    offered.push(pair("new", "Into a home of their own, alone so far"));
    let asks = vec![
        radios("with", format!("With whom does {name} live?"), offered)
            .hint("Only people who are on the list of who matters"),
        date("from", "Since").hint("If it is known"),
    ];
    Sheet { back: "/people", ..Sheet::new(format!("{name} has moved in with someone"), asks) }
}

fn ending(title: String) -> Sheet {
    Sheet { done: "ended", ..Sheet::new(title, vec![date("on", "The last day")]) }
}

/// The page for one of these changes; none where it is not one of these.
pub(super) fn sheet(change: &Change<'_>, profile: &Profile) -> Result<Option<Sheet>> {
    if change.what.starts_with("withdraw-") {
        let lead = "Take back only what should never have been recorded. It stays readable as known before.";
        return Ok(Some(Sheet {
            lead: Some(html! { p { (lead) } }),
            button: "Take it back",
            done: "withdrawn",
            ..Sheet::new("Recorded by mistake", vec![lines("why", "Why was it a mistake?")])
        }));
    }
    Ok(match between_sheet(change, profile)? {
        Some(sheet) => Some(sheet),
        None => match home_sheet(change, profile)? {
            Some(sheet) => Some(sheet),
            None => know_sheet(change, profile)?,
        },
    })
}

/// The pages about what two people are to each other.
fn between_sheet(change: &Change<'_>, profile: &Profile) -> Result<Option<Sheet>> {
    let name = &profile.header.shown_name;
    let bond = || {
        let fact = change.fact()?;
        profile.related.iter().find(|it| it.id == fact).ok_or(Oops::Stale)
    };
    Ok(Some(match change.what {
        "relationship" => {
            bond_sheet(format!("What are they to {name}?"), profile, PersonId(change.fact()?), None)
        }
        "correct-relationship" => {
            let seen = bond()?;
            let title = "Correct this relationship".to_owned();
            let mut sheet = bond_sheet(title, profile, seen.other, Some(seen));
            sheet.asks.push(date("to", "Until").hint("Only if it is over"));
            put_day(&mut sheet.begin, "to", seen.to);
            Sheet { done: "corrected", ..sheet }
        }
        "change-relationship" => {
            let seen = bond()?;
            let lead = "What was so until now stays readable, with the day it ended. If it was recorded wrongly, correct it instead.";
            let title = "What has changed between them?".to_owned();
            let mut sheet = bond_sheet(title, profile, seen.other, Some(seen));
            let kept = sheet.begin.pairs().filter(|(field, _)| !field.starts_with("from-"));
            sheet.begin = Typed::from_pairs(kept.map(|(n, v)| (n.to_owned(), v.to_owned())));
            sheet.lead = Some(html! { p { (lead) } });
            sheet
        }
        "end-relationship" => {
            bond()?;
            Sheet { back: "/people", ..ending("Until when was this so?".to_owned()) }
        }
        _ => return Ok(None),
    }))
}

/// The pages about who lives with whom.
fn home_sheet(change: &Change<'_>, profile: &Profile) -> Result<Option<Sheet>> {
    let name = &profile.header.shown_name;
    Ok(Some(match change.what {
        "move-in" => move_in_sheet(profile),
        "leave" => Sheet { back: "/people", ..ending(format!("Until when did {name} live there?")) },
        "correct-move" => {
            let fact = change.fact()?;
            let seen = profile.members.iter().find(|it| it.id == fact).ok_or(Oops::Stale)?;
            let asks = vec![
                date("from", "Since").hint("If it is known"),
                date("to", "Until").hint("Only if they have left"),
            ];
            let mut sheet = Sheet {
                back: "/people",
                done: "corrected",
                ..Sheet::new(format!("Correct when {name} lived there"), asks)
            };
            put_day(&mut sheet.begin, "from", seen.from);
            put_day(&mut sheet.begin, "to", seen.to);
            sheet
        }
        _ => return Ok(None),
    }))
}

/// The pages about things to know.
fn know_sheet(change: &Change<'_>, profile: &Profile) -> Result<Option<Sheet>> {
    let warning = || {
        let fact = change.fact()?;
        profile.warnings.iter().find(|it| it.id == fact).ok_or(Oops::Stale)
    };
    Ok(Some(match change.what {
        "warning" => {
            let mut sheet = warning_sheet("Add a thing to know".to_owned(), None);
            sheet.begin.put_date("from", profile.today);
            sheet
        }
        "correct-warning" => {
            Sheet { done: "corrected", ..warning_sheet("Correct this".to_owned(), Some(warning()?)) }
        }
        "renew-warning" => {
            let seen = warning()?;
            let asks = vec![date("review_on", "When is it looked at next?").hint("Within a year")];
            let lead =
                html! { p { b { (seen.fact) } } p { "You have looked at it again and it is still so." } };
            Sheet { lead: Some(lead), done: "renewed", ..Sheet::new("Still true", asks) }
        }
        "end-warning" => {
            // the words stand on the page and not in its title, which browsers keep and show
            let lead = html! { p { b { (warning()?.fact) } } };
            Sheet { lead: Some(lead), ..ending("Until when was this so?".to_owned()) }
        }
        _ => return Ok(None),
    }))
}

fn bond(typed: &Typed, wrong: &mut FormErrors) -> Bond {
    let kind = RelationshipKind::from_code(typed.get("kind"));
    wrong.require(kind.is_some(), "kind", "Choose what they are to each other");
    let close = |name: &str| typed.some(name).and_then(|close| close.parse().ok());
    Bond {
        kind: kind.unwrap_or(RelationshipKind::Other),
        they_hold: typed.has("they_hold", "yes"),
        holds: typed.has("holds", "yes"),
        closeness: close("closeness"),
        their_closeness: close("their_closeness"),
        note: typed.some("note").map(str::to_owned),
        from: typed.date_if_any("from", "Since", wrong),
        to: typed.date_if_any("to", "Until", wrong),
    }
}

fn warning(typed: &Typed, wrong: &mut FormErrors) -> NewWarning {
    let kind = WarningKind::from_code(typed.get("kind"));
    wrong.require(kind.is_some(), "kind", "Say what sort of thing it is");
    let from = typed.date("from", "Since", wrong).unwrap_or(Date::ZERO);
    let review_on = typed.date("review_on", "When it is looked at again", wrong).unwrap_or(Date::MAX);
    let told = match typed.get("told") {
        "yes" => Told::Yes {
            on: typed.date_if_any("told_on", "When they were told", wrong),
            how: typed.some("told_how").map(str::to_owned),
        },
        other => {
            wrong.require(other == "no", "told", "Say whether they have been told");
            Told::No { why: typed.get("not_told_why").to_owned() }
        }
    };
    let words = |name: &str| typed.some(name).map(str::to_owned);
    NewWarning {
        kind: kind.unwrap_or(WarningKind::Health),
        fact: typed.get("fact").to_owned(),
        detail: words("detail"),
        from,
        review_on,
        told,
        agreed_with: words("agreed_with"),
    }
}

/// Reads what was typed; none where it is not one of these.
pub(super) fn command(change: &Change<'_>, typed: &Typed, wrong: &mut FormErrors) -> Result<Option<Between>> {
    let person = change.person;
    let last = |wrong: &mut FormErrors| typed.date("on", "The last day", wrong).unwrap_or(Date::ZERO);
    Ok(Some(match change.what {
        "relationship" => {
            Between::Relate(do_::Relate { person, other: PersonId(change.fact()?), bond: bond(typed, wrong) })
        }
        "correct-relationship" => Between::CorrectRelationship(do_::CorrectRelationship {
            person,
            seen: change.fact()?,
            put: bond(typed, wrong),
        }),
        "change-relationship" => Between::ChangeRelationship(do_::ChangeRelationship {
            person,
            seen: change.fact()?,
            put: bond(typed, wrong),
        }),
        "end-relationship" => {
            Between::EndRelationship(do_::EndRelationship { person, seen: change.fact()?, on: last(wrong) })
        }
        "move-in" => {
            let join = match typed.get("with") {
                "new" => Some(Join::New),
                other => other.parse().ok().map(Join::With),
            };
            wrong.require(join.is_some(), "with", "Say with whom");
            let from = typed.date_if_any("from", "Since", wrong);
            Between::MoveIn(do_::MoveIn { person, join: join.unwrap_or(Join::New), from })
        }
        "leave" => Between::MoveOut(do_::MoveOut { person, member: change.fact()?, on: last(wrong) }),
        "correct-move" => Between::CorrectMove(do_::CorrectMove {
            person,
            member: change.fact()?,
            from: typed.date_if_any("from", "Since", wrong),
            to: typed.date_if_any("to", "Until", wrong),
        }),
        "warning" => Between::Warn(do_::Warn { person, warning: warning(typed, wrong) }),
        "correct-warning" => Between::CorrectWarning(do_::CorrectWarning {
            person,
            warning: change.fact()?,
            put: warning(typed, wrong),
        }),
        "renew-warning" => {
            let review_on = typed.date("review_on", "When it is looked at next", wrong).unwrap_or(Date::MAX);
            Between::RenewWarning(do_::RenewWarning { person, warning: change.fact()?, review_on })
        }
        "end-warning" => {
            Between::EndWarning(do_::EndWarning { person, warning: change.fact()?, on: last(wrong) })
        }
        _ => return Ok(withdrawn(change, typed)?.map(Between::Withdraw)),
    }))
}

/// Reads what is taken back; none where it is not that.
fn withdrawn(change: &Change<'_>, typed: &Typed) -> Result<Option<do_::Withdraw>> {
    let Some(what) = change.what.strip_prefix("withdraw-") else { return Ok(None) };
    let id = change.fact()?;
    let fact = match what {
        "name" => FactKind::Name(id),
        "detail" => FactKind::Detail(id),
        "number" => FactKind::Identifier(id),
        "address" => FactKind::Address(id),
        "home" => FactKind::Member(id),
        "relationship" => FactKind::Relationship(id),
        "warning" => FactKind::Warning(id),
        _ => return Err(Oops::NotFound),
    };
    Ok(Some(do_::Withdraw { person: change.person, fact, why: typed.get("why").to_owned() }))
}
