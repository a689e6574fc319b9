//! A looked-after return of any size, made up and then judged, to see how long that takes and how much it holds:
//! `cargo run --release -p returns --example care_size -- 10000`. Every fifth row is damaged somewhere. With a second
//! argument the files are written to that folder instead; `check FOLDER` judges them in a process that made nothing, and
//! tells its processor time and the most memory it held (Linux).

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::time::Instant;

use returns::care::{File, Input, Options, validate};

/// A row of numbers that look like chance and are the same on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let at = self.below(of.len() as u64);
        usize::try_from(at).ok().and_then(|at| of.get(at)).copied().unwrap_or_default()
    }

    /// A day of these years; sometimes none that can be read.
    fn day(&mut self, from: u64, until: u64) -> String {
        let year = from + self.below(until - from + 1);
        match self.below(60) {
            0 => String::new(),
            1 => "31/02/2025".to_owned(),
            _ => format!("{:02}/{:02}/{year}", 1 + self.below(28), 1 + self.below(12)),
        }
    }

    fn postcode(&mut self) -> String {
        format!("ZZ{} {}AA", self.below(90), self.below(90))
    }
}

struct Return {
    files: Vec<(&'static str, String)>,
}

impl Return {
    fn add(&mut self, file: &'static str, columns: &str, row: &str) {
        if !self.files.iter().any(|held| held.0 == file) {
            self.files.push((file, format!("{columns}\n")));
        }
        if let Some(held) = self.files.iter_mut().find(|held| held.0 == file) {
            held.1.push_str(row);
            held.1.push('\n');
        }
    }
}

const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
const OC2: &str = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED";

fn episodes(to: &mut Return, chance: &mut Chance, child: &str, year: u64) {
    let count = 1 + chance.below(3);
    let home = chance.postcode();
    let mut start = chance.day(year - 3, year - 1);
    for at in 0..count {
        let end = chance.day(year - 1, year);
        let last = at + 1 == count;
        let (dec, rec) = if last && chance.below(2) == 0 { ("", "") } else { (end.as_str(), "X1") };
        let row = format!(
            "{child},{start},{},{},N{},{},{},{dec},{rec},{},{home},{},SC{}",
            chance.one_of(&["S", "P", "L", "B", "U", "T"]),
            chance.one_of(&["C1", "C2", "V2", "E1", "V3", "L1", "J2", ""]),
            1 + chance.below(8),
            chance.one_of(&["U1", "U3", "K2", "A3", "P1", "T3", "K3", "R5"]),
            chance.one_of(&["PR0", "PR1", "PR2", "PR4", ""]),
            chance.one_of(&["", "", "CHILD", "CARPL"]),
            chance.postcode(),
            chance.below(5000),
        );
        to.add("episodes.csv", EPISODES, &row);
        start = end;
    }
}

fn child(to: &mut Return, chance: &mut Chance, number: u64, year: u64) {
    let child = format!("C{number:07}");
    let dob = chance.day(year - 19, year - 1);
    let (sex, origin) = (chance.one_of(&["M", "F", "U"]), chance.one_of(&["WBRI", "MOTH", "REFU"]));
    let mother = chance.one_of(&["", "0", "1"]);
    let row = format!("{child},{sex},{dob},{origin},A{number:012},{mother},");
    to.add("header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", &row);
    episodes(to, chance, &child, year);
    for _ in 0..chance.below(4) {
        let row = format!("{child},{dob},{},PN{}", chance.day(year - 1, year), chance.below(8));
        to.add("reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE", &row);
    }
    for _ in 0..=chance.below(2) {
        let (from, until) = (chance.day(year - 2, year), chance.day(year - 1, year));
        let row = format!("{child},{dob},SW{:06},{from},{until},FCONTA", chance.below(900));
        to.add("workers.csv", "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON", &row);
    }
    let (from, until) = (chance.day(year - 2, year), chance.day(year - 1, year));
    match chance.below(8) {
        0..=2 => {
            let row = format!("{child},{dob},{},,0,,1,1,1,0,,", chance.below(45));
            to.add("oc2.csv", OC2, &row);
        }
        3 => {
            let columns = "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED";
            to.add("placed.csv", columns, &format!("{child},{dob},{from},{until},RD1"));
            let columns = "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR";
            to.add("ad1.csv", columns, &format!("{child},{dob},{from},{until},0,2,MF,L2"));
        }
        4 => to.add("oc3.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", &format!("{child},{dob},YES,F1,B1")),
        5 => {
            to.add(
                "missing.csv",
                "CHILD,DOB,MISSING,MIS_START,MIS_END",
                &format!("{child},{dob},M,{from},{until}"),
            );
        }
        6 => to.add("uasc.csv", "CHILD,SEX,DOB,DUC", &format!("{child},{sex},{dob},{until}")),
        _ => to.add(
            "perm.csv",
            "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
            &format!("{child},{dob},P1,330,{from}"),
        ),
    }
}

fn made_up(children: u64, seed: u64, year: u64) -> Return {
    let mut to = Return { files: Vec::new() };
    let mut chance = Chance(seed);
    for number in 0..children {
        child(&mut to, &mut chance, number, year);
    }
    to
}

fn registers() -> (String, String) {
    let mut providers =
        "urn,placement code,placement provider code,deregistration date,setting address postcode\n"
            .to_owned();
    for number in 0..4000 {
        let _ = writeln!(providers, "SC{number},\"K2,K3\",\"PR1,PR4\",,ZZ{} 1AA", number % 90);
    }
    let mut postcodes = String::new();
    for outward in 0..90 {
        for inward in 0..85 {
            let district = if outward < 60 { "E08000025" } else { "E07000008" };
            let (east, north) = (400_000 + outward * 900, 280_000 + inward * 700);
            let _ = writeln!(postcodes, "in,ZZ{outward} {inward}AA,{east},{north},{district}");
        }
    }
    (providers, postcodes)
}

/// A file by its name.
type Held = (String, Vec<u8>);

fn held(folder: &str) -> Result<Vec<Held>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        files.push((path.display().to_string(), fs::read(&path)?));
    }
    files.sort();
    Ok(files)
}

