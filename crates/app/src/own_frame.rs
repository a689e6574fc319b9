//! The frame around the pages of children, adults and families, and the page that says what went wrong there.

use crate::App;
use crate::frame::hue;
use crate::who::{Mine, language_of};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::{Date, Time, Weekday};
use language::Words;
use maud::{Markup, html};
use page::{FormErrors, Link, Me, NavItem, OwnLayout, Spoken};
use practice::calendar::{Length, Unit};

/// What one page puts into the frame.
#[derive(Default)]
pub struct OwnFrame<'a> {
    /// The page's short name.
    pub title: &'a str,
    /// Which main part the reader is in: "/my", "/my/read".
    pub part: &'a str,
    /// What was just done.
    pub said: Option<&'a str>,
    /// What is wrong with the form on the page.
    pub errors: Option<&'a FormErrors>,
}

/// A day in the words of a language: "3 November", with the year where it is not this one.
pub fn day(words: &Words, day: Date, today: Date) -> String {
    let month = match day.month() {
        1 => words.month_1(),
        2 => words.month_2(),
        3 => words.month_3(),
        4 => words.month_4(),
        5 => words.month_5(),
        6 => words.month_6(),
        7 => words.month_7(),
        8 => words.month_8(),
        9 => words.month_9(),
        10 => words.month_10(),
        11 => words.month_11(),
        _ => words.month_12(),
    };
    let number = day.day().to_string();
    if day.year() == today.year() {
        words.day_of_month(&number, &month)
    } else {
        words.day_of_year(&number, &month, &day.year().to_string())
    }
}

/// A day to come in the words of a language: "Thursday 26 November".
pub fn day_of_week(words: &Words, date: Date, today: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => words.weekday_1(),
        Weekday::Tuesday => words.weekday_2(),
        Weekday::Wednesday => words.weekday_3(),
        Weekday::Thursday => words.weekday_4(),
        Weekday::Friday => words.weekday_5(),
        Weekday::Saturday => words.weekday_6(),
        Weekday::Sunday => words.weekday_7(),
    };
    words.day_of_week(&weekday, &day(words, date, today))
}

/// A time of day in the words of a language: "4.30 pm".
pub fn time_of_day(words: &Words, at: Time) -> String {
    let clock = at.strftime("%-I.%M").to_string();
    if at.hour() < 12 { words.time_am(&clock) } else { words.time_pm(&clock) }
}

/// A length of time in the words of a language: "10 working days", "1 month".
pub fn length(words: &Words, length: Length) -> String {
    let n = i64::from(length.n);
    match length.unit {
        Unit::Hours => words.length_hours(n),
        Unit::WorkingDays => words.length_working_days(n),
        Unit::Days => words.length_days(n),
        Unit::Weeks => words.length_weeks(n),
        Unit::Months => words.length_months(n),
        Unit::Years => words.length_years(n),
    }
}

/// How long ago a day was: "today", "3 weeks ago".
pub fn ago(words: &Words, day: Date, today: Date) -> String {
    let days = i64::from(practice::calendar::days_between(day, today));
    let length = match days {
        ..1 => return words.ago_today(),
        1..14 => words.length_days(days),
        14..60 => words.length_weeks(days / 7),
        60..730 => words.length_months(days / 30),
        _ => words.length_years(days / 365),
    };
    words.ago(&length)
}

/// A whole page for somebody in their own space.
pub fn own_frame(mine: &Mine, of: &OwnFrame<'_>, body: Markup) -> Response {
    let words = mine.words;
    let parts = [
        ("/my", words.frame_home()),
        ("/my/story", words.frame_story()),
        ("/my/plan", words.frame_plan()),
        ("/my/read", words.frame_read()),
        ("/my/people", words.frame_people()),
        ("/my/touch", words.frame_touch()),
        ("/my/write", words.frame_write()),
        ("/my/answers", words.frame_answers()),
    ];
    let spaces = ("/my/spaces", words.frame_spaces());
    let own = parts.into_iter().filter(|(href, _)| mine.own && mine.stage.opens(href));
    let parts: Vec<(&str, String)> = own.chain(mine.others.then_some(spaces)).collect();
    let nav: Vec<NavItem<'_>> =
        parts.iter().map(|(href, label)| NavItem { href, label, current: *href == of.part }).collect();
    let name = mine.who.name.as_str();
    let me = Me {
        name,
        initials: &mine.initials,
        hue: hue(mine.who.hue),
        href: if mine.own { "/my" } else { "/my/spaces" },
    };
    page(&mine.app, words, of, (&nav, Some((me, mine.csrf.as_str()))), body)
}

