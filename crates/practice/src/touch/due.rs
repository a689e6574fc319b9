//! What there is to see to with one whom somebody wants to stay in touch with, said gently and as early as it helps.

use super::{MentorState, STOPPED_AT_MOST, Stage};
use crate::calendar::{add_days, add_months};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

/// After how long a page asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TouchTimes {
    /// Months without asking what the child wants.
    pub wishes_months: i32,
    /// Weeks without news of a search.
    pub search_weeks: i32,
    /// Days without a mentor's answer.
    pub mentor_answer_days: i32,
    /// Months without seeing or hearing a mentor.
    pub mentor_months: i32,
    /// Days before an arranged time.
    pub coming_days: i32,
}

impl TouchTimes {
    /// The figures the program comes with, `data/touch.toml`.
    ///
    /// # Errors
    /// Only when the program was built with figures that cannot be read; a test reads them.
    pub fn usual() -> Result<&'static Self, &'static str> {
        static USUAL: LazyLock<Result<TouchTimes, String>> =
            LazyLock::new(|| TouchTimes::read(include_str!("../../data/touch.toml")));
        USUAL.as_ref().map_err(String::as_str)
    }

    /// Reads figures of the same form as `data/touch.toml`.
    ///
    /// # Errors
    /// A sentence that names the figure which is missing, unknown or no length.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|wrong| wrong.to_string())?;
        for (name, figure) in [
            ("wishes_months", read.wishes_months),
            ("search_weeks", read.search_weeks),
            ("mentor_answer_days", read.mentor_answer_days),
            ("mentor_months", read.mentor_months),
            ("coming_days", read.coming_days),
        ] {
            if figure < 1 {
                return Err(format!("{name} needs at least 1"));
            }
        }
        Ok(read)
    }
}

/// How one bond stands: the days that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Since when it is kept.
    pub since: Date,
    /// When the child was last asked, or last said, what they want.
    pub asked_on: Option<Date>,
    /// The earliest time that is arranged and of which nobody has said how it was.
    pub arranged_on: Option<Date>,
    /// When they were last in touch.
    pub last_on: Option<Date>,
    /// How far the finding of them has come, and since when.
    pub search: Option<(Stage, Date)>,
    /// How it stands with them as a mentor who has not ended it, and since when.
    pub mentor: Option<(MentorState, Date)>,
    /// The day on which the council stopped it without an order, where that stands.
    pub stopped_on: Option<Date>,
}

/// Something to see to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// A stop without an order ends on this day (section 34(6)): by then there is an order, or they see each other again.
    StopEnds(Date),
    /// It was arranged for this day, and nobody has said how it was.
    HowWasIt(Date),
    /// It is arranged for this day.
    Coming(Date),
    /// The young person chose a mentor on this day, and nobody has asked them yet.
    AskMentor(Date),
    /// The mentor was asked on this day and has not answered.
    MentorAnswer(Date),
    /// No news of a search since this day.
    NoNews(Date),
    /// Nobody saw or heard the mentor since this day.
    MentorStill(Date),
    /// Nobody has asked the child what they want since this day; none where nobody ever did.
    AskWish(Option<Date>),
}

const fn waits_for_news(stage: Stage) -> bool {
    match stage {
        Stage::Wanted
        | Stage::Looking
        | Stage::Found
        | Stage::Safe
        | Stage::BothAgree
        | Stage::FirstWords
        | Stage::Met
        | Stage::FamilyMeeting => true,
        Stage::Offered
        | Stage::NotFound
        | Stage::DoesNotWant
        | Stage::NotSafe
        | Stage::Staying
        | Stage::Stopped => false,
    }
}

