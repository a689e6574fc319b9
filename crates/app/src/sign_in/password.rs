//! Passwords: hashed slowly, judged by how easily they are guessed and by nothing else.

use crate::{App, Moment, Oops, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64_NOPAD;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

/// The fewest characters of a password.
pub const LEAST: usize = 12;
/// The most: enough for any sentence, and a bound on the work a stranger can ask for.
pub(super) const MOST: usize = 1000;

/// OWASP's setting of Argon2id with the least memory it advises: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const PREFIX: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Each hash takes 19 MiB: strangers at the door may not take all the memory there is.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

fn slow(words: &[u8], salt: &[u8]) -> Result<[u8; 32]> {
    let broken = |error: argon2::Error| Oops::Broken(format!("a password could not be hashed: {error}"));
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(32)).map_err(broken)?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(words, salt, &mut out)
        .map_err(broken)?;
    Ok(out)
}

/// Runs slow work aside, few at a time.
pub(crate) async fn aside<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let permit =
        AT_ONCE.acquire().await.map_err(|_| Oops::Broken("no password can be checked".to_owned()))?;
    let done = app.aside(work).await?;
    drop(permit);
    done
}

/// Sixteen random bytes.
pub(crate) fn salt(moment: &mut Moment) -> [u8; 16] {
    let mut salt = [0; 16];
    salt.copy_from_slice(&moment.bytes32()[..16]);
    salt
}

/// What is stored of a password, in the usual text form of Argon2. Slow: run it [`aside`].
///
/// # Errors
/// [`Oops::Broken`] where there is no memory for it.
pub fn hash(password: &str, salt: [u8; 16]) -> Result<String> {
    let hash = slow(password.as_bytes(), &salt)?;
    Ok(format!("{PREFIX}{}${}", BASE64_NOPAD.encode(&salt), BASE64_NOPAD.encode(&hash)))
}

/// Whether this is the password of a stored hash. Without a stored hash the same work is done for nothing,
/// so that the time taken tells nothing. Slow: run it [`aside`].
///
/// # Errors
/// [`Oops::Broken`] where there is no memory for it.
pub fn is_right(password: &str, stored: Option<&str>) -> Result<bool> {
    let parts = stored.and_then(|stored| {
        let (salt, hash) = stored.strip_prefix(PREFIX)?.split_once('$')?;
        Some((BASE64_NOPAD.decode(salt.as_bytes()).ok()?, BASE64_NOPAD.decode(hash.as_bytes()).ok()?))
    });
    let (salt, wanted) = parts.unwrap_or_else(|| (vec![0; 16], vec![]));
    let words = if password.chars().count() > MOST { "" } else { password };
    let made = slow(words.as_bytes(), &salt)?;
    Ok(!words.is_empty() && wanted.len() == made.len() && bool::from(wanted.ct_eq(&made[..])))
}

/// The slow hash of a recovery code; ten codes share one salt, so that checking one is one hash.
///
/// # Errors
/// [`Oops::Broken`] where there is no memory for it.
pub(crate) fn recovery_hash(code: &str, salt: &[u8]) -> Result<[u8; 32]> {
    slow(code.as_bytes(), salt)
}

/// Whether a password will do: long enough, not too long, not among those tried first. Any characters may be
/// used, none must be. `about` are words a guesser would try for this person: their name, the council's.
///
/// # Errors
/// A sentence that says what to do instead.
pub fn judge(password: &str, about: &[&str]) -> std::result::Result<(), String> {
    let letters = password.chars().count();
    if letters < LEAST {
        return Err(format!(
            "Use at least {LEAST} characters. Three or four words that do not belong together are easy to remember"
        ));
    }
    if letters > MOST {
        return Err(format!("Use at most {MOST} characters"));
    }
    let mut known: Vec<String> =
        about.iter().flat_map(|words| words.split_whitespace()).map(str::to_lowercase).collect();
    for word in ["alongside", "council", "social", "worker", "children", "services", "safeguarding"] {
        known.push(word.to_owned());
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    // ten thousand million guesses: a list of common passwords and their usual disguises falls well within
    if zxcvbn::zxcvbn(password, &known).guesses_log10() < 10.0 {
        return Err("This one is easily guessed. Use three or four words that do not belong together, or let your browser make one".to_owned());
    }
    Ok(())
}

/// What to say of a password that will do.
pub(super) fn strength(password: &str) -> &'static str {
    match zxcvbn::zxcvbn(password, &[]).guesses_log10() {
        guesses if guesses < 12.0 => "Your password will do. A longer one would be safer.",
        guesses if guesses < 15.0 => "Your password is hard to guess.",
        _ => "Your password is very hard to guess.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_right_only_as_it_was_typed() {
        let stored = hash("kettle Thursday gravel moss", [7; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(is_right("kettle Thursday gravel moss", Some(&stored)).unwrap());
        for wrong in ["kettle thursday gravel moss", "kettle Thursday gravel moss ", "", "kettle"] {
            assert!(!is_right(wrong, Some(&stored)).unwrap(), "{wrong:?}");
        }
        assert!(!is_right("anything at all", None).unwrap());
        assert!(!is_right("", None).unwrap());
        assert!(!is_right("anything at all", Some("not a hash")).unwrap());
        assert_ne!(stored, hash("kettle Thursday gravel moss", [8; 16]).unwrap());
    }

    #[test]
    fn passwords_are_judged_by_guessing_alone() {
        for easy in
            ["short", "password1234", "qwertyuiop12", "aaaaaaaaaaaaaaaa", "Alongside2026!", "nadia.farrow1"]
        {
            assert!(judge(easy, &["Nadia Farrow", "Wyvern"]).is_err(), "{easy}");
        }
        for good in [
            "kettle gravel moss ladder",
            "zqvkwpmrtxby",
            "ünter den linden 7 krähen",
            &"a long one ".repeat(30),
        ] {
            assert_eq!(judge(good, &["Nadia Farrow", "Wyvern"]), Ok(()), "{good}");
        }
        assert!(judge(&"x y".repeat(400), &[]).unwrap_err().contains("at most"));
    }
}
