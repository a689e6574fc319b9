//! The pages that change facts of one person: names, birth, details, numbers, addresses.

use super::change::Change;
use super::sheet::{Sheet, date, line, lines, list, pair, radios, tick};
use crate::person::Profile;
use crate::person::actions::{self as do_, NewAddress, NewBirth, NewDetail, NewIdentifier, NewName};
use crate::person::facts::{Address, Detail, Name};
use crate::{Moment, Oops, Result, Who};
use db::Tx;
use jiff::civil::Date;
use maud::html;
use page::{FormErrors, Typed};
use practice::person::{AddressUse, BirthBasis, DetailKind, IdentifierKind, NameKind, PersonKind};

/// What is to be done, ready to do.
pub(super) enum Fact {
    Name(do_::NamePerson),
    CorrectName(do_::CorrectName),
    EndName(do_::EndName),
    Birth(do_::RecordBirth),
    Detail(do_::RecordDetail),
    CorrectDetail(do_::CorrectDetail),
    EndDetail(do_::EndDetail),
    Number(do_::RecordIdentifier),
    CorrectNumber(do_::CorrectIdentifier),
    Address(do_::RecordAddress),
    CorrectAddress(do_::CorrectAddress),
    EndAddress(do_::EndAddress),
}

pub(super) async fn run(fact: Fact, tx: &mut Tx, who: &Who, moment: &mut Moment) -> Result<Vec<String>> {
    match fact {
        Fact::Name(it) => do_::name_person(tx, who, moment, it).await.map(|_| vec![]),
        Fact::CorrectName(it) => do_::correct_name(tx, who, moment, it).await.map(|_| vec![]),
        Fact::EndName(it) => do_::end_name(tx, who, moment, it).await.map(|_| vec![]),
        Fact::Birth(it) => do_::record_birth(tx, who, moment, it).await.map(|()| vec![]),
        Fact::Detail(it) => do_::record_detail(tx, who, moment, it).await.map(|_| vec![]),
        Fact::CorrectDetail(it) => do_::correct_detail(tx, who, moment, it).await.map(|_| vec![]),
        Fact::EndDetail(it) => do_::end_detail(tx, who, moment, it).await.map(|_| vec![]),
        Fact::Number(it) => do_::record_identifier(tx, who, moment, it).await.map(|done| done.warnings),
        Fact::CorrectNumber(it) => {
            do_::correct_identifier(tx, who, moment, it).await.map(|done| done.warnings)
        }
        Fact::Address(it) => do_::record_address(tx, who, moment, it).await.map(|_| vec![]),
        Fact::CorrectAddress(it) => do_::correct_address(tx, who, moment, it).await.map(|_| vec![]),
        Fact::EndAddress(it) => do_::end_address(tx, who, moment, it).await.map(|_| vec![]),
    }
}

fn put_day(typed: &mut Typed, name: &str, day: Option<Date>) {
    if let Some(day) = day {
        typed.put_date(name, day);
    }
}

fn name_sheet(title: String, seen: Option<&Name>) -> Sheet {
    let kinds = NameKind::ALL.iter().map(|kind| pair(kind.code(), kind.plain())).collect();
    let mut sheet = Sheet::new(
        title,
        vec![
            radios("kind", "What sort of name is it?", kinds),
            line("given", "Given names"),
            line("family", "Family name").hint("Leave it empty where there is none"),
            date("from", "Used since").hint("If it is known"),
            date("to", "Used until").hint("Only if they no longer use it"),
        ],
    );
    if let Some(name) = seen {
        let begin = &mut sheet.begin;
        begin.put("kind", name.kind.code());
        begin.put("given", name.given.clone());
        begin.put("family", name.family.clone());
        put_day(begin, "from", name.from);
        put_day(begin, "to", name.to);
    }
    sheet
}

