//! The skeleton of a new room: one folder, and what to register.

use anyhow::{Result, bail};
use std::fs;
use std::path::Path;

const MOD: &str = "//! NAME: say what people do here, and the source in law or guidance where there is one.

mod actions;
mod pages;
pub(crate) mod store;

use crate::App;
use crate::room::{Place, Room};
use axum::Router;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[]
    }

    fn routes(&self) -> Router<App> {
        pages::routes()
    }
}
";

/// Makes the folder and says what is left to do by hand.
pub(crate) fn make(top: &Path, name: &str) -> Result<()> {
    if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_') {
        bail!("a room is named by the domain's own word, in small letters: `family_group_conference`");
    }
    let folder = top.join("crates/app/src").join(name);
    if folder.exists() {
        bail!("there is a room `{name}` already");
    }
    fs::create_dir_all(&folder)?;
    let plain = name.replace('_', " ");
    fs::write(folder.join("mod.rs"), MOD.replace("NAME", &plain))?;
    fs::write(folder.join("actions.rs"), format!("//! What is done in {plain}: the only writers.\n"))?;
    fs::write(folder.join("store.rs"), format!("//! The rows of {plain}.\n"))?;
    fs::write(folder.join("tests.rs"), format!("//! The journeys of {plain}, on both engines.\n"))?;
    let pages = format!(
        "//! The pages of {plain}.\n\nuse crate::App;\nuse axum::Router;\n\n/// The addresses.\npub(crate) fn routes() -> Router<App> {{\n    Router::new()\n}}\n"
    );
    fs::write(folder.join("pages.rs"), pages)?;
    eprintln!(
        "Made crates/app/src/{name}. Now add:\n  lib.rs         pub mod {name};\n  rooms.rs       &crate::{name}::Here,\n  statements.rs  (once it has SQL)\n  tests/it/main.rs, ARCHITECTURE.md (The rooms), GLOSSARY.md, and its tables in both migration folders"
    );
    Ok(())
}
