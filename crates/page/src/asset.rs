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

static KEPT: LazyLock<Vec<Kept>> = LazyLock::new(|| {
    let css = "text/css; charset=utf-8";
    vec![keep("alongside.css", css, include_bytes!("../assets/alongside.css").as_slice().into())]
});

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
}
