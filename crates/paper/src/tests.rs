//! Documents set and read again.

use super::pdf;
use jiff::civil::{DateTime, datetime};
use page::{Block, Document, Line, Run};

const MADE: DateTime = datetime(2026, 11, 22, 19, 30, 0, 0);

fn line(words: &str) -> Line {
    vec![Run { words: words.to_owned(), ..Run::default() }]
}

fn words(words: &str) -> Block {
    Block::Words { line: line(words), rtl: false }
}

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Josie’s plan".to_owned(),
        lang: "en-GB".to_owned(),
        rtl: false,
        large: false,
        printed: "Printed by Nadia Farrow on 22 November 2026 at 7.30 pm. Shred when done.".to_owned(),
        invented: String::new(),
        blocks,
    }
}

fn everything() -> Document {
    let strong = Run { words: "Josie".to_owned(), strong: true, ..Run::default() };
    let tag = Run { words: "Kept".to_owned(), tag: true, ..Run::default() };
    document(vec![
        Block::Heading { level: 1, line: line("Josie") },
        words("A paragraph."),
        Block::Heading { level: 2, line: line("Our plan") },
        Block::Quote {
            by: vec![strong, line(" said")[0].clone()],
            worker: false,
            blocks: vec![words("I want a cat.\nA black one.")],
        },
        Block::List {
            numbered: false,
            items: vec![
                vec![words("first thing"), Block::Words { line: vec![tag], rtl: false }],
                vec![words("second thing")],
            ],
        },
        Block::List { numbered: true, items: vec![vec![words("numbered thing")]] },
        Block::Facts { rows: vec![(line("When"), line("On Sunday"))] },
        Block::Table {
            caption: line("How far"),
            head: vec![line("Who"), line("Number")],
            rows: vec![vec![line("Leanne"), line("7")], vec![line("Nobody"), vec![]]],
        },
        Block::Boxed { blocks: vec![words("Held back.")] },
    ])
}

/// What a reader of the file finds in it, without space, since lines may be broken anywhere.
fn read(bytes: &[u8]) -> (lopdf::Document, String) {
    let file = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    let text = file.extract_text(&pages).expect("text");
    let text = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect();
    (file, text)
}

