//! The practitioners' table in the documentation says what the rules do today.

#[test]
fn the_page_for_practitioners_says_what_the_rules_do() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/practice/access.md");
    let page = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        page == practice::access::table::render(),
        "docs/practice/access.md is stale: run `cargo run -p practice --example access_table` and read what changed"
    );
}
