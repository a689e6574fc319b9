//! Six invented families of growing difficulty, for the tests and the examples.

use picture::{
    ChildBond, ChildKind, Couple, CoupleKind, Ending, Family, Flow, Gender, Kin, Life, Person, Strength, Tie,
    Twins,
};

/// Somebody, as "Maya Hart f 2015" or "Raymond Hart m 1950-2021".
fn person(told: &str, hue: u8) -> Person {
    let mut words: Vec<&str> = told.split(' ').collect();
    let years = words.pop().expect("years");
    let gender = match words.pop() {
        Some("m") => Gender::Male,
        Some("f") => Gender::Female,
        _ => Gender::Other,
    };
    let person = Person::new(&words.join(" "), gender);
    let (born, died) = years.split_once('-').unwrap_or((years, ""));
    let born: Option<i16> = born.parse().ok();
    let person = Person { born, hue: Some(hue), age: born.map(|year| 2026 - year), ..person };
    if died.is_empty() { person } else { Person { age: None, ..person.died(died.parse().expect("year")) } }
}

pub(crate) fn of(people: &[&str]) -> Family {
    let hue = |at: usize| u8::try_from(at % 8 + 1).expect("small");
    Family {
        people: people.iter().enumerate().map(|(at, told)| person(told, hue(at))).collect(),
        ..Family::default()
    }
}

fn at(family: &Family, name: &str) -> usize {
    family.people.iter().position(|it| it.name == name).unwrap_or_else(|| panic!("nobody is called {name}"))
}

fn couple(family: &mut Family, names: (&str, &str), kind: CoupleKind, ending: Ending, years: (i16, i16)) {
    let year = |it: i16| (it > 0).then_some(it);
    let (a, b) = (at(family, names.0), at(family, names.1));
    family.couples.push(Couple { a, b, kind, ending, from: year(years.0), to: year(years.1) });
}

fn children(family: &mut Family, parents: &[&str], kind: ChildKind, children: &[&str]) {
    for child in children {
        for parent in parents {
            let bond = ChildBond { parent: at(family, parent), child: at(family, child), kind };
            family.children.push(bond);
        }
    }
}

fn twins(family: &mut Family, a: &str, b: &str, identical: Option<bool>) {
    let twins = Twins { a: at(family, a), b: at(family, b), identical };
    family.twins.push(twins);
}

fn tie(family: &mut Family, a: &str, b: &str, strength: Strength, stress: bool) {
    let tie = Tie { a: at(family, a), b: at(family, b), strength, stress, flow: Flow::Unsaid };
    family.ties.push(tie);
}

fn home(family: &mut Family, names: &[&str]) {
    family.home = names.iter().map(|name| at(family, name)).collect();
    family.index = family.home[0];
}

use ChildKind::{Adoption, Birth, Fostering, Step};
use CoupleKind::{Married, Partners};
use Ending::{Divorced, Separated, Together};

/// Three generations, half- and step-siblings: the Harts.
pub(crate) fn half_and_step() -> Family {
    let mut f = of(&[
        "Josie Hart f 2017",
        "Theo Hart m 2020",
        "Maya Hart f 2013",
        "Leanne Hart f 1992",
        "Sam Ansah m 1990",
        "Craig Doyle m 1989-2019",
        "Pauline Hart f 1965",
        "Raymond Hart m 1950-2021",
        "Emmanuel Ansah m 1959",
        "Grace Ansah f 1962",
        "Bev Doyle f 1968",
        "Priya Rao f 1991",
        "Kian Rao m 2016",
    ]);
    couple(&mut f, ("Raymond Hart", "Pauline Hart"), Married, Together, (1988, 0));
    couple(&mut f, ("Emmanuel Ansah", "Grace Ansah"), Married, Together, (1986, 0));
    couple(&mut f, ("Craig Doyle", "Leanne Hart"), Partners, Separated, (2011, 2014));
    couple(&mut f, ("Leanne Hart", "Sam Ansah"), Married, Separated, (2016, 2023));
    couple(&mut f, ("Sam Ansah", "Priya Rao"), Partners, Together, (2024, 0));
    children(&mut f, &["Raymond Hart", "Pauline Hart"], Birth, &["Leanne Hart"]);
    children(&mut f, &["Emmanuel Ansah", "Grace Ansah"], Birth, &["Sam Ansah"]);
    children(&mut f, &["Bev Doyle"], Birth, &["Craig Doyle"]);
    children(&mut f, &["Craig Doyle", "Leanne Hart"], Birth, &["Maya Hart"]);
    children(&mut f, &["Sam Ansah", "Leanne Hart"], Birth, &["Josie Hart", "Theo Hart"]);
    children(&mut f, &["Priya Rao"], Birth, &["Kian Rao"]);
    children(&mut f, &["Sam Ansah"], Step, &["Kian Rao"]);
    tie(&mut f, "Leanne Hart", "Sam Ansah", Strength::Ordinary, true);
    tie(&mut f, "Josie Hart", "Maya Hart", Strength::Strong, false);
    tie(&mut f, "Josie Hart", "Pauline Hart", Strength::Strong, false);
    home(&mut f, &["Josie Hart", "Theo Hart", "Leanne Hart"]);
    f
}

