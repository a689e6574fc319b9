//! Measures the finder on 100,000 invented people: how many of those misspelt are among the first 20, and how long
//! a search takes. Run with `cargo run --release -p practice --example finding`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement is printed, and fails as a whole"
)]

#[path = "../tests/population/mod.rs"]
mod population;

use std::time::Instant;

use population::Dice;
use population::search::{Council, Trial};

fn main() {
    let council = Council::of(population::people(100_000, 7));
    println!("{} people, {} words", council.people.len(), council.words());
    let verbose = std::env::args().any(|argument| argument == "--missed");
    for (with_year, longest) in [(false, 99), (true, 99), (false, 4), (true, 4)] {
        let mut dice = Dice::new(99);
        let (mut times, mut judged, mut hits) = (Vec::new(), Vec::new(), 0);
        let trials = 2_000;
        for _ in 0..trials {
            let trial = Trial::draw(&council, &mut dice, with_year, longest);
            let start = Instant::now();
            let (found, count) = council.find(&trial.typed);
            times.push(start.elapsed().as_micros());
            judged.push(count);
            let place = trial.place(&council, &found);
            hits += usize::from(place.is_some_and(|place| place < 20));
            if verbose && place.is_none_or(|place| place >= 20) {
                println!(
                    "  missed {} as {}: place {place:?} of {}",
                    council.people[trial.meant].name(),
                    trial.typed,
                    found.len()
                );
            }
        }
        times.sort_unstable();
        judged.sort_unstable();
        let at = |share: usize| trials * share / 1_000;
        println!(
            "{}{}: {} of {trials} in the first 20; median {} us, p99 {} us, worst {} us; judged median {}, p99 {}, worst {}",
            if with_year { "with birth year" } else { "names alone" },
            if longest < 99 { ", of at most four letters each" } else { "" },
            hits,
            times[at(500)],
            times[at(990)],
            times.last().unwrap(),
            judged[at(500)],
            judged[at(990)],
            judged.last().unwrap(),
        );
    }
}
