//! Finding people as workers type: what is read, who is found, in what order, and why; and when two records may be
//! of one person.

use jiff::civil::{Date, date};
use practice::finding::{
    BirthSought, Candidate, FullName, Query, Reason, Strength, Why, likely_same, parse_query, rank, score,
};
use practice::person::{Birth, BirthBasis, IdentifierKind, NameKind};

const TODAY: Date = date(2026, 8, 5);

fn asked(text: &str) -> Query {
    parse_query(text, TODAY)
}

fn names(query: &Query) -> Vec<&str> {
    query.names.iter().map(|word| word.shown.as_str()).collect()
}

fn person(name: &str, born: Option<Date>) -> Candidate {
    Candidate {
        names: vec![FullName::new(NameKind::Chosen, name)],
        birth: born.map(|on| Birth { on, basis: BirthBasis::Exact }),
        ..Candidate::default()
    }
}

fn reasons(query: &str, candidate: &Candidate) -> Vec<String> {
    let found = score(&asked(query), candidate);
    found.map(|(_, why)| why.iter().map(Why::sentence).collect()).unwrap_or_default()
}

#[test]
fn odd_searches_ask_for_nothing_and_lose_nothing() {
    for nothing in ["", "   ", ",", ",,;", "\u{1f600}", "\u{1f600} \u{1f601}", "!!", "\u{661}\u{662}", "-"] {
        let query = asked(nothing);
        assert!(query.is_empty(), "{nothing:?}");
    }
    assert_eq!(asked("\u{1f600}").not_understood, ["\u{1f600}"]);
    assert_eq!(names(&asked("j")), ["j"]);
    assert!(names(&asked(&"ab ".repeat(5_000))).len() <= 12);
    let long = asked(&"9".repeat(5_000));
    assert!(long.is_empty());
    assert_eq!(long.not_understood.len(), 1);
    assert_eq!(names(&asked("שלום כהן")), ["שלום", "כהן"]);
}

#[test]
fn dates_are_read_as_people_write_them() {
    let twelfth = Some(BirthSought::Day(date(2014, 3, 12)));
    for text in [
        "12/3/2014",
        "12/03/14",
        "12.3.2014",
        "12-03-2014",
        "12 3 2014",
        "2014-03-12",
        "12 March 2014",
        "12th mar 2014",
        "March 12 2014",
        "12032014",
        "born 12/3/2014",
        "DOB: 12/3/2014",
    ] {
        let query = asked(&format!("jon smiht {text}"));
        assert_eq!(query.birth, twelfth, "{text}");
        assert_eq!(names(&query), ["jon", "smiht"], "{text}");
        assert!(query.not_understood.is_empty(), "{text}");
    }
    assert_eq!(
        asked("3/25/2014").birth,
        Some(BirthSought::Day(date(2014, 3, 25))),
        "month first where it must be"
    );
    assert_eq!(asked("1/2/45").birth, Some(BirthSought::Day(date(1945, 2, 1))));
    assert_eq!(asked("31/2/2014").birth, None);
    assert_eq!(asked("31/2/2014").not_understood, ["31/2/2014"]);
    assert_eq!(asked("12/3/1514").birth, None);
}

#[test]
fn years_months_and_ages() {
    assert_eq!(asked("jo born 2014").birth, Some(BirthSought::Year(2014)));
    assert_eq!(asked("jo 2014").birth, Some(BirthSought::Year(2014)));
    assert_eq!(asked("jo march 2014").birth, Some(BirthSought::Month(2014, 3)));
    assert_eq!(asked("jo 03/2014").birth, Some(BirthSought::Month(2014, 3)));
    let nine = Some(BirthSought::Age(9, date(2016, 8, 6), date(2017, 8, 5)));
    for text in ["jo 9", "jo aged 9", "jo age 9", "9 jo", "jo 9y", "jo 9 yrs", "jo 9 years"] {
        assert_eq!(asked(text).birth, nine, "{text}");
        assert_eq!(names(&asked(text)), ["jo"], "{text}");
    }
    let june = asked("June 2014");
    assert_eq!((names(&june), june.birth), (vec!["June"], Some(BirthSought::Year(2014))));
    assert_eq!(names(&asked("April Jones")), ["April", "Jones"]);
    assert_eq!(asked("jo 1234").birth, None, "no year, perhaps an id");
    assert_eq!(asked("jo 1234").council_id.as_deref(), Some("1234"));
}

#[test]
fn numbers_phones_and_postcodes_are_told_apart() {
    assert_eq!(asked("999 000 0018").nhs.unwrap().as_str(), "9990000018");
    assert_eq!(asked("jo H801200001001 smith").upn.unwrap().as_str(), "H801200001001");
    for text in ["+44 7700 900123", "07700 900 123", "07700900123", "jo (07700) 900-123 smith"] {
        assert_eq!(asked(text).phone.unwrap().as_str(), "07700900123", "{text}");
    }
    assert_eq!(asked("jo zz9 1ab").postcode.unwrap().as_str(), "ZZ9 1AB");
    assert_eq!(asked("zz91ab smith").postcode.unwrap().as_str(), "ZZ9 1AB");
    assert_eq!(asked("c000123").council_id.as_deref(), Some("C000123"));
    let all = asked("Smith, Jon 12/3/2014 ZZ9 1AB 07700 900123 C000123 999 000 0018");
    assert_eq!(names(&all), ["Jon", "Smith"], "a comma says which is the family name");
    assert!(all.birth.is_some() && all.postcode.is_some() && all.phone.is_some());
    assert!(all.council_id.is_some() && all.nhs.is_some() && all.not_understood.is_empty());
}