fn address_sheet(title: String, seen: Option<&Address>) -> Sheet {
    let uses = AddressUse::ALL.iter().map(|kind| pair(kind.code(), kind.plain())).collect();
    let mut sheet = Sheet::new(
        title,
        vec![
            radios("purpose", "What is it to them?", uses),
            lines("lines", "Address").hint("Without the postcode"),
            line("postcode", "Postcode"),
            tick(
                "confidential",
                "Keep this address confidential: only those who work with this very person see it",
            ),
            date("from", "Since").hint("If it is known"),
            date("to", "Until").hint("Only if they have left it"),
        ],
    );
    sheet.check = true;
    if let Some(it) = seen {
        let begin = &mut sheet.begin;
        begin.put("purpose", it.purpose.code());
        begin.put("lines", it.lines.clone());
        begin.put("postcode", it.postcode.clone().unwrap_or_default());
        if it.confidential {
            begin.put("confidential", "yes");
        }
        put_day(begin, "from", it.from);
        put_day(begin, "to", it.to);
    }
    sheet
}

fn detail_sheet(title: String, kind: DetailKind) -> Sheet {
    let words = match kind {
        DetailKind::MattersToMe => {
            lines("words", "In their own words").hint("“I like dogs, drawing and Tuesdays.”")
        }
        DetailKind::TalkWithMe => {
            lines("words", "One way, in their own words").hint("“One question at a time”")
        }
        DetailKind::Pronouns => line("words", "Pronouns").hint("Such as she, her"),
        DetailKind::Died => date("words", "When did they die?"),
        DetailKind::Sex => {
            let offered = ["Female", "Male", "Not known"].into_iter().map(|it| pair(it, it)).collect();
            radios("words", "Sex", offered)
        }
        DetailKind::Lost => {
            let offered = ["Miscarriage", "Stillbirth"].into_iter().map(|it| pair(it, it)).collect();
            radios("words", "What happened?", offered)
        }
        DetailKind::UnknownParent => {
            let offered = ["Father", "Mother"].into_iter().map(|it| pair(it, it)).collect();
            radios("words", "Which parent is not known?", offered)
        }
        other => line("words", other.plain()),
    };
    let note = match kind {
        DetailKind::Phone => "Such as whose it is, or when to ring",
        DetailKind::Language => "Such as whether an interpreter is needed",
        DetailKind::MattersToMe | DetailKind::TalkWithMe => "Who asked, and when",
        _ => "If there is more to say",
    };
    let mut asks = vec![words, line("note", "Note").hint(note)];
    if kind != DetailKind::Died {
        asks.push(date("from", "Since").hint("Leave it empty for today"));
    }
    Sheet::new(title, asks)
}

fn birth_sheet(profile: &Profile) -> Sheet {
    let unborn = profile.header.kind == PersonKind::Unborn;
    let bases = BirthBasis::ALL.iter().filter(|basis| unborn || **basis != BirthBasis::Expected);
    let mut sheet = Sheet::new(
        if unborn {
            "When is the birth expected, or has it been?".to_owned()
        } else {
            format!("When was {} born?", profile.header.shown_name)
        },
        vec![
            date("on", "Date of birth"),
            radios(
                "basis",
                "How sure is it?",
                bases.map(|basis| pair(basis.code(), basis.plain())).collect(),
            ),
            line("note", "Note").hint("Where it is known from, or what is disputed"),
        ],
    );
    sheet.check = true;
    if unborn {
        let lead =
            "When the birth has been, choose Known. The record stays the same, and so do the people in it.";
        sheet.lead = Some(html! { p { (lead) } });
    }
    if let Some(birth) = &profile.birth {
        sheet.begin.put_date("on", birth.birth.on);
        sheet.begin.put("basis", birth.birth.basis.code());
        sheet.begin.put("note", birth.note.clone().unwrap_or_default());
    }
    sheet.begin.put("seen", profile.header.version.to_string());
    sheet
}

fn new_detail_sheet(kind: DetailKind, profile: &Profile) -> Sheet {
    let mut sheet = detail_sheet(kind.plain().to_owned(), kind);
    if kind.single() {
        let seen = profile.details.iter().find(|it| it.kind == kind && it.to.is_none());
        if let Some(seen) = seen {
            sheet.begin.put("words", seen.words.clone());
            if kind == DetailKind::Died
                && let Ok(day) = seen.words.parse()
            {
                sheet.begin.put_date("words", day);
            }
        }
        sheet.begin.put("seen", seen.map(|it| it.id.to_string()).unwrap_or_default());
    }
    sheet
}

