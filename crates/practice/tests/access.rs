//! Access told as people would ask about it: siblings, mothers, cover, broken glass, ended accounts.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use practice::access::{
    Action, AllocationKind, BEGAN_DAYS, ChildTie, Decision, EndingFacts, EntryFacts, FoundBy, GlassError,
    GlassFor, GlassNotice, GlassRequest, GlassRules, GlassSetting, GlassTies, Link, Post, Reader, Reason,
    Refusal, Sight, Staff, StillNeeded, Tie, Ties, Touched, WayOn, break_glass, correct_entry,
    counts_as_child, decide, exactly_named, may, may_answer_promise, may_end_account, may_review_glass,
    read_entry,
};
use practice::calendar::Calendar;
use practice::entry::Readers;
use practice::episode::{EpisodeKind, EpisodeKind::ChildProtection};
use practice::id::{PersonId, TeamId, WorkerId};
use practice::person::{AccessLevel, Birth, BirthBasis, PersonKind};
use practice::relationship::RelationshipKind;
use practice::role::Role;
use uuid::Uuid;

const FINDABLE: AccessLevel = AccessLevel::Findable;

fn me() -> WorkerId {
    WorkerId(Uuid::from_u128(1))
}

fn signed_in(roles: &[Role]) -> Reader {
    let team = TeamId(Uuid::nil());
    let posts = roles.iter().map(|&role| Post { role, team }).collect();
    Reader::Staff(Staff { worker: me(), posts, ended: false })
}

// a Friday before a bank holiday Monday: 22 May 2026, 23:30 in London (summer time)
fn friday_night() -> Timestamp {
    date(2026, 5, 22)
        .at(22, 30, 0, 0)
        .to_zoned(TimeZone::UTC)
        .map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp())
}

fn own(direct: &[Tie]) -> Ties {
    Ties { direct: direct.to_vec(), ..Ties::default() }
}

fn through_ash(link: Link, level: AccessLevel, direct: &[Tie]) -> Ties {
    let ash = ChildTie {
        child: PersonId(Uuid::from_u128(2)),
        name: "Ash".into(),
        bond: Some(RelationshipKind::Sibling),
        link,
        level,
        direct: direct.to_vec(),
        conflict: false,
    };
    Ties { children: vec![ash], ..Ties::default() }
}

#[test]
fn working_with_a_child_opens_the_household_and_says_through_whom() {
    let ties = through_ash(Link::Household, FINDABLE, &[Tie::Allocated(AllocationKind::Responsible)]);
    let reader = signed_in(&[Role::SocialWorker]);
    let decision = decide(&reader, FINDABLE, &ties, Sight::Open, friday_night());
    assert!(decision.is_allowed());
    assert_eq!(
        decision.sentence("Josie"),
        "You are the worker responsible for Ash, Josie's brother or sister, who lives with Josie"
    );
    let address = decide(&reader, FINDABLE, &ties, Sight::ConfidentialAddress, friday_night());
    assert_eq!(address, Decision::Refused(Refusal::NeedsOwnTie));
}

#[test]
fn looking_through_the_glass_at_a_child_does_not_open_the_mother() {
    let glass = Tie::Glass { until: friday_night() + SignedDuration::from_hours(1) };
    let reader = signed_in(&[Role::DutyWorker]);
    for direct in [vec![glass], vec![Tie::Listed], vec![Tie::Began { at: friday_night() }]] {
        let ties = through_ash(Link::Responsibility, FINDABLE, &direct);
        let decision = decide(&reader, FINDABLE, &ties, Sight::Open, friday_night());
        assert_eq!(decision, Decision::Refused(Refusal::NoTie { may_break_glass: true }));
    }
}

#[test]
fn a_restricted_child_leads_to_the_household_only_for_those_named_on_its_list() {
    let works = Tie::Allocated(AllocationKind::Helping);
    let reader = signed_in(&[Role::FamilySupportWorker]);
    let open = |direct: &[Tie]| {
        let ties = through_ash(Link::Household, AccessLevel::Restricted, direct);
        decide(&reader, FINDABLE, &ties, Sight::Open, friday_night()).is_allowed()
    };
    assert!(!open(std::slice::from_ref(&works)));
    assert!(open(&[works, Tie::Listed]));
}