/// Twins, identical, not, and not known; a stillborn child; someone who is neither a man nor a woman.
pub(crate) fn with_twins() -> Family {
    let mut f = of(&[
        "Ada Finch f 2014",
        "Bea Finch f 2014",
        "Cal Finch m 2017",
        "Dot Finch f 2017",
        "Eli Finch m 2020",
        "Fay Finch x 2020",
        "Gil Finch m 1985",
        "Hana Finch f 1986",
        "Ivor Finch m 1955",
        "Jean Finch f 1957-2018",
        "Kit Finch x 1985",
        "Baby Finch f 2012",
        "Lena Moss f 1960",
        "Moss m 1958",
    ]);
    let baby = at(&f, "Baby Finch");
    f.people[baby].life = Life::Stillborn;
    f.people[baby].died = Some(2012);
    couple(&mut f, ("Ivor Finch", "Jean Finch"), Married, Together, (1980, 0));
    couple(&mut f, ("Moss", "Lena Moss"), Married, Divorced, (1982, 1995));
    couple(&mut f, ("Gil Finch", "Hana Finch"), Married, Together, (2010, 0));
    children(&mut f, &["Ivor Finch", "Jean Finch"], Birth, &["Gil Finch", "Kit Finch"]);
    children(&mut f, &["Moss", "Lena Moss"], Birth, &["Hana Finch"]);
    let all = ["Ada Finch", "Bea Finch", "Cal Finch", "Dot Finch", "Eli Finch", "Fay Finch", "Baby Finch"];
    children(&mut f, &["Gil Finch", "Hana Finch"], Birth, &all);
    twins(&mut f, "Ada Finch", "Bea Finch", Some(true));
    twins(&mut f, "Cal Finch", "Dot Finch", Some(false));
    twins(&mut f, "Eli Finch", "Fay Finch", None);
    twins(&mut f, "Gil Finch", "Kit Finch", Some(true));
    tie(&mut f, "Gil Finch", "Jean Finch", Strength::Weak, false);
    home(
        &mut f,
        &[
            "Cal Finch",
            "Ada Finch",
            "Bea Finch",
            "Dot Finch",
            "Eli Finch",
            "Fay Finch",
            "Gil Finch",
            "Hana Finch",
        ],
    );
    f
}

/// A couple who married, divorced, had others, and married again.
pub(crate) fn remarried() -> Family {
    let mut f = of(&[
        "Nia Pugh f 2012",
        "Owen Pugh m 2003",
        "Pia Pugh f 2015",
        "Rhys Pugh m 1978",
        "Sian Pugh f 1980",
        "Tess Vale f 1984",
        "Una Marsh f 1986",
        "Vic Stone m 1979",
        "Wyn Stone m 2010",
        "Gwen Pugh f 1950",
        "Hugh Pugh m 1948",
        "Zoe Vale f 2009",
        "Abe Marsh m 2006",
    ]);
    couple(&mut f, ("Hugh Pugh", "Gwen Pugh"), Married, Together, (1975, 0));
    couple(&mut f, ("Rhys Pugh", "Sian Pugh"), Married, Divorced, (2001, 2005));
    couple(&mut f, ("Rhys Pugh", "Una Marsh"), Partners, Separated, (2005, 2006));
    couple(&mut f, ("Rhys Pugh", "Tess Vale"), Partners, Separated, (2007, 2010));
    couple(&mut f, ("Sian Pugh", "Vic Stone"), Married, Divorced, (2008, 2011));
    couple(&mut f, ("Rhys Pugh", "Sian Pugh"), Married, Together, (2011, 0));
    children(&mut f, &["Hugh Pugh", "Gwen Pugh"], Birth, &["Rhys Pugh"]);
    children(&mut f, &["Rhys Pugh", "Sian Pugh"], Birth, &["Owen Pugh", "Nia Pugh", "Pia Pugh"]);
    children(&mut f, &["Rhys Pugh", "Tess Vale"], Birth, &["Zoe Vale"]);
    children(&mut f, &["Rhys Pugh", "Una Marsh"], Birth, &["Abe Marsh"]);
    children(&mut f, &["Vic Stone", "Sian Pugh"], Birth, &["Wyn Stone"]);
    tie(&mut f, "Rhys Pugh", "Tess Vale", Strength::Broken, false);
    tie(&mut f, "Wyn Stone", "Rhys Pugh", Strength::Ordinary, true);
    home(&mut f, &["Nia Pugh", "Pia Pugh", "Rhys Pugh", "Sian Pugh", "Wyn Stone"]);
    f
}

