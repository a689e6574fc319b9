//! The wider family of the Harts and what surrounds Josie: grandparents, Ash's father who died, Sam's new partner and the child
//! they expect; and how it is between them, so that the network picture is worth looking at.

use anyhow::Result;
use app::network::{AddTie, NewTie, add_tie};
use app::person::actions::{
    AddPerson, Bond, NewBirth, NewDetail, RecordDetail, Relate, add_person, record_detail, relate,
};
use app::{App, Moment, Who};
use db::Tx;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use practice::id::PersonId;
use practice::person::{BirthBasis, DetailKind, PersonKind};
use practice::relationship::RelationshipKind as Kind;
use practice::tie::{TieFlow, TieKind, TieStrength};

/// The Harts as they are told elsewhere.
pub(crate) struct Harts {
    pub(crate) josie: PersonId,
    pub(crate) theo: PersonId,
    pub(crate) ash: PersonId,
    pub(crate) leanne: PersonId,
    pub(crate) sam: PersonId,
    pub(crate) pauline: PersonId,
    pub(crate) bev: PersonId,
}

/// Who writes: their worker, who began these records and so may open them.
struct Pen<'a> {
    tx: &'a mut Tx,
    nadia: &'a Who,
    moment: &'a mut Moment,
}

impl Pen<'_> {
    async fn add(&mut self, name: (&str, &str), hue: i64, born: Date, sex: &str) -> Result<PersonId> {
        let mut add = AddPerson::named(name.0, name.1);
        add.birth = Some(NewBirth::exact(born));
        add.hue = Some(hue);
        add.details = vec![NewDetail::new(DetailKind::Sex, sex)];
        Ok(add_person(self.tx, self.nadia, self.moment, add).await?.person)
    }

    async fn said(&mut self, person: PersonId, kind: DetailKind, words: &str) -> Result<()> {
        let detail = NewDetail::new(kind, words);
        let command = RecordDetail { person, detail, seen: None };
        record_detail(self.tx, &Who::program("demonstration"), self.moment, command).await?;
        Ok(())
    }

    async fn bond(&mut self, person: PersonId, other: PersonId, bond: Bond) -> Result<()> {
        let command = Relate { person, other, bond };
        relate(self.tx, &Who::program("demonstration"), self.moment, command).await?;
        Ok(())
    }

    async fn tie(&mut self, person: PersonId, tie: NewTie) -> Result<()> {
        add_tie(self.tx, self.nadia, self.moment, AddTie { person, tie }).await?;
        Ok(())
    }
}

fn couple(kind: Kind, from: Date, to: Option<Date>) -> Bond {
    Bond { from: Some(from), to, ..Bond::of(kind) }
}

/// Makes them; gives how many people there are more.
pub(crate) async fn make(
    app: &App,
    nadia: &Who,
    moment: &mut Moment,
    harts: &Harts,
    today: Date,
) -> Result<usize> {
    let mut tx = app.db.write().await?;
    let mut pen = Pen { tx: &mut tx, nadia, moment };
    for (person, sex) in
        [(harts.leanne, "Female"), (harts.sam, "Male"), (harts.pauline, "Female"), (harts.bev, "Female")]
    {
        pen.said(person, DetailKind::Sex, sex).await?;
    }
    let more = wider(&mut pen, harts, today).await?;
    between(&mut pen, harts).await?;
    around(&mut pen, harts).await?;
    tx.commit().await?;
    Ok(more)
}

async fn wider(pen: &mut Pen<'_>, harts: &Harts, today: Date) -> Result<usize> {
    let raymond = pen.add(("Raymond", "Hart"), 2, date(1950, 4, 2), "Male").await?;
    pen.said(raymond, DetailKind::Died, "2021-01-17").await?;
    let craig = pen.add(("Craig", "Doyle"), 8, date(1989, 9, 30), "Male").await?;
    pen.said(craig, DetailKind::Died, "2019-11-05").await?;
    let emmanuel = pen.add(("Emmanuel", "Adeyemi"), 8, date(1959, 7, 21), "Male").await?;
    let grace = pen.add(("Grace", "Adeyemi"), 1, date(1962, 12, 1), "Female").await?;
    let priya = pen.add(("Priya", "Nair"), 6, date(1991, 3, 8), "Female").await?;
    let mut unborn = AddPerson::named("Unborn child", "Nair");
    unborn.kind = PersonKind::Unborn;
    let expected = today.saturating_add(110.days());
    unborn.birth = Some(NewBirth { on: expected, basis: BirthBasis::Expected, note: None });
    let unborn = add_person(pen.tx, pen.nadia, pen.moment, unborn).await?.person;
    pen.bond(harts.pauline, raymond, couple(Kind::Spouse, date(1988, 6, 11), None)).await?;
    pen.bond(emmanuel, grace, couple(Kind::Spouse, date(1986, 8, 2), None)).await?;
    pen.bond(harts.leanne, craig, couple(Kind::Partner, date(2011, 3, 1), Some(date(2014, 8, 31)))).await?;
    pen.bond(harts.leanne, harts.sam, couple(Kind::Spouse, date(2016, 5, 14), Some(date(2023, 4, 30))))
        .await?;
    pen.bond(harts.sam, priya, couple(Kind::Partner, date(2024, 2, 1), None)).await?;
    for (child, parent) in
        [(harts.leanne, raymond), (harts.ash, craig), (harts.sam, emmanuel), (harts.sam, grace)]
    {
        pen.bond(child, parent, Bond::of(Kind::Parent)).await?;
    }
    for parent in [harts.sam, priya] {
        pen.bond(unborn, parent, Bond::of(Kind::ParentOfUnborn)).await?;
    }
    Ok(6)
}

/// How it is between people.
async fn between(pen: &mut Pen<'_>, harts: &Harts) -> Result<()> {
    let strong = |other| NewTie { strength: TieStrength::Strong, ..NewTie::with(other) };
    pen.tie(harts.josie, NewTie { flow: TieFlow::Both, ..strong(harts.ash) }).await?;
    let nan = NewTie {
        flow: TieFlow::Back,
        note: Some("Mondays and Thursdays".to_owned()),
        ..strong(harts.pauline)
    };
    pen.tie(harts.josie, nan).await?;
    let sam = NewTie { strength: TieStrength::Weak, stress: true, ..NewTie::with(harts.sam) };
    pen.tie(harts.josie, sam).await?;
    pen.tie(harts.leanne, NewTie { stress: true, ..NewTie::with(harts.sam) }).await
}

/// What surrounds Josie beside people.
async fn around(pen: &mut Pen<'_>, harts: &Harts) -> Result<()> {
    use TieStrength::{Broken, Ordinary, Strong, Weak};
    for (kind, name, strength, stress, flow) in [
        (TieKind::School, "Alder Road Primary", Strong, false, TieFlow::Both),
        (TieKind::Pet, "Biscuit the dog", Strong, false, TieFlow::Back),
        (TieKind::Friends, "Mia from school", Ordinary, false, TieFlow::Both),
        (TieKind::Faith, "St Brigid’s, with Nan", Weak, false, TieFlow::Unsaid),
        (TieKind::Online, "A drawing group", Ordinary, true, TieFlow::There),
        (TieKind::Club, "Swimming, until the club closed", Broken, false, TieFlow::Unsaid),
    ] {
        pen.tie(harts.josie, NewTie { strength, stress, flow, ..NewTie::to(kind, name) }).await?;
    }
    let school = NewTie { strength: Strong, ..NewTie::to(TieKind::School, "Alder Road Primary") };
    pen.tie(harts.theo, school).await
}