fn seen_detail_sheet(seen: &Detail) -> Sheet {
    let title = format!("Correct: {}", seen.kind.plain().to_lowercase());
    let mut sheet = Sheet { done: "corrected", ..detail_sheet(title, seen.kind) };
    sheet.begin.put("words", seen.words.clone());
    if let (DetailKind::Died, Ok(day)) = (seen.kind, seen.words.parse()) {
        sheet.begin.put_date("words", day);
    }
    sheet.begin.put("kind", seen.kind.code());
    sheet.begin.put("note", seen.note.clone().unwrap_or_default());
    put_day(&mut sheet.begin, "from", seen.from);
    sheet
}

/// The page for one of these changes; none where it is not one of these.
pub(super) fn sheet(change: &Change<'_>, profile: &Profile) -> Result<Option<Sheet>> {
    let name = &profile.header.shown_name;
    let kind = || change.which.and_then(DetailKind::from_code).ok_or(Oops::NotFound);
    let fact = change.fact().ok();
    let the_name = || profile.names.iter().find(|it| Some(it.id) == fact).ok_or(Oops::Stale);
    let the_detail = || profile.details.iter().find(|it| Some(it.id) == fact).ok_or(Oops::Stale);
    let the_number = || profile.identifiers.iter().find(|it| Some(it.id) == fact).ok_or(Oops::Stale);
    let the_address = || profile.addresses.iter().find(|it| Some(it.id) == fact).ok_or(Oops::Stale);
    let ending =
        |title: String| Sheet { done: "ended", ..Sheet::new(title, vec![date("on", "The last day")]) };
    Ok(Some(match change.what {
        "name" => name_sheet(format!("What else is {name} called, or called now?"), None),
        "correct-name" => {
            Sheet { done: "corrected", ..name_sheet("Correct this name".to_owned(), Some(the_name()?)) }
        }
        "end-name" => ending(format!("Until when was “{}” used?", the_name()?.whole())),
        "birth" => birth_sheet(profile),
        "detail" => new_detail_sheet(kind()?, profile),
        "correct-detail" => seen_detail_sheet(the_detail()?),
        "end-detail" => {
            let lead = html! { p { b { (the_detail()?.words) } } };
            Sheet { lead: Some(lead), ..ending("Until when was this so?".to_owned()) }
        }
        "number" => {
            let offered = IdentifierKind::ALL.iter().map(|kind| pair(kind.code(), kind.plain())).collect();
            let asks = vec![
                list("kind", "Which number?", offered),
                line("number", "The number"),
                date("from", "Since").hint("If it is known"),
            ];
            Sheet::new("Record a number", asks)
        }
        "correct-number" => {
            let seen = the_number()?;
            let title = format!("Correct the {}", seen.kind.plain());
            let mut sheet =
                Sheet { done: "corrected", ..Sheet::new(title, vec![line("number", "The number")]) };
            sheet.begin.put("number", seen.number.clone());
            sheet
        }
        "address" => address_sheet(format!("Where does {name} live, or get letters?"), None),
        "correct-address" => Sheet {
            done: "corrected",
            ..address_sheet("Correct this address".to_owned(), Some(the_address()?))
        },
        "end-address" => {
            the_address()?;
            ending(format!("Until when was this {name}’s address?"))
        }
        _ => return Ok(None),
    }))
}

fn name(typed: &Typed, wrong: &mut FormErrors) -> NewName {
    let kind = NameKind::from_code(typed.get("kind"));
    wrong.require(kind.is_some(), "kind", "Say what sort of name it is");
    NewName {
        kind: kind.unwrap_or(NameKind::Alias),
        given: typed.get("given").to_owned(),
        family: typed.get("family").to_owned(),
        from: typed.date_if_any("from", "Used since", wrong),
        to: typed.date_if_any("to", "Used until", wrong),
    }
}