/// What there is to see to today, the most pressing first. Neither an age nor an open episode is asked: whoever stays in
/// somebody's life is asked about at thirty as at thirteen.
pub fn due(one: &Standing, times: &TouchTimes, today: Date) -> Vec<Due> {
    let mut all = vec![];
    all.extend(one.stopped_on.map(|on| Due::StopEnds(add_days(on, STOPPED_AT_MOST))));
    if let Some(on) = one.arranged_on {
        if on < today {
            all.push(Due::HowWasIt(on));
        } else if on <= add_days(today, times.coming_days) {
            all.push(Due::Coming(on));
        }
    }
    match one.mentor {
        Some((MentorState::Chosen, on)) => all.push(Due::AskMentor(on)),
        Some((MentorState::Asked, on)) if add_days(on, times.mentor_answer_days) <= today => {
            all.push(Due::MentorAnswer(on));
        }
        Some((MentorState::Agreed, on)) => {
            let heard = one.last_on.map_or(on, |last| last.max(on));
            if one.arranged_on.is_none() && add_months(heard, times.mentor_months) <= today {
                all.push(Due::MentorStill(heard));
            }
        }
        Some((MentorState::Asked | MentorState::NotNow | MentorState::No, _)) | None => {}
    }
    if let Some((stage, on)) = one.search
        && waits_for_news(stage)
        && add_days(on, 7 * times.search_weeks) <= today
    {
        all.push(Due::NoNews(on));
    }
    if add_months(one.asked_on.unwrap_or(one.since), times.wishes_months) <= today {
        all.push(Due::AskWish(one.asked_on));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 22);
    const NEW: Standing = Standing {
        since: TODAY,
        asked_on: None,
        arranged_on: None,
        last_on: None,
        search: None,
        mentor: None,
        stopped_on: None,
    };

    fn now(one: Standing) -> Vec<Due> {
        due(&one, TouchTimes::usual().unwrap(), TODAY)
    }

    #[test]
    fn the_figures_it_comes_with_can_be_read_and_wrong_ones_are_named() {
        assert_eq!(TouchTimes::usual().unwrap().wishes_months, 6);
        let text = include_str!("../../data/touch.toml");
        assert!(
            TouchTimes::read(&text.replace("wishes_months = 6", "wishes_months = 0"))
                .unwrap_err()
                .contains("wishes_months")
        );
        assert!(TouchTimes::read(&text.replace("search_weeks", "weeks")).unwrap_err().contains("weeks"));
    }

    #[test]
    fn a_child_is_asked_again_on_the_day_the_months_are_over() {
        assert_eq!(now(NEW), []);
        assert_eq!(now(Standing { asked_on: Some(date(2026, 5, 23)), ..NEW }), []);
        let on = date(2026, 5, 22);
        assert_eq!(now(Standing { asked_on: Some(on), ..NEW }), [Due::AskWish(Some(on))]);
        assert_eq!(now(Standing { since: on, ..NEW }), [Due::AskWish(None)]);
    }

    #[test]
    fn an_arranged_time_is_shown_a_week_before_and_asked_about_the_day_after() {
        assert_eq!(now(Standing { arranged_on: Some(date(2026, 11, 30)), ..NEW }), []);
        let on = date(2026, 11, 29);
        assert_eq!(now(Standing { arranged_on: Some(on), ..NEW }), [Due::Coming(on)]);
        assert_eq!(now(Standing { arranged_on: Some(TODAY), ..NEW }), [Due::Coming(TODAY)]);
        let on = date(2026, 11, 21);
        assert_eq!(now(Standing { arranged_on: Some(on), ..NEW }), [Due::HowWasIt(on)]);
    }

    #[test]
    fn a_search_asks_for_news_while_somebody_is_to_see_to_it() {
        let old = date(2026, 10, 25);
        for (stage, asks) in
            [(Stage::Looking, true), (Stage::Safe, true), (Stage::Stopped, false), (Stage::NotSafe, false)]
        {
            let all = now(Standing { search: Some((stage, old)), ..NEW });
            assert_eq!(!all.is_empty(), asks, "{stage}");
        }
        assert_eq!(now(Standing { search: Some((Stage::Looking, date(2026, 10, 26))), ..NEW }), []);
    }

    #[test]
    fn a_mentor_is_asked_waited_for_and_never_lost_from_sight() {
        let on = date(2026, 8, 22);
        let mentor = |state| Standing { mentor: Some((state, on)), ..NEW };
        assert_eq!(now(mentor(MentorState::Chosen)), [Due::AskMentor(on)]);
        assert_eq!(now(mentor(MentorState::Asked)), [Due::MentorAnswer(on)]);
        assert_eq!(now(mentor(MentorState::Agreed)), [Due::MentorStill(on)]);
        assert_eq!(now(mentor(MentorState::No)), []);
        let seen = Standing { last_on: Some(date(2026, 9, 1)), ..mentor(MentorState::Agreed) };
        assert_eq!(now(seen), []);
    }

    #[test]
    fn a_stop_without_an_order_is_over_after_seven_days() {
        let on = date(2026, 11, 20);
        assert_eq!(now(Standing { stopped_on: Some(on), ..NEW }), [Due::StopEnds(date(2026, 11, 27))]);
    }
}