/// A whole page for somebody who has not come in yet.
pub fn own_outside(app: &App, words: &Words, of: &OwnFrame<'_>, body: Markup) -> Response {
    page(app, words, of, (&[], None), body)
}

type Inside<'a> = (&'a [NavItem<'a>], Option<(Me<'a>, &'a str)>);

fn page(app: &App, words: &Words, of: &OwnFrame<'_>, (nav, me): Inside<'_>, body: Markup) -> Response {
    let (help, leave) = (words.frame_help_now(), words.frame_leave());
    let out = [Link { href: "/my/help", label: &help }, Link { href: "/my/leave", label: &leave }];
    let (demonstration, another) = (words.frame_demonstration(), words.frame_be_someone_else());
    let foot = [
        ("/my/rights", words.frame_rights()),
        ("/my/readers", words.frame_readers()),
        ("/my/coming-in", words.frame_coming()),
        ("/my/keys", words.keys_title()),
    ];
    let foot: Vec<Link<'_>> = match me {
        // whoever has no space of their own has no rights page there, but keys
        Some((me, _)) => foot
            .iter()
            .filter(|(href, _)| me.href == "/my" || *href == "/my/keys")
            .map(|(href, label)| Link { href, label })
            .collect(),
        None => vec![],
    };
    let languages: Vec<(&str, String, String)> = language::languages(app.settings.demonstration)
        .filter(|one| one.code() != words.code())
        .map(|one| (one.code(), one.name(), format!("/my/language/{}", one.code())))
        .collect();
    let languages: Vec<Spoken<'_>> =
        languages.iter().map(|(code, name, href)| Spoken { code, name, href }).collect();
    let (note, sign_out) = (words.language_note(), words.frame_sign_out());
    let layout = OwnLayout {
        language: words.code(),
        right_to_left: words.right_to_left(),
        title: of.title,
        error: &words.frame_error(),
        error_heading: &words.frame_error_heading(),
        skip: &words.frame_skip(),
        demonstration: app
            .settings
            .demonstration
            .then_some((demonstration.as_str(), Link { href: "/sign-in", label: &another })),
        ways_out: &out,
        home: if me.is_some() { "/my" } else { "/my/sign-in" },
        nav: (&words.frame_main(), nav),
        me: me.map(|(me, _)| me),
        sign_out: me.map(|(_, csrf)| (csrf, sign_out.as_str())),
        said: of.said,
        errors: of.errors,
        unchecked: (!words.checked()).then_some(note.as_str()),
        footer: (&words.frame_footer(), &foot),
        languages: (&words.frame_languages(), &languages),
        run_by: &words.frame_run_by(&app.settings.council),
    };
    let wrong = of.errors.is_some_and(|errors| !errors.is_empty());
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, [(header::CACHE_CONTROL, "no-store")], page::own_layout(&layout, body)).into_response()
}

/// The page of something that went wrong in somebody's own space: it tells nothing of what is there or not.
pub(crate) async fn wrong(app: &App, asked: &HeaderMap, bare: Response) -> Response {
    let words = language_of(app, asked);
    let too_old = bare.status() == StatusCode::FORBIDDEN;
    let said = if too_old { words.wrong_too_old() } else { words.wrong_words() };
    let body = html! {
        h1 { (words.wrong_heading()) }
        p.lead { (said) }
        p { a href="/my" { (words.frame_back_home()) } }
    };
    let title = words.wrong_title();
    let frame = OwnFrame { title: &title, ..OwnFrame::default() };
    let mut response = match Mine::from_headers(app, asked).await {
        Ok(Some(mine)) => own_frame(&mine, &frame, body),
        Ok(None) => own_outside(app, words, &frame, body),
        Err(_) => return bare,
    };
    *response.status_mut() = bare.status();
    response
}
