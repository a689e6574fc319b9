//! Which of someone's names is shown: the one they chose, else the first of their legal name.

use super::facts::{Name, whole};
use jiff::civil::Date;
use practice::person::{NameKind, PersonKind};

/// The names kept beside the person, so that lists need no other table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The name they chose, or the first part of their name.
    pub shown_name: String,
    /// Their whole legal name.
    pub full_name: String,
    /// One or two letters.
    pub initials: String,
}

/// What to show of these names today. A person brought in without a name is told apart by their council id.
pub fn shown(names: &[Name], kind: PersonKind, council_id: Option<&str>, today: Date) -> Shown {
    let current = |kind: NameKind| {
        names
            .iter()
            .filter(|name| name.kind == kind && name.to.is_none_or(|to| today <= to))
            .max_by_key(|name| (name.from, name.recorded_at))
    };
    let chosen = current(NameKind::Chosen);
    let legal = [NameKind::Legal, NameKind::Birth, NameKind::Alias].into_iter().find_map(current);
    let legal =
        legal.or_else(|| chosen.or_else(|| names.iter().max_by_key(|name| (name.to, name.recorded_at))));
    let Some(legal) = legal else { return nameless(kind, council_id) };
    let first = |name: &Name| name.given.split_whitespace().next().unwrap_or(&name.family).to_owned();
    let shown_name = chosen.map_or_else(|| first(legal), |name| pick(&name.given, &name.family));
    let family = chosen.map(|name| &name.family).filter(|family| !family.is_empty()).unwrap_or(&legal.family);
    let mut initials = crate::who::initials(&whole(&shown_name, family));
    if initials.is_empty() {
        "?".clone_into(&mut initials);
    }
    Shown { shown_name, full_name: legal.whole(), initials }
}

fn pick(given: &str, family: &str) -> String {
    if given.is_empty() { family.to_owned() } else { given.to_owned() }
}

fn nameless(kind: PersonKind, council_id: Option<&str>) -> Shown {
    let shown_name = match kind {
        PersonKind::Unborn => "Unborn baby",
        PersonKind::Born => "Name not given yet",
    };
    let full_name =
        council_id.map_or_else(|| shown_name.to_owned(), |id| format!("{shown_name}, council id {id}"));
    Shown { shown_name: shown_name.to_owned(), full_name, initials: "?".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn name(kind: NameKind, given: &str, family: &str, from: Option<Date>, to: Option<Date>) -> Name {
        let (given, family) = (given.to_owned(), family.to_owned());
        Name {
            id: uuid::Uuid::nil(),
            kind,
            given,
            family,
            from,
            to,
            recorded_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    const TODAY: Date = date(2026, 11, 21);

    #[test]
    fn the_chosen_name_is_shown_and_the_legal_one_kept_whole() {
        let names = [
            name(NameKind::Legal, "Josephine Ann", "Hart", None, None),
            name(NameKind::Chosen, "Josie", "", None, None),
        ];
        let seen = shown(&names, PersonKind::Born, None, TODAY);
        assert_eq!(
            (&*seen.shown_name, &*seen.full_name, &*seen.initials),
            ("Josie", "Josephine Ann Hart", "JH")
        );
        let seen = shown(&names[..1], PersonKind::Born, None, TODAY);
        assert_eq!(seen.shown_name, "Josephine");
    }

    #[test]
    fn a_name_that_ended_is_not_shown_while_there_is_another() {
        let names = [
            name(NameKind::Legal, "Sam", "Old", None, Some(date(2020, 1, 1))),
            name(NameKind::Legal, "Sam", "New", Some(date(2020, 1, 2)), None),
        ];
        assert_eq!(shown(&names, PersonKind::Born, None, TODAY).full_name, "Sam New");
        assert_eq!(shown(&names[..1], PersonKind::Born, None, TODAY).full_name, "Sam Old");
    }

    #[test]
    fn without_a_name_the_council_id_tells_them_apart() {
        let seen = shown(&[], PersonKind::Born, Some("C000007"), TODAY);
        assert_eq!(seen.full_name, "Name not given yet, council id C000007");
        assert_eq!(shown(&[], PersonKind::Unborn, None, TODAY).shown_name, "Unborn baby");
    }
}