/// Children by birth, by adoption and in foster care; two mothers; adoption by a stepfather.
pub(crate) fn adopted_and_fostered() -> Family {
    let mut f = of(&[
        "Rosa Bell f 2016",
        "Sol Bell m 2018",
        "Tam Bell m 2021",
        "Ursula Bell f 1982",
        "Vera Bell f 1980",
        "Will Crane m 1990",
        "Xena Crane f 1993-2020",
        "Yan Crane m 2013",
        "Ann Crane f 1965",
        "Bob Crane m 1963",
        "Flo Tate f 1970",
        "Gus Tate m 1968",
        "Hal Tate m 1998",
        "Ivy Bell f 1955",
        "Jim Dean m 1995",
        "Kay Dean f 1996",
    ]);
    couple(&mut f, ("Ursula Bell", "Vera Bell"), Married, Together, (2014, 0));
    couple(&mut f, ("Will Crane", "Xena Crane"), Partners, Separated, (2012, 2017));
    couple(&mut f, ("Bob Crane", "Ann Crane"), Married, Divorced, (1986, 2001));
    couple(&mut f, ("Gus Tate", "Flo Tate"), Married, Together, (1994, 0));
    couple(&mut f, ("Jim Dean", "Kay Dean"), Married, Together, (2019, 0));
    children(&mut f, &["Bob Crane", "Ann Crane"], Birth, &["Will Crane"]);
    children(&mut f, &["Ivy Bell"], Birth, &["Ursula Bell"]);
    children(&mut f, &["Will Crane", "Xena Crane"], Birth, &["Yan Crane", "Rosa Bell", "Sol Bell"]);
    children(&mut f, &["Ursula Bell", "Vera Bell"], Adoption, &["Rosa Bell", "Sol Bell"]);
    children(&mut f, &["Ursula Bell"], Birth, &["Tam Bell"]);
    children(&mut f, &["Vera Bell"], Adoption, &["Tam Bell"]);
    children(&mut f, &["Gus Tate", "Flo Tate"], Fostering, &["Yan Crane"]);
    children(&mut f, &["Gus Tate", "Flo Tate"], Birth, &["Hal Tate"]);
    tie(&mut f, "Rosa Bell", "Yan Crane", Strength::Strong, false);
    tie(&mut f, "Yan Crane", "Will Crane", Strength::Weak, true);
    tie(&mut f, "Yan Crane", "Jim Dean", Strength::Ordinary, false);
    home(&mut f, &["Rosa Bell", "Sol Bell", "Tam Bell", "Ursula Bell", "Vera Bell"]);
    f
}

/// An unborn child, a miscarriage, a father nobody knows, a grandmother whose own child is not recorded.
pub(crate) fn unborn_and_unknown() -> Family {
    let mut f = of(&[
        "Lola Grey f 2009",
        "Unborn child x 2027",
        "Pregnancy x -2024",
        "Not known m x",
        "Mia Grey f 1990",
        "Noel Grey m 1988",
        "Olive Grey f 1966",
        "Perry West m 2008",
        "Quinn West f 1985",
        "Great-gran Dora f 1940",
        "Rex Grey m 2015",
        "Baby Grey f 2026",
        "Father of Noel m x",
        "Sol Auntie f 1987",
    ]);
    for (name, life) in [
        ("Unborn child", Life::Expected),
        ("Pregnancy", Life::Miscarried),
        ("Not known", Life::NotKnown),
        ("Father of Noel", Life::NotKnown),
    ] {
        let who = at(&f, name);
        f.people[who].life = life;
        f.people[who].age = None;
    }
    couple(&mut f, ("Noel Grey", "Mia Grey"), Married, Together, (2013, 0));
    children(&mut f, &["Not known", "Mia Grey"], Birth, &["Lola Grey"]);
    children(&mut f, &["Noel Grey", "Mia Grey"], Birth, &["Rex Grey", "Pregnancy"]);
    children(&mut f, &["Perry West", "Lola Grey"], Birth, &["Baby Grey", "Unborn child"]);
    children(&mut f, &["Quinn West"], Birth, &["Perry West"]);
    children(&mut f, &["Olive Grey", "Father of Noel"], Birth, &["Noel Grey"]);
    let (dora, lola) = (at(&f, "Great-gran Dora"), at(&f, "Lola Grey"));
    f.kin.push(Kin { a: dora, b: lola, above: 2, words: "great-grandparent".to_owned() });
    let (aunt, mia) = (at(&f, "Sol Auntie"), at(&f, "Mia Grey"));
    f.siblings.push(picture::Siblings { a: aunt, b: mia, words: "brother or sister".to_owned() });
    tie(&mut f, "Lola Grey", "Mia Grey", Strength::Strong, true);
    home(&mut f, &["Lola Grey", "Baby Grey", "Mia Grey", "Noel Grey", "Rex Grey"]);
    f
}