#[test]
fn whoever_begins_a_record_keeps_it_for_a_week_until_someone_is_allocated() {
    let reader = signed_in(&[Role::DutyWorker]);
    let ties = own(&[Tie::Began { at: friday_night() }]);
    let after = |days: i64| friday_night() + SignedDuration::from_hours(24 * days);
    assert!(decide(&reader, FINDABLE, &ties, Sight::ChangePerson, after(BEGAN_DAYS - 1)).is_allowed());
    assert!(!decide(&reader, FINDABLE, &ties, Sight::Open, after(BEGAN_DAYS)).is_allowed());
}

#[test]
fn a_family_support_worker_opens_family_help_but_not_protection() {
    let ties = own(&[Tie::Allocated(AllocationKind::Responsible)]);
    let ask = |role, kind| {
        let sight = Sight::Episode(kind, practice::access::EpisodeChange::Open);
        decide(&signed_in(&[role]), FINDABLE, &ties, sight, friday_night())
    };
    assert!(ask(Role::FamilySupportWorker, EpisodeKind::FamilyHelp).is_allowed());
    assert_eq!(
        ask(Role::FamilySupportWorker, ChildProtection),
        Decision::Refused(Refusal::NeedsSocialWorker)
    );
    assert!(ask(Role::NewlyQualified, ChildProtection).is_allowed());
}

fn request(reason: &str, how_long: GlassFor, found: FoundBy) -> GlassRequest {
    GlassRequest { reason: reason.into(), how_long, found }
}

fn break_it(
    role: Role,
    level: AccessLevel,
    request: &GlassRequest,
) -> Result<practice::access::GlassOpened, Vec<GlassError>> {
    let calendar = Calendar::england();
    let setting = GlassSetting { rules: GlassRules::default(), calendar: &calendar, now: friday_night() };
    break_glass(&signed_in(&[role]), level, &Ties::default(), request, setting)
}

#[test]
fn the_glass_opens_for_an_hour_a_day_or_a_week_and_is_reviewed_in_two_working_days() {
    let why = "Police ask whether Josie is safe tonight";
    let until = |how_long| {
        let opened = break_it(Role::DutyWorker, FINDABLE, &request(why, how_long, FoundBy::Search)).unwrap();
        // Monday 25 May 2026 is a bank holiday
        assert_eq!(opened.review_due, date(2026, 5, 27));
        assert_eq!(opened.notices, [GlassNotice::ResponsibleWorker, GlassNotice::TeamManager]);
        opened.until.to_string()
    };
    assert_eq!(until(GlassFor::OneHour), "2026-05-22T23:30:00Z");
    assert_eq!(until(GlassFor::Today), "2026-05-22T22:59:59Z");
    assert_eq!(until(GlassFor::Until(date(2026, 5, 28))), "2026-05-28T22:59:59Z");
    let late = break_it(
        Role::DutyWorker,
        FINDABLE,
        &request("  why? ", GlassFor::Until(date(2026, 5, 29)), FoundBy::Search),
    );
    let latest = date(2026, 5, 28);
    assert_eq!(late, Err(vec![GlassError::ReasonTooShort, GlassError::TooLong { latest }]));
    let past = request(why, GlassFor::Until(date(2026, 5, 21)), FoundBy::Search);
    assert_eq!(break_it(Role::DutyWorker, FINDABLE, &past), Err(vec![GlassError::DayPast]));
}