fn address(typed: &Typed, wrong: &mut FormErrors) -> NewAddress {
    let purpose = AddressUse::from_code(typed.get("purpose"));
    wrong.require(purpose.is_some(), "purpose", "Say what the address is to them");
    NewAddress {
        purpose: purpose.unwrap_or(AddressUse::Home),
        lines: typed.get("lines").to_owned(),
        postcode: typed.some("postcode").map(str::to_owned),
        confidential: typed.has("confidential", "yes"),
        from: typed.date_if_any("from", "Since", wrong),
        to: typed.date_if_any("to", "Until", wrong),
    }
}

fn detail(kind: DetailKind, typed: &Typed, wrong: &mut FormErrors) -> NewDetail {
    let words = if kind == DetailKind::Died {
        typed.date("words", "The date of death", wrong).map(|day| day.to_string()).unwrap_or_default()
    } else {
        typed.get("words").to_owned()
    };
    let note = typed.some("note").map(str::to_owned);
    NewDetail { kind, words, note, from: typed.date_if_any("from", "Since", wrong) }
}

/// Reads what was typed; none where it is not one of these.
pub(super) fn command(change: &Change<'_>, typed: &Typed, wrong: &mut FormErrors) -> Result<Option<Fact>> {
    let person = change.person;
    let last = |wrong: &mut FormErrors| typed.date("on", "The last day", wrong).unwrap_or(Date::ZERO);
    Ok(Some(match change.what {
        "name" => Fact::Name(do_::NamePerson { person, name: name(typed, wrong) }),
        "correct-name" => {
            Fact::CorrectName(do_::CorrectName { person, name: change.fact()?, put: name(typed, wrong) })
        }
        "end-name" => Fact::EndName(do_::EndName { person, name: change.fact()?, on: last(wrong) }),
        "birth" => {
            let on = typed.date("on", "Date of birth", wrong).unwrap_or(Date::ZERO);
            let basis = BirthBasis::from_code(typed.get("basis"));
            wrong.require(basis.is_some(), "basis", "Say how sure the date is");
            let note = typed.some("note").map(str::to_owned);
            let birth = NewBirth { on, basis: basis.unwrap_or(BirthBasis::Exact), note };
            Fact::Birth(do_::RecordBirth { person, birth, seen: typed.get("seen").parse().ok() })
        }
        "detail" => {
            let kind = change.which.and_then(DetailKind::from_code).ok_or(Oops::NotFound)?;
            let seen = kind.single().then(|| typed.get("seen").parse().ok());
            Fact::Detail(do_::RecordDetail { person, detail: detail(kind, typed, wrong), seen })
        }
        "correct-detail" => {
            let kind = DetailKind::from_code(typed.get("kind")).ok_or(Oops::NotFound)?;
            Fact::CorrectDetail(do_::CorrectDetail {
                person,
                detail: change.fact()?,
                put: detail(kind, typed, wrong),
            })
        }
        "end-detail" => Fact::EndDetail(do_::EndDetail { person, detail: change.fact()?, on: last(wrong) }),
        "number" => {
            let kind = IdentifierKind::from_code(typed.get("kind"));
            wrong.require(kind.is_some(), "kind", "Say which number it is");
            let from = typed.date_if_any("from", "Since", wrong);
            let kind = kind.unwrap_or(IdentifierKind::CouncilId);
            let identifier = NewIdentifier { kind, number: typed.get("number").to_owned(), from };
            Fact::Number(do_::RecordIdentifier { person, identifier })
        }
        "correct-number" => {
            let number = typed.get("number").to_owned();
            Fact::CorrectNumber(do_::CorrectIdentifier { person, identifier: change.fact()?, number })
        }
        "address" => Fact::Address(do_::RecordAddress { person, address: address(typed, wrong) }),
        "correct-address" => Fact::CorrectAddress(do_::CorrectAddress {
            person,
            address: change.fact()?,
            put: address(typed, wrong),
        }),
        "end-address" => {
            Fact::EndAddress(do_::EndAddress { person, address: change.fact()?, on: last(wrong) })
        }
        _ => return Ok(None),
    }))
}
