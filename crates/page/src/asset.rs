//! The files a page needs, inside the program: stylesheet, scripts, typeface. Each is served under a name that
//! holds the hash of its content, so that a browser may keep it for good and a new version is a new name.

use std::borrow::Cow;
use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// A file as it is sent.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The content.
    pub bytes: Cow<'static, [u8]>,
    /// The value for `Content-Type`.
    pub media_type: &'static str,
    /// The value for `ETag`, with its quotes.
    pub etag: String,
    /// True when asked for by its hashed name: the answer will never change, so it may be kept for a year.
    pub immutable: bool,
}

struct Kept {
    plain: &'static str,
    hashed: String,
    asset: Asset,
}

/// The typeface as the build script found it, or none.
mod typeface {
    include!(concat!(env!("OUT_DIR"), "/typeface.rs"));
}

/// The scripts, each a module of its own in `assets/`. They share no names, so pages load them as one file.
const SCRIPTS: [&str; 8] = [
    include_str!("../assets/active.js"),
    include_str!("../assets/add-row.js"), // before the drafts, which add rows back
    include_str!("../assets/draft.js"),
    include_str!("../assets/reveal.js"),
    include_str!("../assets/copy.js"),
    include_str!("../assets/photo.js"),
    include_str!("../assets/print.js"),
    include_str!("../assets/words.js"),
];

static KEPT: LazyLock<Vec<Kept>> = LazyLock::new(|| {
    let css = "text/css; charset=utf-8";
    let mut all = vec![
        keep("alongside.css", css, include_bytes!("../assets/alongside.css").as_slice().into()),
        keep("mark.svg", "image/svg+xml", include_bytes!("../assets/mark.svg").as_slice().into()),
        keep("alongside.js", "text/javascript; charset=utf-8", together().into_bytes().into()),
        // only the few pages that wait for something load it
        keep(
            "watch.js",
            "text/javascript; charset=utf-8",
            include_bytes!("../assets/watch.js").as_slice().into(),
        ),
        // only the pages on which a passkey is made or shown load it
        keep(
            "passkey.js",
            "text/javascript; charset=utf-8",
            include_bytes!("../assets/passkey.js").as_slice().into(),
        ),
        // only the pages of a picture load it
        keep(
            "picture.js",
            "text/javascript; charset=utf-8",
            include_bytes!("../assets/picture.js").as_slice().into(),
        ),
    ];
    all.extend(letters());
    if let (Some(latin), Some(latin_ext), Some(license)) =
        (typeface::LATIN, typeface::LATIN_EXT, typeface::LICENSE)
    {
        let latin = keep("atkinson.woff2", "font/woff2", latin.into());
        let latin_ext = keep("atkinson-ext.woff2", "font/woff2", latin_ext.into());
        let faces = face(&latin.hashed, LATIN) + &face(&latin_ext.hashed, LATIN_EXT);
        all.push(keep("typeface.css", css, faces.into_bytes().into()));
        all.push(keep("typeface-licence.txt", "text/plain; charset=utf-8", license.into()));
        all.extend([latin, latin_ext]);
    }
    all
});

/// The same typeface cut small (`assets/typeface/cut.py`), for the pages of children, adults and families: what they load
/// the first time, typeface and all, is to stay small for somebody who pays for each page. It is part of every build.
fn letters() -> Vec<Kept> {
    let file = |plain, bytes: &'static [u8]| keep(plain, "font/woff2", bytes.into());
    let first = file("letters.woff2", include_bytes!("../assets/typeface/latin.woff2"));
    let welsh = file("letters-welsh.woff2", include_bytes!("../assets/typeface/welsh.woff2"));
    let more = file("letters-more.woff2", include_bytes!("../assets/typeface/more.woff2"));
    let faces = face(&first.hashed, LETTERS)
        + &face(&welsh.hashed, LETTERS_WELSH)
        + &face(&more.hashed, LETTERS_MORE);
    let licence = include_bytes!("../assets/typeface/LICENSE").as_slice();
    let css = keep("letters.css", "text/css; charset=utf-8", faces.into_bytes().into());
    let licence = keep("letters-licence.txt", "text/plain; charset=utf-8", licence.into());
    vec![css, licence, first, welsh, more]
}

/// What is written from the first page on.
const LETTERS: &str = "U+0020-007E,U+00A0,U+00A3,U+00B7,U+00C0-00FF,U+2010-2011,U+2013-2014,U+2018-2019,\
                       U+201C-201D,U+2022,U+2026,U+20AC";
