//! What must hold of access whatever the reader, the ties and the question.

use jiff::{SignedDuration, Timestamp};
use practice::access::table::{SIGHTS, table_instant};
use practice::access::{
    AllocationKind, ChildTie, Covered, Decision, EntryFacts, FoundBy, Link, Post, Reader, Sight, Staff, Tie,
    Ties, Touched, correct_entry, decide, may_break_glass, read_entry,
};
use practice::entry::Readers;
use practice::id::{PersonId, TeamId, WorkerId};
use practice::person::AccessLevel;
use practice::role::Role;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

fn now() -> Timestamp {
    table_instant()
}

fn worker(n: u8) -> WorkerId {
    WorkerId(Uuid::from_u128(n.into()))
}

fn staff(roles: Vec<Role>, ended: bool) -> Reader {
    let team = TeamId(Uuid::nil());
    let posts = roles.into_iter().map(|role| Post { role, team }).collect();
    Reader::Staff(Staff { worker: worker(1), posts, ended })
}

fn any_roles() -> impl Strategy<Value = Vec<Role>> {
    vec(select(Role::ALL), 0..4)
}

fn any_reader() -> impl Strategy<Value = Reader> {
    prop_oneof![
        1 => Just(Reader::Nobody),
        12 => (any_roles(), prop::bool::weighted(0.1)).prop_map(|(roles, ended)| staff(roles, ended)),
    ]
}

fn any_tie() -> impl Strategy<Value = Tie> {
    let part = || select(AllocationKind::ALL);
    let lead = || select(&[Role::TeamManager, Role::HeadOfService][..]);
    let hours = |range: std::ops::Range<i64>| range.prop_map(SignedDuration::from_hours);
    prop_oneof![
        part().prop_map(Tie::Allocated),
        part().prop_map(|kind| Tie::Covering { colleague: "Sam".into(), of: Covered::Allocation(kind) }),
        lead().prop_map(|post| Tie::Covering { colleague: "Sam".into(), of: Covered::Lead(post) }),
        lead().prop_map(|post| Tie::Leads { team: "North".into(), post }),
        hours(0..400).prop_map(|ago| Tie::Began { at: now() - ago }),
        Just(Tie::Listed),
        hours(-48..48).prop_map(|ahead| Tie::Glass { until: now() + ahead }),
    ]
}

fn any_child() -> impl Strategy<Value = ChildTie> {
    let link = select(&[Link::Household, Link::Responsibility][..]);
    (link, select(AccessLevel::ALL), vec(any_tie(), 0..3), prop::bool::weighted(0.2)).prop_map(
        |(link, level, direct, conflict)| ChildTie {
            child: PersonId(Uuid::from_u128(5)),
            name: "Ash".into(),
            bond: None,
            link,
            level,
            direct,
            conflict,
        },
    )
}

fn any_ties() -> impl Strategy<Value = Ties> {
    (vec(any_tie(), 0..4), vec(any_child(), 0..3), prop::bool::weighted(0.15))
        .prop_map(|(direct, children, conflict)| Ties { direct, children, conflict })
}

fn any_level() -> impl Strategy<Value = AccessLevel> {
    select(AccessLevel::ALL)
}

fn any_sight() -> impl Strategy<Value = Sight> {
    select(SIGHTS)
}

fn glass_is_open(ties: &Ties) -> bool {
    ties.direct.iter().any(|tie| matches!(tie, Tie::Glass { until } if now() < *until))
}

fn holds(reader: &Reader, is: impl Fn(Role) -> bool) -> bool {
    matches!(reader, Reader::Staff(staff) if staff.holds_any(is))
}

/// An entry about one person at which a second was, asked about by a reader who may be author, there or named.
#[derive(Clone, Debug)]
struct Asked {
    author: bool,
    present: bool,
    named: bool,
    readers: Readers,
    first: (AccessLevel, Ties),
    second: (AccessLevel, Ties),
}

fn any_entry() -> impl Strategy<Value = Asked> {
    let one = || (any_level(), any_ties());
    (any::<[bool; 3]>(), select(Readers::ALL), one(), one()).prop_map(
        |([author, present, named], readers, first, second)| Asked {
            author,
            present,
            named,
            readers,
            first,
            second,
        },
    )
}

