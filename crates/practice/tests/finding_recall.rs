//! At 100,000 people, somebody misspelt by one letter in each name is found.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod population;

use std::collections::HashMap;

use population::Dice;
use population::search::{Council, Trial};

#[test]
fn ninety_five_in_a_hundred_misspelt_people_are_among_the_first_twenty() {
    let council = Council::of(population::people(100_000, 7));
    assert_as_uneven_as_life(&council);
    for (with_year, longest) in [(false, 99), (true, 99), (false, 4), (true, 4)] {
        let mut dice = Dice::new(4_711);
        let trials = 400;
        let hits = (0..trials)
            .filter(|_| {
                let trial = Trial::draw(&council, &mut dice, with_year, longest);
                let (found, _) = council.find(&trial.typed);
                trial.place(&council, &found).is_some_and(|place| place < 20)
            })
            .count();
        assert!(
            hits * 100 >= trials * 95,
            "{hits} of {trials}, birth year {with_year}, names up to {longest}"
        );
    }
}

/// The commonest family name is 1 in 100 and the commonest pair about 1 in 4,000.
fn assert_as_uneven_as_life(council: &Council) {
    let mut families: HashMap<&str, u32> = HashMap::new();
    let mut pairs: HashMap<(&str, &str), u32> = HashMap::new();
    for person in &council.people {
        *families.entry(&person.family).or_default() += 1;
        *pairs.entry((&person.given, &person.family)).or_default() += 1;
    }
    let commonest = *families.values().max().unwrap();
    assert!((900..1_200).contains(&commonest), "{commonest} of one family name");
    let commonest = *pairs.values().max().unwrap();
    assert!((20..50).contains(&commonest), "{commonest} of one name");
    assert!(council.words() > 20_000, "{} words", council.words());
}