#[test]
fn a_restricted_record_is_asked_for_exactly_and_only_by_a_duty_role() {
    let ask = |found| request("Police ask whether Josie is safe tonight", GlassFor::OneHour, found);
    let refused = |refusal| Err(vec![GlassError::Refused(refusal)]);
    let restricted = AccessLevel::Restricted;
    assert_eq!(
        break_it(Role::DutyWorker, restricted, &ask(FoundBy::Search)),
        refused(Refusal::NotExactlyAsked)
    );
    assert_eq!(break_it(Role::TeamManager, restricted, &ask(FoundBy::Id)), refused(Refusal::Restricted));
    let opened = break_it(Role::DutyWorker, restricted, &ask(FoundBy::ExactNameAndBirth)).unwrap();
    assert_eq!(opened.notices, [GlassNotice::ListedOfThese, GlassNotice::RestrictedRecordsOfficers]);

    let born = Some(date(2014, 3, 9));
    let names = ["Josie Hart", "Josephine Hart"];
    assert!(exactly_named(" josie  HART ", date(2014, 3, 9), &names, born));
    assert!(!exactly_named("Josie Heart", date(2014, 3, 9), &names, born));
    assert!(!exactly_named("Josie", date(2014, 3, 9), &names, born));
    assert!(!exactly_named("Josie Hart", date(2014, 9, 3), &names, born));
    assert!(!exactly_named("Josie Hart", date(2014, 3, 9), &names, None));
}

#[test]
fn a_broken_glass_is_reviewed_by_a_manager_who_did_not_break_it() {
    let lead = own(&[Tie::Leads { team: "North".into(), post: Role::TeamManager }]);
    let other = WorkerId(Uuid::from_u128(9));
    let review = |role, level, ties: &Ties, broken_by, leads_breaker| {
        let glass = GlassTies { broken_by, leads_breaker };
        may_review_glass(&signed_in(&[role]), level, ties, glass, friday_night())
    };
    let none = Ties::default();
    assert!(review(Role::TeamManager, FINDABLE, &lead, other, false).is_allowed());
    assert_eq!(
        review(Role::TeamManager, FINDABLE, &lead, me(), true),
        Decision::Refused(Refusal::BrokeItThemselves)
    );
    assert_eq!(
        review(Role::TeamManager, FINDABLE, &none, other, true),
        Decision::Allowed(Reason::LeadsBreaker)
    );
    assert_eq!(
        review(Role::SocialWorker, FINDABLE, &none, other, false),
        Decision::Refused(Refusal::NeedsLead)
    );
    let restricted = AccessLevel::Restricted;
    assert_eq!(
        review(Role::TeamManager, restricted, &lead, other, true),
        Decision::Refused(Refusal::Restricted)
    );
    assert!(review(Role::RestrictedRecordsOfficer, restricted, &none, other, false).is_allowed());
    assert!(!review(Role::RestrictedRecordsOfficer, restricted, &none, me(), false).is_allowed());
    let listed = own(&[lead.direct[0].clone(), Tie::Listed]);
    assert!(review(Role::TeamManager, restricted, &listed, other, false).is_allowed());
    assert!(!review(Role::TeamManager, AccessLevel::Sealed, &listed, other, true).is_allowed());
}

#[test]
fn a_helping_worker_reads_but_does_not_correct_a_colleagues_entry() {
    let ties =
        [AllocationKind::Helping, AllocationKind::Responsible].map(|kind| own(&[Tie::Allocated(kind)]));
    let reader = signed_in(&[Role::SocialWorker]);
    let entry = |author| EntryFacts { author, readers: Readers::Present, present: &[], named: &[] };
    let ask = |author, ties| {
        let person = PersonId(Uuid::from_u128(1));
        let touched = [Touched { person, about: true, level: FINDABLE, ties }];
        assert!(read_entry(&reader, &entry(author), &touched, friday_night()).is_allowed());
        correct_entry(&reader, &entry(author), &touched, friday_night())
    };
    let other = WorkerId(Uuid::from_u128(9));
    assert_eq!(ask(other, &ties[0]), Decision::Refused(Refusal::NotTheirsToCorrect));
    assert!(ask(other, &ties[1]).is_allowed());
    assert_eq!(ask(me(), &ties[0]), Decision::Allowed(Reason::WroteIt));
    let gone = Ties::default();
    assert_eq!(ask(me(), &gone), Decision::Refused(Refusal::NoTie { may_break_glass: true }));
}