/// What Welsh adds; fetched only by pages that hold one of them.
const LETTERS_WELSH: &str = "U+0174-0177,U+1E80-1E85,U+1EF2-1EF3";
/// The letters of other names; fetched only by pages that hold one of them.
const LETTERS_MORE: &str = "U+0100-0173,U+0178-024F";

/// English and most of western Europe.
const LATIN: &str = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,\
                     U+2122,U+2191,U+2193,U+2212,U+2215";
/// Welsh circumflexes and the rest of Latin; fetched only by pages that hold one.
const LATIN_EXT: &str = "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+1EF2-1EFF";

fn face(file: &str, range: &str) -> String {
    format!(
        "@font-face{{font-family:\"Atkinson Hyperlegible Next\";src:url({file}) format(\"woff2\");\
         font-weight:200 800;font-display:swap;unicode-range:{range}}}\n"
    )
}

/// Each script in a block of its own, so that no name of one is seen by another.
fn together() -> String {
    SCRIPTS.map(|script| format!("{{\n{script}}}\n")).concat()
}

/// True when the program was built with its typeface.
pub fn has_typeface() -> bool {
    typeface::LATIN.is_some()
}

fn keep(plain: &'static str, media_type: &'static str, bytes: Cow<'static, [u8]>) -> Kept {
    let hash = HEXLOWER.encode(&Sha256::digest(&bytes)[..6]);
    let hashed = match plain.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
        None => format!("{plain}-{hash}"),
    };
    let etag = format!("\"{hash}\"");
    Kept { plain, hashed, asset: Asset { bytes, media_type, etag, immutable: true } }
}

/// The file with this name (the part after `/assets/`), by its hashed name or, for people who look by hand, its
/// plain one. None when there is no such file.
pub fn asset(name: &str) -> Option<Asset> {
    let kept = KEPT.iter().find(|kept| kept.hashed == name || kept.plain == name)?;
    Some(Asset { immutable: kept.hashed == name, ..kept.asset.clone() })
}

/// Where a page finds the file with this plain name: `/assets/alongside-<hash>.css`. A name that is not among
/// the files keeps its plain form, and will not be found.
pub fn asset_href(plain: &str) -> String {
    let name = KEPT.iter().find(|kept| kept.plain == plain).map_or(plain, |kept| kept.hashed.as_str());
    format!("/assets/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_by_the_name_pages_use() {
        let href = asset_href("alongside.css");
        let hashed = asset(href.strip_prefix("/assets/").unwrap()).unwrap();
        assert!(hashed.immutable);
        assert_eq!(hashed.media_type, "text/css; charset=utf-8");
        assert!(hashed.etag.starts_with('"') && href.contains(hashed.etag.trim_matches('"')));
        let plain = asset("alongside.css").unwrap();
        assert!(!plain.immutable);
        assert_eq!(plain.bytes, hashed.bytes);
        assert!(asset("../Cargo.toml").is_none());
        assert!(asset("alongside-000000000000.css").is_none());
    }

    #[test]
    fn the_typeface_is_whole_or_absent() {
        let files = ["typeface.css", "typeface-licence.txt", "atkinson.woff2", "atkinson-ext.woff2"];
        for file in files {
            assert_eq!(asset(file).is_some(), has_typeface(), "{file}");
        }
        for (css, licence) in
            [("typeface.css", "typeface-licence.txt"), ("letters.css", "letters-licence.txt")]
        {
            let Some(css) = asset(css) else { continue };
            let css = String::from_utf8(css.bytes.into_owned()).unwrap();
            for name in css.split("url(").skip(1).filter_map(|rest| rest.split(')').next()) {
                assert!(asset(name).is_some_and(|font| font.immutable), "{name}");
            }
            assert!(asset(licence).unwrap().bytes.starts_with(b"Copyright"));
        }
        assert!(asset("letters.css").is_some(), "the small one is part of every build");
    }

    #[test]
    fn what_a_page_loads_stays_small() {
        let size = |name| asset(name).unwrap().bytes.len();
        assert!(size("alongside.css") <= 30 * 1024, "{}", size("alongside.css"));
        assert!(size("alongside.js") <= 18 * 1024, "{}", size("alongside.js"));
        // of 40 KB that a family's page may weigh the first time
        assert!(size("letters.woff2") <= 16 * 1024, "{}", size("letters.woff2"));
        assert!(size("letters-welsh.woff2") <= 2 * 1024, "{}", size("letters-welsh.woff2"));
    }

    #[test]
    fn no_script_imports_or_exports() {
        for script in SCRIPTS {
            let stray = |line: &str| line.starts_with("import ") || line.starts_with("export ");
            assert!(!script.lines().any(stray), "scripts are joined, so they stand alone");
        }
    }
}
