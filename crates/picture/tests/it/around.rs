//! The ecomap.

use picture::{Around, Flow, Strength, Surroundings, Thing, draw_around, told_around};

pub(crate) fn josie() -> Surroundings {
    let around = |name: &str, kind: &str, thing, (strength, stress), flow| Around {
        name: name.to_owned(),
        kind: kind.to_owned(),
        thing,
        strength,
        stress,
        flow,
        hue: None,
        key: String::new(),
    };
    Surroundings {
        name: "Josie".to_owned(),
        hue: Some(7),
        household: vec!["Leanne".to_owned(), "Theo".to_owned()],
        around: vec![
            around("Alder Road Primary", "school", Thing::Place, (Strength::Strong, false), Flow::Both),
            around("Biscuit", "pet", Thing::Other, (Strength::Strong, false), Flow::Back),
            around("Mia", "friend", Thing::Person, (Strength::Ordinary, false), Flow::Both),
            around("Sam Ansah", "father", Thing::Person, (Strength::Weak, true), Flow::Unsaid),
            around("St Brigid’s", "faith", Thing::Place, (Strength::Weak, false), Flow::Back),
            around(
                "A game with people she does not know",
                "online",
                Thing::Other,
                (Strength::Ordinary, true),
                Flow::There,
            ),
            around("Swimming club", "club", Thing::Place, (Strength::Broken, false), Flow::Unsaid),
        ],
    }
}

#[test]
fn nothing_touches_however_much_surrounds_somebody() {
    let few = josie();
    let mut many = few.clone();
    for _ in 0..4 {
        many.around.extend(few.around.clone());
    }
    for of in [Surroundings { name: "Ash".to_owned(), ..Surroundings::default() }, few, many] {
        let drawing = draw_around(&of);
        assert_eq!(drawing.overlaps(), Vec::<String>::new());
        assert!(drawing.width > 60.0 && drawing.height > 60.0);
    }
}

#[test]
fn strength_stress_and_direction_are_told_in_words_and_differ_in_pattern() {
    let of = josie();
    let told: Vec<String> = told_around(&of).into_iter().map(|it| it.words).collect();
    assert_eq!(
        told[0],
        "Alder Road Primary, school: the tie is strong. Help, care or energy goes both ways."
    );
    assert_eq!(told[1], "Biscuit, pet: the tie is strong. Help, care or energy comes from Biscuit to Josie.");
    assert_eq!(told[3], "Sam Ansah, father: the tie is weak, with stress.");
    assert_eq!(told[6], "Swimming club, club: the tie is broken off.");
    let drawing = draw_around(&of);
    let svg = drawing.svg("e", "Josie’s ecomap", "the same is told in the list");
    for name in ["Alder Road", "Biscuit", "Swimming"] {
        assert!(svg.contains(name), "{name} is real text");
    }
    let key: Vec<&str> = drawing.key().into_iter().map(|it| it.1).collect();
    let meanings = [
        "strong",
        "neither strong nor weak",
        "weak",
        "stress",
        "weak, with stress",
        "broken off",
        "where help, care or energy goes",
    ];
    assert_eq!(key, meanings);
    let mut signs: Vec<String> = drawing.key().into_iter().map(|it| it.0).collect();
    signs.sort();
    signs.dedup();
    assert_eq!(signs.len(), key.len(), "each sign has a pattern of its own");
}