fn check(folder: &str) -> Result<(), Box<dyn Error>> {
    let (this, last) = (held(&format!("{folder}/this"))?, held(&format!("{folder}/last"))?);
    let (providers, postcodes) =
        (fs::read(format!("{folder}/providers.csv"))?, fs::read(format!("{folder}/postcodes.csv"))?);
    let input = Input {
        this: this.iter().map(|(name, bytes)| File { name, bytes }).collect(),
        last: last.iter().map(|(name, bytes)| File { name, bytes }).collect(),
        providers: Some(File { name: "providers.csv", bytes: &providers }),
        postcodes: Some(File { name: "postcodes.csv", bytes: &postcodes }),
    };
    let authority = Some("E08000025".to_owned());
    let report = validate(&input, &Options { year: 2027, authority, as_published: false });
    let json = report.to_json()?;
    // clock ticks of a hundredth of a second, of all threads
    let stat = fs::read_to_string("/proc/self/stat")?;
    let ticks: Vec<f64> = stat
        .rsplit(") ")
        .next()
        .unwrap_or_default()
        .split(' ')
        .skip(11)
        .take(2)
        .flat_map(str::parse)
        .collect();
    let status = fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    let places: usize = report.rules.iter().map(|rule| rule.locations.len()).sum();
    let seconds = ticks.iter().sum::<f64>() / 100.0;
    writeln!(
        std::io::stdout(),
        "{places} places, {} MB of JSON, {seconds:.2} s CPU, {most}",
        json.len() / 1_000_000
    )?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.peek().is_some_and(|word| word == "check") {
        return check(&arguments.nth(1).ok_or("which folder?")?);
    }
    let children: u64 = arguments.next().map_or(Ok(10_000), |count| count.parse())?;
    let (this, last) = (made_up(children, 1, 2026), made_up(children, 2, 2025));
    let (providers, postcodes) = registers();
    if let Some(folder) = arguments.next() {
        for (name, year) in [("this", &this), ("last", &last)] {
            fs::create_dir_all(format!("{folder}/{name}"))?;
            for (file, text) in &year.files {
                fs::write(format!("{folder}/{name}/{file}"), text)?;
            }
        }
        fs::write(format!("{folder}/providers.csv"), providers)?;
        fs::write(format!("{folder}/postcodes.csv"), postcodes)?;
        return Ok(());
    }
    let files =
        |from: &'_ Return| from.files.iter().map(|(name, text)| (*name, text.clone())).collect::<Vec<_>>();
    let (this, last) = (files(&this), files(&last));
    let input = Input {
        this: this.iter().map(|(name, text)| File { name, bytes: text.as_bytes() }).collect(),
        last: last.iter().map(|(name, text)| File { name, bytes: text.as_bytes() }).collect(),
        providers: Some(File { name: "providers.csv", bytes: providers.as_bytes() }),
        postcodes: Some(File { name: "postcodes.csv", bytes: postcodes.as_bytes() }),
    };
    let began = Instant::now();
    let report = validate(
        &input,
        &Options { year: 2027, authority: Some("E08000025".to_owned()), as_published: false },
    );
    let took = began.elapsed();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    let places: usize = report.rules.iter().map(|rule| rule.locations.len()).sum();
    writeln!(std::io::stdout(), "{children} children, {places} places, {took:?}, {most}")?;
    Ok(())
}
