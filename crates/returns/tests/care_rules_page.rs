//! The page of all looked-after rules in the documentation is the one the program writes. To write it anew:
//! `ALONGSIDE_WRITE_PAGES=1 cargo test -p returns --test care_rules_page`.

use std::path::Path;

#[test]
fn the_page_of_rules_is_current() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/returns/looked-after-rules.md");
    let now = returns::care::rules_table();
    if std::env::var_os("ALONGSIDE_WRITE_PAGES").is_some() {
        std::fs::create_dir_all(page.parent().unwrap()).unwrap();
        std::fs::write(&page, &now).unwrap();
    }
    let written = std::fs::read_to_string(&page).unwrap_or_default();
    assert!(written == now, "docs/returns/looked-after-rules.md is not what the rules say; write it anew");
}