#[test]
fn nobody_else_is_found() {
    for (query, name) in [
        ("jon smith", "Mary Jones"),
        ("jon smith", "Jon Brown"),
        ("jon smith", "Smith"),
        ("jon smith", ""),
        ("\u{1f600}", "Jon Smith"),
        ("", "Jon Smith"),
        ("王", "李"),
    ] {
        assert_eq!(score(&asked(query), &person(name, None)), None, "{query} and {name}");
    }
    assert_eq!(score(&asked("2014"), &person("Jon Smith", Some(date(2001, 1, 1)))), None);
    assert_eq!(score(&asked("07700900123"), &person("Jon Smith", None)), None);
}

#[test]
fn each_person_found_says_why() {
    let jon = person("Jon Smith", Some(date(2014, 3, 12)));
    assert_eq!(reasons("jon smith", &jon), ["Same name"]);
    assert_eq!(reasons("jon smiht", &jon), ["One letter different: Smith"]);
    assert_eq!(reasons("smith jon", &jon), ["Same name", "Names the other way round"]);
    assert_eq!(reasons("Smith, Jon", &jon), ["Same name"]);
    assert_eq!(reasons("jon smith 3/12/2014", &jon), ["Same name", "Born 12 March, not 3 December"]);
    assert_eq!(reasons("jon smith 2014", &jon), ["Same name", "Born in 2014"]);
    assert_eq!(reasons("jon smith 12", &jon), ["Same name", "Aged 12"]);
    assert_eq!(reasons("jon smyth", &jon), ["Also spelt Smith"]);
    assert_eq!(
        reasons("bill brown", &person("William Brown", None)),
        ["Bill can be William".replace("Bill", "bill")]
    );
    assert_eq!(
        reasons("kathrin o'brien", &person("Catherine O\u{2019}Brien", None)),
        ["Sounds like Catherine"]
    );
    assert_eq!(reasons("kath brown", &person("Kathmandu Brown", None)), ["Begins that way: Kathmandu"]);
    assert_eq!(reasons("mcdonald", &person("Jo Mac Donald", None)), ["Same name"]);
    assert_eq!(reasons("jo smith jones", &person("Jo Smith-Jones", None)), ["Same name"]);
    assert_eq!(reasons("jo smith-jones", &person("Jo Smith Jones", None)), ["Same name"]);
    assert_eq!(reasons("jo jones", &person("Jo Smith-Jones", None)), ["Same name"]);
    let mut kate = person("Katherine Brown", None);
    kate.names.push(FullName::new(NameKind::Alias, "Pixie Brown"));
    assert_eq!(reasons("pixie brown", &kate), ["Same name", "Known as Pixie Brown"]);
    let mut chosen = person("Kit", None);
    chosen.names.push(FullName::new(NameKind::Legal, "Katherine Brown"));
    assert_eq!(
        reasons("kit brown", &chosen),
        ["Same name"],
        "a chosen name alone, the rest from the legal name"
    );
    assert_eq!(reasons("kit green", &chosen), [""; 0]);
    let mut numbered = person("Jo Brown", None);
    numbered.phones.push("07700900123".into());
    numbered.postcodes.push("ZZ9 1AB".into());
    numbered.identifiers.push((IdentifierKind::FormerUpn, "H801200001001".into()));
    assert_eq!(reasons("+447700900123 zz91ab", &numbered), ["Phone number", "Postcode"]);
    assert_eq!(reasons("h801200001001", &numbered), [IdentifierKind::FormerUpn.plain()]);
}

#[test]
fn the_best_come_first_and_the_order_is_stable() {
    let people = [
        (1, person("Jan Smith", None)),
        (2, person("Jon Smyth", None)),
        (3, person("Jon Paul Smith", None)),
        (4, person("Jon Smith", None)),
        (5, person("Mary Brown", None)),
        (6, person("Smith Jon", None)),
    ];
    let order = |people: &[(i32, Candidate)]| -> Vec<i32> {
        rank(&asked("jon smith"), people.to_vec()).into_iter().map(|row| row.key).collect()
    };
    let found = order(&people);
    assert_eq!(found, [4, 3, 6, 2, 1]);
    let mut turned = people.to_vec();
    turned.reverse();
    assert_eq!(order(&turned), found);
    let born = |year| Some(date(year, 3, 12));
    let dated = [
        (1, person("Jon Smith", born(1980))),
        (2, person("Jon Smith", None)),
        (3, person("Jno Smith", born(2014))),
    ];
    let found: Vec<i32> = rank(&asked("jon smith 2014"), dated).into_iter().map(|row| row.key).collect();
    assert_eq!(found, [3, 2, 1]);
}