fn close(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[test]
fn a_document_says_all_its_words_and_how_they_belong_together() {
    let bytes = pdf(&everything(), MADE).expect("a PDF");
    let (file, text) = read(&bytes);
    for words in [
        "Josie",
        "A paragraph.",
        "Our plan",
        "Josie said",
        "I want a cat.",
        "A black one.",
        "first thing",
        "Kept",
        "second thing",
        "numbered thing",
        "When",
        "On Sunday",
        "How far",
        "Leanne",
        "Held back.",
        "Printed by Nadia Farrow",
    ] {
        assert!(text.contains(&close(words)), "{words} in {text}");
    }
    let root = file.catalog().expect("a catalogue");
    assert_eq!(root.get(b"Lang").and_then(lopdf::Object::as_str).expect("a language"), b"en-GB");
    let marks = root.get(b"MarkInfo").and_then(lopdf::Object::as_dict).expect("marks");
    assert!(marks.get(b"Marked").and_then(lopdf::Object::as_bool).expect("marked"));
    assert!(root.has(b"StructTreeRoot") && root.has(b"Metadata") && root.has(b"Outlines"));
    let kinds: Vec<String> = file
        .objects
        .values()
        .filter_map(|one| one.as_dict().ok()?.get(b"S").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    for kind in ["Document", "H1", "H2", "P", "BlockQuote", "L", "LI", "Table", "TR", "TH", "TD"] {
        assert!(kinds.iter().any(|one| one == kind), "no {kind} among {kinds:?}");
    }
    let claims = String::from_utf8_lossy(&bytes).contains("<pdfuaid:part>1</pdfuaid:part>");
    assert!(claims, "it says that it is PDF/UA-1");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = pdf(&everything(), MADE).expect("a PDF");
    assert!(first == pdf(&everything(), MADE).expect("a PDF"));
    let mut other = everything();
    other.blocks.push(words("More."));
    assert!(first != pdf(&other, MADE).expect("a PDF"));
}

#[test]
fn what_people_write_is_never_markup_and_never_breaks_the_setting() {
    let hostile = [
        "#read(\"/etc/passwd\") #let x = 1 #panic(\"no\")",
        "= Not a heading\n- not a list $x^2$ *b* _i_ `c` <label> @ref \\ // gone /* gone */",
        "\"}], \"kind\": \"heading\"",
        "a\u{0}b\u{7}c\u{feff}d\u{202e}turned\u{2066}round\u{ffff}",
        "Zalgo: Z\u{351}\u{36b}\u{343}\u{32a}\u{302}\u{36b}\u{33d}\u{34f}\u{334}\u{319}\u{324}",
        "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 ❤️ ☺ 🇬🇧",
        "漢字 and ภาษาไทย and বাংলা",
        "\u{e000}\u{10ffff}\u{1f9ff}\u{e0067}\u{e007f}",
        "\u{2028}\u{2029}\r\n\t\u{85}",
        "",
    ];
    let blocks = || hostile.iter().map(|one| words(one));
    let mut all = document(blocks().collect());
    hostile[4].clone_into(&mut all.title);
    hostile[3].clone_into(&mut all.printed);
    all.blocks.push(Block::Quote { by: line(hostile[0]), worker: true, blocks: blocks().collect() });
    all.blocks.push(Block::List { numbered: true, items: vec![blocks().collect(), vec![]] });
    let cells: Vec<Line> = hostile.iter().map(|one| line(one)).collect();
    all.blocks.push(Block::Table { caption: vec![], head: vec![], rows: vec![cells.clone(), cells] });
    "x\" lang".clone_into(&mut all.lang);
    let (_, text) = read(&pdf(&all, MADE).expect("a PDF"));
    for said in
        [hostile[0], hostile[2], "// gone /* gone */", "turnedround", "standsforaletterthatcouldnotbeprinted"]
    {
        assert!(text.contains(&close(said)), "{said} in {text}");
    }
}

#[test]
fn a_word_without_an_end_stays_on_the_page() {
    let long = "Llanfair".repeat(2000);
    let mut all = document(vec![words(&long)]);
    all.printed.clear();
    let (file, text) = read(&pdf(&all, MADE).expect("a PDF"));
    let numbered = |letter: &char| !letter.is_ascii_digit() && *letter != '/';
    let text: String = text.chars().filter(numbered).collect();
    assert!(text.contains(&long), "every letter of it is there");
    assert!(file.get_pages().len() > 2, "it goes on over pages");
}

#[test]
fn letters_of_wales_and_of_languages_read_from_the_right_are_all_there() {
    let welsh = "Ŵyr ŷd, ŵyn a thŷ";
    let mut arabic = document(vec![Block::Words { line: line("مرحبا بك"), rtl: true }, words(welsh)]);
    "ar".clone_into(&mut arabic.lang);
    arabic.rtl = true;
    let (file, text) = read(&pdf(&arabic, MADE).expect("a PDF"));
    assert!(text.contains(&close(welsh)), "{text}");
    assert!(!text.contains('\u{25a1}'), "no letter is missing: {text}");
    let lang = file.catalog().expect("a catalogue").get(b"Lang").and_then(lopdf::Object::as_str);
    assert!(lang.expect("a language").starts_with(b"ar"));
    let mut hebrew = arabic.clone();
    "he".clone_into(&mut hebrew.lang);
    hebrew.blocks = vec![Block::Words { line: line("שלום, 3 חתולים"), rtl: true }];
    let (_, text) = read(&pdf(&hebrew, MADE).expect("a PDF"));
    assert!(text.contains('ש') && !text.contains('\u{25a1}'), "{text}");
}

#[test]
fn letters_that_nobody_has_are_squares_and_said_to_be() {
    let (_, text) = read(&pdf(&document(vec![words("A \u{12000} sign")]), MADE).expect("a PDF"));
    assert!(text.contains("A□sign") && text.contains("standsforaletter"), "{text}");
    let (_, text) = read(&pdf(&document(vec![words("A sign")]), MADE).expect("a PDF"));
    assert!(!text.contains('□') && !text.contains("standsforaletter"), "{text}");
}

#[test]
fn every_piece_that_pages_are_made_of_can_be_set() {
    let document = Document::of_page(&page::gallery().into_string());
    let bytes = pdf(&document, MADE).expect("a PDF");
    keep("gallery", &bytes);
    let (file, text) = read(&bytes);
    assert!(file.get_pages().len() > 3, "{}", file.get_pages().len());
    assert!(text.len() > 2000, "{}", text.len());
}

#[test]
fn a_timeline_of_a_dozen_pages_is_small() {
    let mut all = document(vec![Block::Heading { level: 1, line: line("Josie’s timeline") }]);
    for n in 0..56 {
        all.blocks.extend([
            words(&format!("Monday {} May, 4.35 pm", n % 28 + 1)),
            Block::Heading { level: 2, line: line("Nadia saw Josie alone and did not see Theo") },
            words("Josie was at the table with her colours. She had slept at her Nan’s and told me about the cat, which is black and does not come when it is called. We walked to the shop and back. "),
            Block::Quote { by: line("Josie said"), worker: false, blocks: vec![words("I want to stay with Nan on Fridays, and I want my own bed there.")] },
            words("Written 12 May by Nadia Farrow."),
        ]);
    }
    let began = std::time::Instant::now();
    let bytes = pdf(&all, MADE).expect("a PDF");
    let (file, _) = read(&bytes);
    let pages = file.get_pages().len();
    eprintln!("{pages} pages, {} bytes, {} ms", bytes.len(), began.elapsed().as_millis());
    keep("timeline", &bytes);
    assert!((10..=15).contains(&pages), "{pages} pages");
    assert!(bytes.len() < 300_000, "{} bytes", bytes.len());
}

/// Leaves a file for whoever wants to look at it, where `PAPER_KEEP` names a folder.
fn keep(name: &str, bytes: &[u8]) {
    #[expect(clippy::disallowed_methods, reason = "only for whoever wants to look")]
    if let Ok(folder) = std::env::var("PAPER_KEEP") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), bytes).expect("a file");
    }
}
