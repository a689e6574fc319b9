//! The eight colours a person can have. A person's colour follows them: avatar, words, ribbon, scale.

/// One of the eight hues of people. Each person has one, or picks one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hue(u8);

impl Hue {
    /// How many hues there are.
    pub const COUNT: u8 = 8;

    /// The hue with this number. 1 to 8 name the hues; any other number wraps round to one of them, so that a
    /// number stored long ago or taken from an id always has a colour.
    pub const fn new(number: u8) -> Self {
        Self(number.wrapping_sub(1) % Self::COUNT + 1)
    }

    /// The number of the hue, 1 to 8.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The class that gives an element and all within it this colour.
    pub const fn class(self) -> &'static str {
        match self.0 {
            1 => "p1",
            2 => "p2",
            3 => "p3",
            4 => "p4",
            5 => "p5",
            6 => "p6",
            7 => "p7",
            _ => "p8",
        }
    }

    /// What the colour is called where someone picks theirs.
    pub const fn name(self) -> &'static str {
        match self.0 {
            1 => "Copper",
            2 => "Moss",
            3 => "Sea",
            4 => "Plum",
            5 => "Mustard",
            6 => "Blue",
            7 => "Raspberry",
            _ => "Pine",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Hue;

    #[test]
    fn every_number_has_a_hue() {
        for n in 0..=u8::MAX {
            assert!((1..=8).contains(&Hue::new(n).number()), "{n}");
        }
        assert_eq!([1, 8, 9, 16].map(|n| Hue::new(n).class()), ["p1", "p8", "p1", "p8"]);
    }
}
