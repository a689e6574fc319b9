//! Who lives in the invented families, by chance that repeats.

use crate::dice::Dice;
use crate::names::{BOYS, FAMILIES, GIRLS, MEN, WOMEN};
use crate::people::{Someone, born};
use jiff::civil::Date;

fn someone(dice: &mut Dice, family: &str, years: i64, today: Date) -> Someone {
    let female = dice.often(50);
    let child = years < 18;
    let given = match (child, female) {
        (true, true) => dice.one_of(GIRLS),
        (true, false) => dice.one_of(BOYS),
        (false, true) => dice.one_of(WOMEN),
        (false, false) => dice.one_of(MEN),
    };
    Someone {
        given: (*given).to_owned(),
        family: family.to_owned(),
        born: born(dice, years, today),
        child,
        female,
    }
}

/// A family: one or two parents, one to four children, now and then a grandparent.
pub(crate) fn family(dice: &mut Dice, today: Date) -> Vec<Someone> {
    let name = *dice.one_of(FAMILIES);
    let mother = {
        let years = dice.between(21, 44);
        let mut one = someone(dice, name, years, today);
        one.female = true;
        (*dice.one_of(WOMEN)).clone_into(&mut one.given);
        one
    };
    let oldest = i64::from(crate::people::age(mother.born, today)) - 18;
    let mut people = vec![mother];
    if dice.often(62) {
        let other = if dice.often(50) { name } else { dice.one_of(FAMILIES) };
        let years = dice.between(22, 50);
        let mut one = someone(dice, other, years, today);
        one.female = dice.often(5);
        if !one.female {
            (*dice.one_of(MEN)).clone_into(&mut one.given);
        }
        people.push(one);
    }
    if dice.often(22) {
        let years = dice.between(52, 78);
        people.push(someone(dice, name, years, today));
    }
    let children = *dice.one_of(&[1, 1, 2, 2, 2, 3, 3, 4]);
    let mut taken: Vec<String> = vec![];
    for _ in 0..children {
        let years = dice.between(0, oldest.clamp(1, 17));
        let mut child = someone(dice, name, years, today);
        while taken.contains(&child.given) {
            child = someone(dice, name, years, today);
        }
        taken.push(child.given.clone());
        people.push(child);
    }
    people
}