const GIVEN: [&str; 14] =
    ["Al", "Bo", "Cy", "Di", "Ed", "Fi", "Gus", "Hal", "Ian", "Jo", "Kim", "Lee", "May", "Ned"];
const SURNAMES: [&str; 4] = ["Abbot", "Brook", "Cole", "Dale"];

fn add(f: &mut Family, name: &str, male: bool, year: i16) -> usize {
    let hue = u8::try_from(f.people.len() % 8 + 1).expect("small");
    let gender = if male { Gender::Male } else { Gender::Female };
    f.people.push(Person { hue: Some(hue), age: Some(2026 - year), ..Person::new(name, gender).born(year) });
    f.people.len() - 1
}

fn wed(f: &mut Family, (a, b): (usize, usize), year: i16) {
    f.couples.push(Couple { a, b, kind: Married, ending: Together, from: Some(year), to: None });
}

fn born(f: &mut Family, parents: (usize, usize), child: usize) {
    for parent in [parents.0, parents.1] {
        f.children.push(ChildBond { parent, child, kind: Birth });
    }
}

/// A couple's children, one every two years, boys and girls in turn.
fn brood(f: &mut Family, parents: (usize, usize), names: &[&str], surname: &str, from: i16) -> Vec<usize> {
    let mut children = vec![];
    for (n, name) in (0_i16..).zip(names) {
        let child = add(f, &format!("{name} {surname}"), n % 2 == 0, from + 2 * n);
        born(f, parents, child);
        children.push(child);
    }
    children
}

/// Sixty people in four generations; cousins marry, a brother and a sister marry a sister and a brother.
pub(crate) fn sixty() -> Family {
    let mut f = Family::default();
    let mut second: Vec<Vec<usize>> = vec![];
    for (house, surname) in (0_i16..).zip(SURNAMES) {
        let him = add(&mut f, &format!("Old {surname}"), true, 1935 + house);
        let her = add(&mut f, &format!("Nan {surname}"), false, 1937 + house);
        wed(&mut f, (him, her), 1958);
        second.push(brood(&mut f, (him, her), &GIVEN[..4], surname, 1960));
    }
    // a brother and a sister marry a sister and a brother; two more marriages join the houses in a row
    let marriages = [
        (second[0][2], second[1][1]),
        (second[1][0], second[0][3]),
        (second[1][2], second[2][1]),
        (second[2][2], second[3][1]),
    ];
    let mut third: Vec<Vec<usize>> = vec![];
    for (n, (couple, surname)) in (0_i16..).zip(marriages.into_iter().zip(SURNAMES)) {
        wed(&mut f, couple, 1985 + n);
        third.push(brood(&mut f, couple, &GIVEN[4..9], surname, 1986));
    }
    // cousins marry, the rest marry people from elsewhere
    let cousins = (third[0][4], third[1][1]);
    wed(&mut f, cousins, 2012);
    let mut pairs = vec![cousins];
    for (at, name) in [(0, "Pat"), (2, "Ros"), (3, "Sky")] {
        let bride = add(&mut f, &format!("{name} Elder"), false, 1990);
        wed(&mut f, (third[at][0], bride), 2014);
        pairs.push((third[at][0], bride));
    }
    for (n, year) in (0_usize..).zip((2013_i16..).flat_map(|year| [year, year])) {
        if f.people.len() == 60 {
            break;
        }
        let child = add(&mut f, &format!("{} Young", GIVEN[n % 14]), n % 3 == 0, year);
        born(&mut f, pairs[n % pairs.len()], child);
        if n == 0 {
            f.index = child;
        }
    }
    f.home = vec![f.index, cousins.0, cousins.1];
    f
}

pub(crate) type Made = (&'static str, fn() -> Family);

pub(crate) const ALL: [Made; 6] = [
    ("half-and-step", half_and_step),
    ("twins", with_twins),
    ("remarried", remarried),
    ("adopted-and-fostered", adopted_and_fostered),
    ("unborn-and-unknown", unborn_and_unknown),
    ("sixty", sixty),
];
