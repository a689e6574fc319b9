//! Wyvern's six teams and forty workers. Those whose code begins with `demo-` are the people to sign in as.

use crate::dice::Dice;
use anyhow::Result;
use app::worker::{self, AddTeam, AddWorker, NewPost};
use app::{Moment, Who};
use db::Tx;
use jiff::civil::Date;
use practice::access::{Post, Reader, Staff};
use practice::id::{TeamId, WorkerId};
use practice::role::Role;

/// A worker who can act in the demonstration.
#[derive(Clone)]
pub(crate) struct Hand {
    pub(crate) id: WorkerId,
    pub(crate) code: String,
    pub(crate) role: Role,
    pub(crate) team: TeamId,
    pub(crate) who: Who,
}

/// Everyone who works for Wyvern.
pub(crate) struct Workers {
    pub(crate) teams: Vec<TeamId>,
    pub(crate) hands: Vec<Hand>,
}

const TEAMS: &[(&str, &str, &str)] = &[
    ("service", "Children's services", "Guildhall"),
    ("front-door", "Front door", "Guildhall"),
    ("alder", "Alder Road family team", "Alder Road Centre"),
    ("canal", "Canal Street family team", "Canal Street Hub"),
    ("care", "Children in care team", "Priory House"),
    ("review", "Reviewing and data", "Guildhall"),
];

/// Code, name, role, team, in the order of the sign-in page.
const NAMED: &[(&str, &str, Role, usize)] = &[
    ("demo-nadia", "Nadia Farrow", Role::SocialWorker, 2),
    ("demo-tomasz", "Tomasz Zielinski", Role::NewlyQualified, 2),
    ("demo-kit", "Kit Marlow", Role::FamilySupportWorker, 2),
    ("demo-helen", "Helen Boateng", Role::TeamManager, 2),
    ("demo-ruth", "Ruth Ashdown", Role::HeadOfService, 0),
    ("demo-martin", "Martin Voss", Role::ReviewingOfficer, 5),
    ("demo-priya", "Priya Nair", Role::DutyWorker, 1),
    ("demo-sol", "Sol Whitaker", Role::DataOfficer, 5),
    ("demo-judith", "Judith Crane", Role::RestrictedRecordsOfficer, 5),
    ("demo-admin", "Alex Drummond", Role::SystemAdministrator, 0),
];

/// Those who hold no demonstration code.
const OTHERS: &[(&str, Role, usize)] = &[
    ("Gareth Pugh", Role::TeamManager, 1),
    ("Samira Aziz", Role::TeamManager, 3),
    ("Dele Adebayo", Role::TeamManager, 4),
    ("Joan Whitlock", Role::TeamManager, 5),
    ("Owen Blythe", Role::SocialWorker, 2),
    ("Marta Silva", Role::SocialWorker, 2),
    ("Colin Frith", Role::SocialWorker, 2),
    ("Bea Holloway", Role::SocialWorker, 2),
    ("Ife Adekunle", Role::SocialWorker, 3),
    ("Rory Maddox", Role::SocialWorker, 3),
    ("Sunita Rao", Role::SocialWorker, 3),
    ("Paul Tench", Role::SocialWorker, 3),
    ("Gwen Lacey", Role::NewlyQualified, 3),
    ("Hugh Sorrell", Role::SocialWorker, 3),
    ("Alice Penhale", Role::SocialWorker, 4),
    ("Kofi Mensah", Role::SocialWorker, 4),
    ("Dana Levett", Role::SocialWorker, 4),
    ("Ewan Strachan", Role::SocialWorker, 4),
    ("Lila Mistry", Role::NewlyQualified, 4),
    ("Tess Arden", Role::SocialWorker, 4),
    ("Mo Rahman", Role::SocialWorker, 1),
    ("Carys Beddoe", Role::SocialWorker, 1),
    ("Fred Oakley", Role::DutyWorker, 1),
    ("Nell Prior", Role::SocialWorker, 1),
    ("Jas Gill", Role::FamilySupportWorker, 3),
    ("Robin Tait", Role::FamilySupportWorker, 4),
    ("Moira Flint", Role::FamilySupportWorker, 2),
    ("Amos Redfern", Role::ReviewingOfficer, 5),
    ("Clare Dunmore", Role::ReviewingOfficer, 5),
    ("Vera Lindqvist", Role::DataOfficer, 5),
];

/// Puts the teams and workers in place.
pub(crate) async fn make(tx: &mut Tx, moment: &mut Moment, begin: Date) -> Result<Workers> {
    let who = Who::program("demonstration");
    let mut teams: Vec<TeamId> = vec![];
    for (at, (code, name, place)) in TEAMS.iter().enumerate() {
        let team = AddTeam {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            place: Some((*place).to_owned()),
            from: begin,
            to: None,
            under: (at > 0).then(|| teams[0]),
        };
        teams.push(worker::add_team(tx, &who, moment, team).await?);
    }
    let mut hands = vec![];
    let mut dice = Dice::new(7);
    for (code, name, role, team) in NAMED {
        hands.push(hand(tx, moment, (code, name, *role, teams[*team]), begin, &mut dice).await?);
    }
    for (name, role, team) in OTHERS {
        let code = name.to_lowercase().replace(' ', "-");
        hands.push(hand(tx, moment, (&code, name, *role, teams[*team]), begin, &mut dice).await?);
    }
    Ok(Workers { teams, hands })
}

async fn hand(
    tx: &mut Tx,
    moment: &mut Moment,
    (code, name, role, team): (&str, &str, Role, TeamId),
    begin: Date,
    dice: &mut Dice,
) -> Result<Hand> {
    let program = Who::program("demonstration");
    let registered = role.is_social_worker() || role == Role::ReviewingOfficer;
    let add = AddWorker {
        code: code.to_owned(),
        name: name.to_owned(),
        email: Some(format!("{}@wyvern.example", name.to_lowercase().replace(' ', "."))),
        phone: None,
        registration_number: registered.then(|| format!("SW{:06}", dice.between(100_000, 999_999))),
        hue: Some(dice.between(1, 8)),
        from: begin,
        to: None,
        posts: vec![NewPost { role, team: Some(team), from: begin, to: None }],
    };
    let hue = add.hue.unwrap_or(8);
    let id = worker::add(tx, &program, moment, add).await?;
    let staff = Staff { worker: id, posts: vec![Post { role, team }], ended: false };
    // the days of the demonstration are made by the program on their behalf
    let who = Who {
        account: None,
        name: name.to_owned(),
        hue,
        reader: Reader::Staff(staff),
        program: true,
        through: None,
    };
    Ok(Hand { id, code: code.to_owned(), role, team, who })
}

impl Workers {
    /// The one with this code.
    pub(crate) fn coded(&self, code: &str) -> &Hand {
        self.hands.iter().find(|hand| hand.code == code).unwrap_or(&self.hands[0])
    }

    /// Those of a team in a role of which this is true.
    pub(crate) fn of(&self, team: TeamId, is: impl Fn(Role) -> bool) -> Vec<&Hand> {
        self.hands.iter().filter(|hand| hand.team == team && is(hand.role)).collect()
    }
}
