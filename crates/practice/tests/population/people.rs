//! Invented people for measuring the finder: as many as asked for, with names as unevenly spread as in life, the
//! same every time from the same seed.

use jiff::civil::{Date, date};

/// A small generator of numbers that look random (`SplitMix64`), so that the same seed gives the same people.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to but not including `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap();
        usize::try_from(self.next() % bound).unwrap()
    }

    fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap()) / 4_294_967_296.0
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Names by how common they are: the first has the share given, the rest fall off as names do.
struct Spread {
    names: Vec<String>,
    up_to: Vec<f64>,
}

impl Spread {
    /// Weights of 1 / (rank + shift) ^ fall, with the shift that gives the first name its share.
    fn new(names: Vec<String>, first: f64, fall: f64) -> Self {
        let weights = |shift: f64| -> Vec<f64> {
            (0..names.len())
                .map(|rank| (f64::from(u32::try_from(rank).unwrap()) + 1.0 + shift).powf(-fall))
                .collect()
        };
        let (mut low, mut high) = (0.0, 10_000.0);
        for _ in 0..60 {
            let shift = f64::midpoint(low, high);
            let all = weights(shift);
            if all[0] / all.iter().sum::<f64>() > first { low = shift } else { high = shift }
        }
        let all = weights(low);
        let total: f64 = all.iter().sum();
        let mut sum = 0.0;
        let up_to = all.iter().map(|w| {
            sum += w / total;
            sum
        });
        Self { up_to: up_to.collect(), names }
    }

    fn draw(&self, dice: &mut Dice) -> &str {
        let share = dice.share();
        let at = self.up_to.partition_point(|up_to| *up_to < share);
        &self.names[at.min(self.names.len() - 1)]
    }
}

#[derive(Clone)]
pub(crate) struct Invented {
    pub(crate) given: String,
    pub(crate) middle: Option<String>,
    pub(crate) family: String,
    pub(crate) born: Date,
}

impl Invented {
    pub(crate) fn name(&self) -> String {
        match &self.middle {
            Some(middle) => format!("{} {middle} {}", self.given, self.family),
            None => format!("{} {}", self.given, self.family),
        }
    }
}