#[test]
fn many_of_one_misspelt_name_do_not_crowd_out_the_next() {
    let mut people: Vec<(u32, Candidate)> = (0..30).map(|n| (n, person("Jan Smith", None))).collect();
    people.push((99, person("Jonn Smith", None)));
    let found: Vec<u32> = rank(&asked("jxn smith"), people.clone()).into_iter().map(|row| row.key).collect();
    assert_eq!(found.len(), 30, "{found:?}");
    people.push((100, person("Jen Smith", None)));
    let found: Vec<u32> = rank(&asked("jxn smith"), people).into_iter().map(|row| row.key).collect();
    assert!(found.iter().position(|key| *key == 100).unwrap() < 5);
    assert_eq!(found.len(), 31);
}

fn likeness(a: &Candidate, b: &Candidate) -> Option<(Strength, Vec<Reason>)> {
    let found = likely_same(a, b);
    assert_eq!(
        likely_same(b, a).map(|l| l.strength),
        found.as_ref().map(|l| l.strength),
        "the same both ways"
    );
    found.map(|likeness| (likeness.strength, likeness.reasons))
}

#[test]
fn strangers_are_not_duplicates() {
    let born = Some(date(2014, 3, 12));
    assert_eq!(likeness(&person("", None), &person("", None)), None);
    assert_eq!(likeness(&person("Jo", None), &person("Jo", None)), None, "one name alone");
    assert_eq!(likeness(&person("Jon Smith", born), &person("Mary Brown", born)), None);
    assert_eq!(likeness(&person("Jon Smith", born), &person("Jon Smith", Some(date(1985, 7, 4)))), None);
    assert_eq!(likeness(&person("Jon Smith", born), &person("Jan Smith", Some(date(2009, 7, 4)))), None);
}

#[test]
fn twins_are_a_weak_likeness_that_says_so() {
    let born = Some(date(2014, 3, 12));
    let (mut a, mut b) = (person("Amina Khan", born), person("Yusuf Khan", born));
    a.postcodes.push("ZZ9 1AB".into());
    b.postcodes.push("ZZ9 1AB".into());
    let (strength, reasons) = likeness(&a, &b).unwrap();
    assert_eq!(strength, Strength::Weak);
    assert!(reasons.contains(&Reason::PerhapsTwins) && reasons.contains(&Reason::SamePostcode));
}

#[test]
fn father_and_son_of_one_name_at_one_address_are_a_weak_likeness() {
    let (mut father, mut son) =
        (person("Jon Smith", Some(date(1985, 7, 4))), person("Jon Smith", Some(date(2014, 3, 12))));
    father.postcodes.push("ZZ9 1AB".into());
    son.postcodes.push("ZZ9 1AB".into());
    let (strength, reasons) = likeness(&father, &son).unwrap();
    assert_eq!(strength, Strength::Weak);
    assert!(reasons.contains(&Reason::PerhapsParentAndChild));
}

#[test]
fn one_person_written_twice_is_noticed() {
    let born = Some(date(2014, 3, 12));
    let jon = person("Jon Smith", born);
    assert_eq!(likeness(&jon, &person("jon  SMITH", born)).unwrap().0, Strength::Strong);
    assert_eq!(likeness(&jon, &person("Jon Paul Smith", born)).unwrap().0, Strength::Strong);
    assert_eq!(likeness(&jon, &person("Jno Smith", born)).unwrap().0, Strength::Likely);
    assert_eq!(likeness(&jon, &person("Smith Jon", born)).unwrap().0, Strength::Likely);
    assert_eq!(likeness(&jon, &person("Jon Smith", Some(date(2014, 12, 3)))).unwrap().0, Strength::Likely);
    assert_eq!(likeness(&jon, &person("Jon Smith", None)).unwrap().0, Strength::Weak);
    let mut estimated = person("Jon Smith", Some(date(2013, 1, 1)));
    estimated.birth.as_mut().unwrap().basis = BirthBasis::Estimated;
    assert_eq!(likeness(&jon, &estimated).unwrap().0, Strength::Likely);
    assert_eq!(
        likeness(&person("Bill Brown", born), &person("William Brown", born)).unwrap().0,
        Strength::Likely
    );
}

#[test]
fn a_shared_number_outweighs_a_new_name() {
    let mut a = person("Jon Smith", Some(date(2014, 3, 12)));
    let mut b = person("Jon Brown", Some(date(2014, 3, 12)));
    a.identifiers.push((IdentifierKind::Upn, "H801200001001".into()));
    b.identifiers.push((IdentifierKind::FormerUpn, "H801200001001".into()));
    let (strength, reasons) = likeness(&a, &b).unwrap();
    assert_eq!(strength, Strength::Strong);
    assert!(matches!(reasons[0], Reason::SameNumber(_)));
    let mut c = person("Mary Green", Some(date(1950, 1, 1)));
    c.identifiers.push((IdentifierKind::Upn, "H801200001001".into()));
    assert_eq!(likeness(&a, &c).unwrap().0, Strength::Likely, "one of them may hold the number by mistake");
}
