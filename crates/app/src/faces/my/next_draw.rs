//! The page of what happens next: each day that is put down with who will be there, why, and what one can do; what was
//! moved or called off, and why; then what is due and has no day yet, and what was promised.

use super::draw::{first, promise};
use super::next::{Coming, InTouch, Next, kind, next, promised, together, when};
use crate::Result;
use crate::entry::{self, paragraphs};
use crate::frame::hue;
use crate::meeting::{Seen, SeenGuest};
use crate::own_frame::{OwnFrame, day_of_week, own_frame};
use crate::who::Mine;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Avatar;
use practice::meeting::{CanDo, Comes, Expected, MeetingWay};

/// How much of the record is looked at for what was promised.
const LOOKED_AT: u32 = 60;

/// `GET /my/next`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let next = next(&mut conn, mine.person, today).await?;
    let all = entry::lately_theirs(&mut conn, mine.person, LOOKED_AT).await?;
    drop(conn);
    let words = mine.words;
    let title = words.home_next_heading();
    let promises = promised(mine.person, &all);
    let body = html! {
        h1 { (words.home_next_heading()) }
        @if next.is_empty() && promises.is_empty() { p.lead { (words.home_next_none()) } } @else { p.lead { (words.next_lead()) } }
        (dated(&mine, &next, today))
        @if !next.due.is_empty() {
            h2 { (words.next_due_heading()) }
            p { (words.next_due_lead()) }
            @for one in &next.due { (due(&mine, one, today)) }
        }
        @if !promises.is_empty() { section { h2 { (words.plan_promises()) } ul { @for one in promises { (promise(&mine, one, today)) } } } }
        p { a.btn href="/my/write" { (words.next_ask()) } }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my", ..OwnFrame::default() }, body))
}

/// Days that are put down and times to be in touch, as they follow one another.
fn dated(mine: &Mine, next: &Next, today: Date) -> Markup {
    let mut all: Vec<(Date, Markup)> =
        next.planned.iter().map(|one| (one.on, planned(mine, (one, next), today))).collect();
    all.extend(next.touches.iter().map(|one| (one.time.on, touched(mine, one, today))));
    all.sort_by_key(|one| one.0);
    html! { @for (_, one) in &all { (one) } }
}

fn planned(mine: &Mine, (one, next): (&Seen, &Next), today: Date) -> Markup {
    let words = mine.words;
    html! {
        section.box {
            h2 { (when(words, one, today)) }
            @if one.called_off {
                p { b { (words.next_off()) "." } }
                @if let Some(why) = &one.changed_why { (paragraphs(why)) }
            } @else {
                p { b { (kind(words, one.kind)) } ". " @if let Some(child) = &one.about { (words.next_about(child)) } }
                (moved(mine, one, today))
                (place(mine, one))
                @if let Some(why) = &one.why { h3 { (words.next_why()) } (paragraphs(why)) }
                h3 { (words.next_who()) }
                (there(mine, one, next))
                (can(mine, one))
                @match one.comes {
                    Some(Comes::Yes) => p { b { (words.next_said_yes()) } },
                    Some(Comes::No) => p { b { (words.next_said_no()) } },
                    None => {}
                }
                p { a.btn href={ "/my/next/" (one.meeting) } { (words.next_say_link()) } }
                p.small { a href={ "/my/next/" (one.meeting) "/calendar" } { (words.next_calendar()) } }
            }
        }
    }
}

fn moved(mine: &Mine, one: &Seen, today: Date) -> Markup {
    let words = mine.words;
    html! {
        @if let Some(from) = one.moved_from {
            p { b { @if from == one.on { (words.next_moved_time()) } @else { (words.next_moved(&day_of_week(words, from, today))) } } }
            @if let Some(why) = &one.changed_why { (paragraphs(why)) }
        }
    }
}

fn place(mine: &Mine, one: &Seen) -> Markup {
    let words = mine.words;
    let way = match one.way {
        MeetingWay::InPerson => words.next_way_face(),
        MeetingWay::Phone => words.next_way_phone(),
        MeetingWay::Online => words.next_way_online(),
    };
    html! {
        p { (way)
            @if let Some(place) = &one.place { " " (words.next_place(place)) }
            @else if one.place_kept { " " (words.next_place_ask()) }
        }
    }
}

fn there(mine: &Mine, one: &Seen, next: &Next) -> Markup {
    let words = mine.words;
    let row = |guest: &SeenGuest| {
        let near = guest.worker.and_then(|worker| next.near.iter().find(|one| one.worker == worker));
        let face = mine.face(guest.worker);
        let picture = page::avatar(&Avatar::of(&guest.avatar.0, hue(guest.avatar.1)).photo(face.as_deref()));
        let does = near.map(|near| near.part(words)).or_else(|| guest.does.clone());
        page::who(picture, html! { p { b { (guest.name) } @if let Some(does) = does { br; (does) } } })
    };
    let mut rows = vec![page::who(
        page::avatar(&Avatar::of(&mine.initials, hue(mine.who.hue))),
        html! { p { b { (words.next_who_you()) } } },
    )];
    // for whoever it is not about, the one it is about comes first
    if let Some(child) = &one.about {
        let letters = crate::who::initials(child);
        let picture = page::avatar(&Avatar::of(&letters, hue(one.hue)));
        rows.insert(0, page::who(picture, html! { p { b { (first(child)) } } }));
    }
    rows.extend(one.there.iter().map(row));
    page::rows(&rows)
}

fn can(mine: &Mine, one: &Seen) -> Markup {
    let words = mine.words;
    let said = |can: &CanDo| match can {
        CanDo::Come => words.next_can_come(),
        CanDo::SendWords => words.next_can_send(),
        CanDo::BringSomebody => words.next_can_bring(),
        CanDo::NotCome => words.next_can_not(),
    };
    html! {
        // it is said for the one it is about
        @if one.about.is_none() && !one.can.is_empty() {
            h3 { (words.next_can()) }
            ul { @for can in &one.can { li { (said(can)) } } }
        }
    }
}

fn touched(mine: &Mine, one: &InTouch, today: Date) -> Markup {
    let words = mine.words;
    html! {
        section.box {
            h2 { (day_of_week(words, one.time.on, today)) }
            p { b { (together(words, one)) } "." @if let Some(place) = &one.time.where_when { " " (place) } }
            @if one.touch.is_some() { p { a href="/my/touch" { (words.next_touch_more(&one.name)) } } }
        }
    }
}

fn due(mine: &Mine, one: &Coming, today: Date) -> Markup {
    let words = mine.words;
    let why = match one.what {
        Expected::Visit => words.next_visit_why(),
        Expected::Review => words.next_review_why(),
        Expected::Group => words.next_group_why(),
    };
    let leads = one.who.as_deref().filter(|_| one.what == Expected::Review).map(first);
    html! {
        section {
            h3 { (one.sentence(mine, today)) }
            @if one.by < today { p { (words.home_promise_late()) } }
            @if let Some(name) = leads { p { (words.next_leads(name)) } }
            p { (why) }
        }
    }
}