/// Makes `count` people. The commonest family name is 1 in 100, the commonest given name 1 in 40, so that the
/// commonest pair is 1 in 4,000.
pub(crate) fn people(count: usize, seed: u64) -> Vec<Invented> {
    let mut dice = Dice::new(seed);
    let given = Spread::new(given_names(&mut dice, 5_000), 0.025, 1.6);
    let family = Spread::new(family_names(&mut dice, 30_000), 0.01, 1.0);
    (0..count)
        .map(|_| {
            let day = i32::try_from(dice.below(90 * 365)).unwrap();
            Invented {
                given: given.draw(&mut dice).to_owned(),
                middle: (dice.below(10) == 0).then(|| given.draw(&mut dice).to_owned()),
                family: match dice.below(60) {
                    0 => format!("{}-{}", family.draw(&mut dice), family.draw(&mut dice)),
                    _ => family.draw(&mut dice).to_owned(),
                },
                born: date(1936, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap(),
            }
        })
        .collect()
}

/// One wrong letter: changed, added, left out, or two swapped, anywhere in the word.
pub(crate) fn misspelt(word: &str, dice: &mut Dice) -> String {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    loop {
        let mut wrong = letters.clone();
        let letter = char::from(b'a' + u8::try_from(dice.below(26)).unwrap());
        match dice.below(4) {
            0 => wrong[dice.below(letters.len())] = letter,
            1 => wrong.insert(dice.below(letters.len() + 1), letter),
            2 if letters.len() > 2 => {
                wrong.remove(dice.below(letters.len()));
            }
            3 if letters.len() > 1 => {
                let at = dice.below(letters.len() - 1);
                wrong.swap(at, at + 1);
            }
            _ => {}
        }
        if wrong != letters {
            return wrong.into_iter().collect();
        }
    }
}

const GIVEN: &str = "Olivia George Amelia Noah Isla Arthur Mohammed Ava Harry Leo Mia Muhammad Ivy Jack Lily Oscar \
    Charlie Sophia Theodore Florence Freya Archie Henry Alfie Thomas Oliver Emily Jacob James William Joshua Grace \
    Sophie Jessica Ella Daniel Samuel Joseph Lucas Max Ethan Logan Isaac Evie Daisy Poppy Rosie Sienna Willow Phoebe \
    Elsie Alice Matilda Millie Ruby Chloe Lucy Harper Maya Layla Zara Aisha Fatima Maryam Amina Ali Ibrahim Yusuf Omar \
    Hassan Hussain Ahmed Abdullah Bilal Hamza Imran Tariq Khalid Nadia Samira Safiya Priya Anjali Arjun Rohan Aarav \
    Simran Harpreet Gurpreet Jaspreet Manjit Sandeep Deepak Sanjay Rajesh Sunita Meera Kavita David John Michael Paul \
    Andrew Peter Robert Stephen Mark Christopher Richard Anthony Kevin Gary Steven Martin Ian Alan Graham Kenneth \
    Brian Keith Colin Derek Roger Raymond Barry Trevor Dennis Ronald Donald Margaret Susan Christine Patricia Jean \
    Mary Linda Barbara Elizabeth Maureen Sandra Carol Ann Janet Julie Karen Jacqueline Helen Jane Deborah Tracey Sharon \
    Angela Alison Sarah Amanda Lisa Claire Nicola Joanne Michelle Emma Rebecca Laura Kelly Donna Louise Rachel Samantha \
    Victoria Katherine Catherine Kathryn Kate Katie Hannah Charlotte Lauren Gemma Natalie Stacey Kirsty Leanne Hayley \
    Jennifer Zoe Amy Stephanie Vicky Danielle Kayleigh Jade Toni Shannon Chelsea Paige Georgia Bethany Megan Abigail \
    Ryan Adam Lee Craig Scott Stuart Jamie Darren Wayne Dean Carl Shaun Sean Simon Matthew Jonathan Jon Nicholas Philip \
    Luke Ben Benjamin Alexander Alex Connor Liam Callum Kieran Jordan Aaron Nathan Kyle Tyler Bradley Reece Dylan Rhys \
    Owen Gareth Huw Ffion Sian Cerys Niamh Aoife Ciara Sinead Declan Eoin Patrick Finn Rory Angus Hamish Eilidh Kirsten \
    Morag Fiona Jakub Kacper Filip Zuzanna Julia Maja Agnieszka Katarzyna Piotr Pawel Tomasz Andrzej Chidi Emeka Ngozi \
    Chioma Adaeze Tunde Femi Funke Kwame Kofi Ama Akosua Abena Mehmet Ayse Elif Emre Andrei Ioana Maria Elena Ivan Olena \
    Oksana Dmytro Natalia Wei Ming Li Jun Mei Ling Hiroshi Yuki Thi Van Minh Jose Carlos Ana Sofia Lucia Mateo Jo Al Bo \
    Mo Ed Sam Tom Tim Joe Dan Rob Bob Bill Ted Meg Peggy Liz Beth Ann Eve Una Ida Ivor";

const FAMILY: &str = "Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Johnson Roberts Robinson Thompson \
    Wright Walker White Edwards Hughes Green Hall Lewis Harris Clarke Patel Jackson Wood Turner Martin Cooper Hill Ward \
    Morris Moore Clark Lee King Baker Harrison Morgan Allen James Scott Phillips Watson Davis Parker Price Bennett Young \
    Griffiths Mitchell Kelly Cook Carter Richardson Bailey Collins Bell Shaw Murphy Miller Cox Richards Khan Marshall \
    Anderson Simpson Ellis Adams Singh Begum Wilkinson Foster Chapman Powell Webb Rogers Gray Mason Ali Hunt Hussain \
    Campbell Matthews Owen Palmer Holmes Mills Barnes Knight Lloyd Butler Russell Barker Fisher Stevens Jenkins Murray \
    Dixon Harvey Graham Pearson Ahmed Fletcher Walsh Kaur Gibson Howard Andrews Stewart Elliott Reynolds Saunders Payne \
    Fox Ford Pearce Day Brooks West Lawrence Cole Atkinson Bradley Spencer Gill Dawson Watkins Burton OBrien Hart Reid \
    Ross Sharma Shah Akhtar Iqbal Malik Mahmood Rahman Uddin Miah Chowdhury Islam Hassan Mohamed Abdi Warsame Osman Nowak \
    Kowalski Wisniewski Wojcik Kowalczyk Kaminski Lewandowski Zielinski Okafor Okeke Adeyemi Adebayo Balogun Mensah Owusu \
    Boateng Appiah Nguyen Tran Wong Chan Chen Wang Zhang Popescu Ionescu Popa Silva Santos Costa Ferreira Yilmaz Kaya \
    Demir McDonald McCarthy McLean McKenzie OConnor ONeill Byrne Ryan Doyle Quinn Duffy Brennan Nolan Byrd Poole Nash \
    Marsh Frost Moss Rhodes Bird Bond Bull Read Reed Rose Page Perry Peters Porter Potter Pope Pugh Rees Rice Rowe Stone \
    Swift Todd Tucker Vincent Wade Walton Warner Warren Waters Wells Wheeler Whitehead Wilkins Willis Winter Woods Yates";

fn list(names: &str) -> Vec<String> {
    names.split_whitespace().map(str::to_owned).collect()
}

fn given_names(dice: &mut Dice, count: usize) -> Vec<String> {
    grown(list(GIVEN), count, dice, |dice| {
        let starts = [
            "An", "Mar", "Ja", "Ka", "El", "Sha", "Ro", "Li", "De", "Ty", "Bri", "Al", "Ra", "Na", "Jo",
            "Ke", "Ta", "Za", "Am", "Ha",
        ];
        let middles =
            ["", "na", "ri", "la", "ni", "mi", "sha", "ve", "lo", "di", "ya", "ro", "li", "ce", "ta"];
        let ends = [
            "n", "na", "a", "ie", "lyn", "ah", "on", "en", "el", "is", "eth", "ine", "elle", "ard", "ton",
            "la", "nie", "ro",
        ];
        [dice.pick(&starts), dice.pick(&middles), dice.pick(&ends)].map(|part| *part).concat()
    })
}

fn family_names(dice: &mut Dice, count: usize) -> Vec<String> {
    let given = list(GIVEN);
    grown(list(FAMILY), count, dice, move |dice| {
        let places = [
            "Ash", "Brad", "Black", "Brook", "Burn", "Chad", "Clay", "Cran", "Dal", "East", "Elm", "Fair",
            "Farn", "Gold", "Green", "Hal", "Harring", "Hart", "Hather", "Hol", "Holling", "Kirk", "Lang",
            "Lock", "Mal", "Mar", "Mid", "Nor", "Oak", "Old", "Pem", "Pick", "Rad", "Rams", "Red", "Rod",
            "Ruther", "Sand", "Shel", "Som", "Stan", "Sud", "Sut", "Thorn", "Wake", "Wal", "War", "Wether",
            "Whit", "Win", "Wool", "Wor",
        ];
        let ends = [
            "ton", "ley", "field", "worth", "ham", "well", "man", "son", "ford", "ridge", "by", "more",
            "dale", "wick", "burn", "bury", "croft", "land", "shaw", "stead", "wood", "house", "gate",
            "combe", "er", "s", "den", "hurst",
        ];
        let sounds = ["a", "e", "i", "o", "u", "ai", "ou", "ee"];
        let letters = [
            "b", "ch", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "sh", "t", "v", "w", "y",
            "z",
        ];
        let polish = ["ski", "wicz", "czyk", "ska", "ak"];
        let syllable = |dice: &mut Dice| format!("{}{}", dice.pick(&letters), dice.pick(&sounds));
        match dice.below(12) {
            0..=3 => format!("{}{}", dice.pick(&places), dice.pick(&ends)),
            4 => format!("Mc{}", dice.pick(&given)),
            5 => format!("{}s", dice.pick(&given)),
            6 => format!("{}son", dice.pick(&given)),
            7 => format!("{}{}{}", syllable(dice), syllable(dice), dice.pick(&polish)),
            8 => format!("{}{}", syllable(dice), dice.pick(&letters)),
            9 => format!("{}{}{}", syllable(dice), syllable(dice), dice.pick(&letters)),
            10 => format!("{}{}{}", syllable(dice), syllable(dice), syllable(dice)),
            _ => format!("{}{}{}", dice.pick(&places), dice.pick(&sounds), dice.pick(&ends)),
        }
    })
}

/// Grows a list to `count` different names: most are made, one in ten is a misspelling that has become a name.
fn grown(
    mut names: Vec<String>,
    count: usize,
    dice: &mut Dice,
    make: impl Fn(&mut Dice) -> String,
) -> Vec<String> {
    let mut held: std::collections::HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    while names.len() < count {
        let name = match dice.below(10) {
            0 => {
                let at = dice.below(names.len());
                misspelt(&names[at], dice)
            }
            _ => make(dice),
        };
        if name.len() > 1 && held.insert(name.to_lowercase()) {
            names.push(name[..1].to_uppercase() + &name[1..]);
        }
    }
    names
}
