//! The addresses that the rooms register, read from their source: `GET /person/{id}`.

use std::collections::BTreeSet;
use std::path::Path;

/// Every method and address of the application.
pub(crate) fn registered() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    look(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut all);
    assert!(all.len() > 100, "the source was not read: {}", all.len());
    all
}

fn look(folder: &Path, all: &mut BTreeSet<String>) {
    for file in std::fs::read_dir(folder).expect("the source") {
        let path = file.expect("a file").path();
        if path.is_dir() {
            // what answers there answers a test alone
            if path.file_name().is_some_and(|name| name != "tests") {
                look(&path, all);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            of_file(&std::fs::read_to_string(&path).expect("a source file"), all);
        }
    }
}

fn of_file(text: &str, all: &mut BTreeSet<String>) {
    for (at, _) in text.match_indices(".route(") {
        let call = closed(&text[at + ".route(".len()..]);
        let (place, methods) = call.split_once(',').expect("an address and what answers");
        let place = place.trim();
        let address = match place.strip_prefix('"') {
            Some(rest) => rest.trim_end_matches('"').to_owned(),
            None => named(text, place),
        };
        let methods = methods.replace(char::is_whitespace, "");
        for word in ["put(", "delete(", "patch(", "any(", "head("] {
            assert!(!methods.contains(word), "{address}: the walk does not know {word}");
        }
        for (word, method) in [("get(", "GET"), ("post(", "POST")] {
            if methods.starts_with(word) || methods.contains(&format!(".{word}")) {
                all.insert(format!("{method} {address}"));
            }
        }
    }
    for word in [".nest(", ".route_service(", ".nest_service(", ".method_not_allowed_fallback("] {
        assert!(!text.contains(word), "the walk does not know {word}");
    }
}

/// What stands before the bracket that closes.
fn closed(text: &str) -> &str {
    let mut open = 1;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return &text[..at];
        }
    }
    text
}

/// The value of a constant of the same file.
fn named(text: &str, name: &str) -> String {
    let (_, rest) =
        text.split_once(&format!("const {name}: &str = \"")).expect("a constant of the same file");
    rest.split('"').next().unwrap_or_default().to_owned()
}