fn ask(
    reader: &Reader,
    asked: &Asked,
    question: fn(&Reader, &EntryFacts<'_>, &[Touched<'_>], Timestamp) -> Decision,
) -> Decision {
    let mine = [worker(1)];
    let list = |yes: bool| if yes { &mine[..] } else { &[] };
    let entry = EntryFacts {
        author: worker(if asked.author { 1 } else { 2 }),
        readers: asked.readers,
        present: list(asked.present),
        named: list(asked.named),
    };
    let touched = |n, about, (level, ties): &'_ (AccessLevel, Ties)| (n, about, *level, ties.clone());
    let both = [touched(1, true, &asked.first), touched(2, false, &asked.second)];
    let touched: Vec<Touched<'_>> = both
        .iter()
        .map(|(n, about, level, ties)| Touched {
            person: PersonId(Uuid::from_u128(*n)),
            about: *about,
            level: *level,
            ties,
        })
        .collect();
    question(reader, &entry, &touched, now())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sealed_record_is_absent_to_everyone(reader in any_reader(), ties in any_ties(), sight in any_sight()) {
        let decision = decide(&reader, AccessLevel::Sealed, &ties, sight, now());
        prop_assert!(!decision.is_allowed());
        for found in [FoundBy::Search, FoundBy::ExactNameAndBirth, FoundBy::Id] {
            prop_assert!(!may_break_glass(&reader, AccessLevel::Sealed, &ties, found, now()).is_allowed());
        }
    }

    #[test]
    fn a_restricted_record_opens_only_to_the_named_and_to_duty_through_the_glass(
        reader in any_reader(), ties in any_ties(), sight in any_sight(),
    ) {
        let allowed = decide(&reader, AccessLevel::Restricted, &ties, sight, now()).is_allowed();
        let named = ties.direct.contains(&Tie::Listed);
        let glass = glass_is_open(&ties) && holds(&reader, Role::is_duty);
        let keeps = holds(&reader, |role| role == Role::RestrictedRecordsOfficer)
            && matches!(sight, Sight::Exists | Sight::ManageAccess | Sight::Join);
        prop_assert!(!allowed || named || glass || keeps);
        prop_assert!(!(allowed && ties.conflict));
    }

    #[test]
    fn what_must_look_absent_is_told_in_the_same_words_as_nothing(
        reader in any_reader(), ties in any_ties(), sight in any_sight(),
    ) {
        let sealed = decide(&reader, AccessLevel::Sealed, &ties, sight, now());
        let hidden = decide(&reader, AccessLevel::Restricted, &Ties::default(), sight, now());
        if let (Some(sealed), Some(hidden)) = (sealed.refusal(), hidden.refusal()) {
            prop_assert_eq!(sealed.answer(), hidden.answer());
            prop_assert_eq!(sealed.sentence(), hidden.sentence());
            prop_assert_eq!(sealed.way_on(), hidden.way_on());
        }
    }

    #[test]
    fn an_administrator_never_sees_content(
        roles in any_roles(), level in any_level(), ties in any_ties(), sight in any_sight(), asked in any_entry(),
    ) {
        let mut roles = roles;
        roles.push(Role::SystemAdministrator);
        let reader = staff(roles, false);
        prop_assert!(!decide(&reader, level, &ties, sight, now()).is_allowed());
        prop_assert!(!ask(&reader, &asked, read_entry).is_allowed());
        prop_assert!(!may_break_glass(&reader, level, &ties, FoundBy::Id, now()).is_allowed());
    }

    #[test]
    fn one_more_tie_never_takes_sight_away(
        reader in any_reader(), level in any_level(), ties in any_ties(), sight in any_sight(),
        more in any_tie(), child in any_child(), at in any::<prop::sample::Index>(),
    ) {
        if decide(&reader, level, &ties, sight, now()).is_allowed() {
            let mut wider = ties.clone();
            wider.direct.insert(at.index(ties.direct.len() + 1), more);
            prop_assert!(decide(&reader, level, &wider, sight, now()).is_allowed());
            wider.children.insert(at.index(ties.children.len() + 1), child);
            prop_assert!(decide(&reader, level, &wider, sight, now()).is_allowed());
        }
    }

    #[test]
    fn a_declared_link_only_ever_takes_sight_away(
        reader in any_reader(), level in any_level(), ties in any_ties(), sight in any_sight(),
    ) {
        let linked = Ties { conflict: true, ..ties };
        let decision = decide(&reader, level, &linked, sight, now());
        prop_assert!(!decision.is_allowed() || (sight == Sight::Exists && level == AccessLevel::Findable));
    }

    #[test]
    fn an_ended_account_and_nobody_see_nothing(
        roles in any_roles(), level in any_level(), ties in any_ties(), sight in any_sight(), asked in any_entry(),
    ) {
        for reader in [staff(roles, true), staff(vec![], false), Reader::Nobody] {
            prop_assert!(!decide(&reader, level, &ties, sight, now()).is_allowed());
            prop_assert!(!ask(&reader, &asked, read_entry).is_allowed());
            prop_assert!(!may_break_glass(&reader, level, &ties, FoundBy::Id, now()).is_allowed());
        }
    }

    #[test]
    fn without_a_tie_there_is_a_card_and_nothing_more(reader in any_reader(), sight in any_sight()) {
        let allowed = decide(&reader, AccessLevel::Findable, &Ties::default(), sight, now()).is_allowed();
        let list = sight == Sight::ManageAccess && holds(&reader, |role| role == Role::RestrictedRecordsOfficer);
        let joins = |role| matches!(role, Role::DataOfficer | Role::RestrictedRecordsOfficer);
        let join = sight == Sight::Join && holds(&reader, joins);
        let answers = |role| matches!(role, Role::DataOfficer | Role::HeadOfService);
        let answer = sight == Sight::Rights && holds(&reader, answers);
        prop_assert!(!allowed || sight == Sight::Exists || list || join || answer);
    }

    #[test]
    fn a_confidential_address_needs_a_tie_to_that_very_person(
        reader in any_reader(), level in any_level(), ties in any_ties(),
    ) {
        let elsewhere = Ties { direct: vec![], ..ties };
        prop_assert!(!decide(&reader, level, &elsewhere, Sight::ConfidentialAddress, now()).is_allowed());
    }

    #[test]
    fn whoever_sees_any_part_may_open_the_record_and_know_of_it(
        reader in any_reader(), level in any_level(), ties in any_ties(), sight in any_sight(),
    ) {
        // who keeps the list, or the records right, sees no more of a record than that takes
        let apart = matches!(sight, Sight::ManageAccess | Sight::Join | Sight::Rights);
        if !apart && decide(&reader, level, &ties, sight, now()).is_allowed() {
            prop_assert!(decide(&reader, level, &ties, Sight::Exists, now()).is_allowed());
            if sight != Sight::Exists {
                prop_assert!(decide(&reader, level, &ties, Sight::Open, now()).is_allowed());
            }
        }
    }

    #[test]
    fn an_entry_that_touches_someone_out_of_reach_is_hidden_whole(reader in any_reader(), asked in any_entry()) {
        if ask(&reader, &asked, read_entry).is_allowed() {
            for (level, ties) in [&asked.first, &asked.second] {
                prop_assert!(!ties.conflict);
                prop_assert_ne!(*level, AccessLevel::Sealed);
                let open = decide(&reader, *level, ties, Sight::Open, now()).is_allowed();
                prop_assert!(*level == AccessLevel::Findable || open);
            }
        }
    }

    #[test]
    fn an_entry_is_read_only_by_those_for_whom_it_is_kept(reader in any_reader(), asked in any_entry()) {
        if ask(&reader, &asked, read_entry).is_allowed() && !asked.author {
            let (level, ties) = &asked.first;
            let works = decide(&reader, *level, ties, Sight::Open, now()).is_allowed();
            let kept_for = match asked.readers {
                Readers::Present => works || asked.present,
                Readers::Named => asked.named && (works || asked.present),
                Readers::Staff => works,
            };
            prop_assert!(kept_for);
        }
    }

    #[test]
    fn only_what_may_be_read_may_be_corrected(reader in any_reader(), asked in any_entry()) {
        if ask(&reader, &asked, correct_entry).is_allowed() {
            prop_assert!(ask(&reader, &asked, read_entry).is_allowed());
            let (level, ties) = &asked.first;
            prop_assert!(decide(&reader, *level, ties, Sight::Record, now()).is_allowed());
        }
    }

    #[test]
    fn the_glass_is_offered_exactly_where_it_can_be_broken(
        reader in any_reader(), ties in any_ties(), sight in any_sight(),
    ) {
        let refusal = decide(&reader, AccessLevel::Findable, &ties, sight, now()).refusal();
        let offered = refusal.and_then(practice::access::Refusal::way_on) == Some(practice::access::WayOn::BreakGlass);
        if offered {
            prop_assert!(may_break_glass(&reader, AccessLevel::Findable, &ties, FoundBy::Search, now()).is_allowed());
        }
    }
}
