//! The page of all census rules in the documentation is the one the rules make.

#[test]
fn the_page_of_rules_is_current() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/returns/cin-census-rules.md");
    let made = returns::cin::rules_in_markdown();
    if std::env::var_os("ALONGSIDE_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &made).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        held == made,
        "docs/returns/cin-census-rules.md is not current: run ALONGSIDE_WRITE_DOCS=1 cargo test -p returns --test cin_rules_page"
    );
}
