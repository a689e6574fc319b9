//! Writes the practitioners' table of who may see and do what to docs/practice/access.md.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/practice/access.md");
    std::fs::write(page, practice::access::table::render())
}
