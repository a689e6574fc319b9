//! Writes the page of every component, and the files it needs, to a folder, to be looked at and checked:
//! `cargo run -p page --example gallery -- target/gallery`.

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map_or_else(|| PathBuf::from("target/gallery"), PathBuf::from);
    fs::create_dir_all(folder.join("assets"))?;
    for plain in
        ["alongside.css", "alongside.js", "mark.svg", "typeface.css", "atkinson.woff2", "atkinson-ext.woff2"]
    {
        let href = page::asset_href(plain);
        if let Some(asset) = page::asset(href.trim_start_matches("/assets/")) {
            fs::write(folder.join(href.trim_start_matches('/')), asset.bytes)?;
        }
    }
    // beside the files, so that a browser opens it without a server
    let page = page::gallery().into_string().replace("=\"/assets/", "=\"assets/");
    fs::write(folder.join("index.html"), page)
}
