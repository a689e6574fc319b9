//! What is told: the same as is drawn.

use crate::families;
use picture::{Family, kinship, told};

fn sentence(family: &Family, name: &str) -> String {
    let told = told(family);
    told.into_iter().find(|it| family.people[it.who].name == name).map(|it| it.words).expect("told")
}

fn kin(family: &Family, name: &str) -> String {
    let at = family.people.iter().position(|it| it.name == name).expect("there");
    kinship(family, at).map(|it| it.words).unwrap_or_default()
}

#[test]
fn half_and_step_family_is_told_with_what_makes_it_so() {
    let family = families::half_and_step();
    assert_eq!(
        sentence(&family, "Maya Hart"),
        "Maya Hart, born 2013, is Josie Hart’s half-sister (same mother). Close to Josie Hart."
    );
    assert_eq!(
        sentence(&family, "Theo Hart"),
        "Theo Hart, born 2020, is Josie Hart’s brother. They live together."
    );
    assert!(sentence(&family, "Leanne Hart").contains("Married Sam Ansah in 2016; they parted in 2023."));
    assert!(sentence(&family, "Leanne Hart").contains("Conflict or strain with Sam Ansah."));
    assert_eq!(kin(&family, "Kian Rao"), "stepbrother");
    assert_eq!(kin(&family, "Pauline Hart"), "grandmother");
    assert_eq!(kin(&family, "Priya Rao"), "father’s partner");
}

#[test]
fn twins_losses_the_unborn_and_the_unknown_are_told() {
    let family = families::with_twins();
    assert_eq!(kin(&family, "Dot Finch"), "twin sister");
    assert!(sentence(&family, "Ada Finch").contains("Identical twin of Bea Finch."));
    assert!(sentence(&family, "Baby Finch").starts_with("Baby Finch, stillborn in 2012"));
    let family = families::unborn_and_unknown();
    assert_eq!(kin(&family, "Unborn child"), "unborn child");
    assert_eq!(kin(&family, "Great-gran Dora"), "great-grandmother");
    assert_eq!(
        sentence(&family, "Pregnancy"),
        "Pregnancy, a pregnancy lost in 2024, is Lola Grey’s brother or sister lost (same mother)."
    );
    assert!(
        sentence(&family, "Not known").contains("of whom nobody knows who it is, is Lola Grey’s father.")
    );
}

#[test]
fn adoption_fostering_and_remarriage_are_told() {
    let family = families::adopted_and_fostered();
    assert_eq!(kin(&family, "Vera Bell"), "mother by adoption");
    assert!(sentence(&family, "Gus Tate").contains("Foster carer of Yan Crane."));
    let family = families::remarried();
    let told = sentence(&family, "Sian Pugh");
    assert!(told.contains("Married Rhys Pugh in 2001; they divorced in 2005."), "{told}");
    assert!(told.contains("Married Rhys Pugh in 2011."), "{told}");
}

#[test]
fn everyone_drawn_is_told_the_index_person_first() {
    for (name, family) in families::ALL {
        let family = family();
        let told = told(&family);
        assert_eq!(told.len(), family.people.len(), "{name}");
        assert_eq!(told[0].who, family.index, "{name}");
        for sentence in &told {
            assert!(sentence.words.contains(&family.people[sentence.who].name), "{name}: {}", sentence.words);
        }
    }
}
