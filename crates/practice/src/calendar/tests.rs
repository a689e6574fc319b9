//! The calendar against published dates: forty years of bank holidays, working days and month ends.

use super::*;
use jiff::Timestamp;

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split(',').collect())
}

#[test]
fn bank_holidays_of_forty_years_are_those_published() {
    let calendar = Calendar::england();
    let mut years = 0;
    for row in rows(include_str!("../../tests-data/bank_holidays.csv")) {
        let year: i16 = row[0].parse().unwrap();
        let published: Vec<Date> =
            row[1].split(' ').map(|day| format!("{year}-{day}").parse().unwrap()).collect();
        let ours: Vec<Date> = calendar.holidays(year).into_iter().map(|(day, _)| day).collect();
        assert_eq!(ours, published, "{year}");
        years += 1;
    }
    assert_eq!(years, 40);
}

#[test]
fn working_days_are_those_worked_out_by_hand() {
    let calendar = Calendar::england();
    let mut count = 0;
    for row in rows(include_str!("../../tests-data/working_days.csv")) {
        let (start, n, due): (Date, i32, Date) =
            (row[0].parse().unwrap(), row[1].parse().unwrap(), row[2].parse().unwrap());
        assert_eq!(calendar.add_working_days(start, n), due, "{row:?}");
        assert_eq!(calendar.working_days_between(start, due), n, "{row:?}");
        count += 1;
    }
    assert_eq!(count, 26);
}

#[test]
fn months_end_on_the_last_day_there_is_and_roll_only_when_asked() {
    let calendar = Calendar::england();
    let mut count = 0;
    for row in rows(include_str!("../../tests-data/months.csv")) {
        let (start, n): (Date, u32) = (row[0].parse().unwrap(), row[1].parse().unwrap());
        let due = calendar.last_day(start, Length::new(n, Unit::Months), Counting::FromNextDay);
        assert_eq!(due, row[2].parse::<Date>().unwrap(), "{row:?}");
        assert_eq!(calendar.roll_forward(due), row[3].parse::<Date>().unwrap(), "{row:?}");
        count += 1;
    }
    assert_eq!(count, 7);
}

#[test]
fn names_agree_with_the_facts_beside_the_repository_when_they_are_there() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/facts/practice/bank_holidays_england_1996_2035.csv"
    );
    let Ok(text) = std::fs::read_to_string(path) else { return };
    let calendar = Calendar::england();
    for line in text.lines().skip(1) {
        let (day, name) = line.split_once(',').unwrap();
        assert_eq!(calendar.holiday(day.parse().unwrap()).as_deref(), Some(name), "{day}");
    }
}

#[test]
fn a_year_has_the_working_days_counted_elsewhere() {
    let calendar = Calendar::england();
    for (year, expected) in [(2024, 254), (2025, 253), (2026, 253), (2027, 253)] {
        assert_eq!(calendar.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)), expected);
    }
}

#[test]
fn a_holiday_proclaimed_later_is_an_override() {
    let text = "[[holiday]]\ndate = \"2027-05-10\"\nchange = \"add\"\nname = \"A day for all\"\n\
                [[holiday]]\ndate = \"2027-05-03\"\nchange = \"remove\"\nname = \"Early May bank holiday\"\n";
    let calendar = Calendar::england().with_overrides(&read_overrides(text).unwrap());
    assert_eq!(calendar.holiday(date(2027, 5, 10)).as_deref(), Some("A day for all"));
    assert!(calendar.is_working_day(date(2027, 5, 3)));
    assert_eq!(calendar.add_working_days(date(2027, 5, 7), 1), date(2027, 5, 11));
    assert!(Calendar::england().is_working_day(date(2027, 5, 10)), "the first calendar is untouched");
}

#[test]
fn a_list_of_holidays_that_cannot_be_read_says_where_and_what_was_expected() {
    let error = read_overrides("[[holiday]]\ndate = \"2027-13-10\"\nchange = \"add\"\nname = \"x\"\n");
    let message = error.unwrap_err().to_string();
    assert!(message.contains("line 2") && message.contains("expected"), "{message}");
    let message = read_overrides("[[holiday]]\ndate = \"2027-05-10\"\nchange = \"maybe\"\nname = \"x\"\n")
        .unwrap_err()
        .to_string();
    assert!(message.contains("maybe"), "{message}");
}

#[test]
fn going_back_counts_working_days_before() {
    let calendar = Calendar::england();
    assert_eq!(calendar.add_working_days(date(2026, 4, 7), -1), date(2026, 4, 2));
    assert_eq!(calendar.working_days_between(date(2026, 4, 7), date(2026, 4, 2)), -1);
    assert_eq!(calendar.roll_back(date(2026, 4, 5)), date(2026, 4, 2));
    assert_eq!(calendar.add_working_days(date(2026, 4, 4), 0), date(2026, 4, 4));
}

#[test]
fn beyond_the_counted_years_days_are_stepped_through_alike() {
    let calendar = Calendar::england();
    let far = date(2150, 3, 2);
    let due = calendar.add_working_days(far, 45);
    assert_eq!(calendar.working_days_between(far, due), 45);
    assert_eq!(calendar.add_working_days(due, -45), far);
    let across = calendar.add_working_days(date(2149, 12, 20), 30);
    assert_eq!(calendar.working_days_between(date(2149, 12, 20), across), 30);
    assert_eq!(calendar.working_days_between(across, date(2149, 12, 22)), {
        -calendar.working_days_between(date(2149, 12, 21), across.yesterday().unwrap())
    });
    assert_eq!(calendar.step_working_days(date(2026, 4, 2), 10), date(2026, 4, 20));
}

#[test]
fn periods_that_begin_with_a_day_count_it() {
    let calendar = Calendar::england();
    let issue = date(2026, 3, 2);
    let weeks = calendar.last_day(issue, Length::new(26, Unit::Weeks), Counting::FirstDayCounts);
    assert_eq!(weeks, add_days(issue, 181));
    let eight = calendar.last_day(issue, Length::new(8, Unit::Weeks), Counting::FirstDayCounts);
    assert_eq!(eight, add_days(issue, 55));
    let seven = calendar.last_day(issue, Length::new(7, Unit::Days), Counting::FirstDayCounts);
    assert_eq!(seven, date(2026, 3, 8));
    let month = calendar.last_day(date(2026, 3, 1), Length::new(1, Unit::Months), Counting::FirstDayCounts);
    assert_eq!(month, date(2026, 3, 31));
    let day_one = calendar.last_day(issue, Length::new(1, Unit::WorkingDays), Counting::FirstDayCounts);
    assert_eq!(day_one, issue);
}

#[test]
fn a_day_is_a_day_in_london_in_summer_and_in_winter() {
    let late_evening: Timestamp = "2026-07-01T23:30:00Z".parse().unwrap();
    assert_eq!(london_day(late_evening), date(2026, 7, 2));
    let winter: Timestamp = "2026-12-01T23:30:00Z".parse().unwrap();
    assert_eq!(london_day(winter), date(2026, 12, 1));
    assert_eq!(end_of_day(date(2026, 7, 1)).to_string(), "2026-07-01T22:59:59Z");
    assert_eq!(end_of_day(date(2026, 12, 1)).to_string(), "2026-12-01T23:59:59Z");
    let change: Timestamp = "2026-10-24T12:00:00Z".parse().unwrap();
    assert_eq!(hours_after(change, 72).to_string(), "2026-10-27T12:00:00Z");
    assert_eq!(london_day("2050-06-30T23:30:00Z".parse().unwrap()), date(2050, 7, 1), "beyond the table");
}