#[test]
fn a_child_is_a_child_until_eighteen_and_by_their_episode_when_no_birth_date_is_known() {
    let today = date(2026, 5, 22);
    let born = |year| Some(Birth { on: date(year, 5, 22), basis: BirthBasis::Estimated });
    assert!(counts_as_child(PersonKind::Unborn, None, &[], today));
    assert!(counts_as_child(PersonKind::Born, born(2009), &[EpisodeKind::LeavingCare], today));
    assert!(!counts_as_child(PersonKind::Born, born(2008), &[ChildProtection], today));
    assert!(counts_as_child(PersonKind::Born, None, &[EpisodeKind::ChildInNeed], today));
    assert!(!counts_as_child(PersonKind::Born, None, &[EpisodeKind::Adult], today));
    assert!(!counts_as_child(PersonKind::Born, None, &[], today));
}

#[test]
fn posts_give_their_own_rights_and_an_administrator_only_the_administrators() {
    let ask = |roles: &[Role], action| may(&signed_in(roles), action).is_allowed();
    assert!(ask(&[Role::SystemAdministrator], Action::CreateWorker));
    assert!(!ask(&[Role::TeamManager], Action::CreateWorker));
    assert!(!ask(&[Role::SystemAdministrator], Action::Find));
    assert!(!ask(&[Role::SystemAdministrator, Role::SocialWorker], Action::Find));
    assert!(!ask(&[Role::SystemAdministrator], Action::KeepRestrictedList));
    assert!(ask(&[Role::SocialWorker, Role::RestrictedRecordsOfficer], Action::KeepRestrictedList));
    assert!(!may(&Reader::Nobody, Action::Find).is_allowed());
}

#[test]
fn an_account_is_not_ended_while_someone_would_be_left_without_an_answer() {
    let end =
        |answers_for, last_administrator| may_end_account(EndingFacts { answers_for, last_administrator });
    assert_eq!(end(0, false), Ok(()));
    assert_eq!(end(0, true), Err(StillNeeded::LastAdministrator));
    let error = end(1, false).unwrap_err();
    assert_eq!(
        error.to_string(),
        "They still answer for 1 person. Hand them over first, then end the account"
    );
    assert!(end(3, true).unwrap_err().to_string().contains("3 people"));
}

#[test]
fn a_refusal_says_what_to_do_next_unless_it_must_look_absent() {
    assert_eq!(Refusal::NoTie { may_break_glass: true }.way_on(), Some(WayOn::BreakGlass));
    assert_eq!(Refusal::NotSignedIn.way_on(), Some(WayOn::SignIn));
    assert_eq!(Refusal::Restricted.sentence(), Refusal::Sealed.sentence());
    assert_ne!(Refusal::Restricted.why(), Refusal::Sealed.why());
    assert_eq!(Refusal::Restricted.way_on(), None);
}

#[test]
fn whoever_made_a_promise_says_what_became_of_it_though_they_moved_on() {
    let reader = signed_in(&[Role::SocialWorker]);
    let ask = |made_by, tied| may_answer_promise(&reader, made_by, tied);
    let moved_on = || Decision::Refused(Refusal::NoTie { may_break_glass: true });
    let other = WorkerId(Uuid::from_u128(2));
    assert_eq!(ask(Some(me()), moved_on()), Decision::Allowed(Reason::WroteIt));
    assert_eq!(ask(Some(other), moved_on()), moved_on());
    assert_eq!(ask(None, moved_on()), moved_on());
    for stands in [Refusal::Restricted, Refusal::Sealed, Refusal::NotSignedIn, Refusal::Administrator] {
        assert_eq!(ask(Some(me()), Decision::Refused(stands)), Decision::Refused(stands));
    }
    let nobody = may_answer_promise(&Reader::Nobody, None, Decision::Refused(Refusal::NotSignedIn));
    assert_eq!(nobody, Decision::Refused(Refusal::NotSignedIn));
}
