//! Codes: the six digits that change each half minute, and the ten recovery codes kept on paper.

use super::password;
use crate::{Moment, Result};
use jiff::Timestamp;
use maud::Markup;
use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// For how many seconds a code lasts.
const STEP: u64 = 30;
/// How many recovery codes there are.
pub const RECOVERY: usize = 10;
/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of one recovery code.
const LETTERS: usize = 12;

fn totp(secret: &[u8], council: &str, name: &str) -> Option<Totp> {
    let plain = |words: &str| words.replace(':', " ");
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(STEP)
        .with_secret(secret.to_vec())
        .with_account_name(plain(name))
        .with_issuer(Some(format!("Alongside {}", plain(council))))
        .build()
        .ok()
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_second()).unwrap_or(0)
}

/// A new secret for a phone: 160 bits.
pub fn secret(moment: &mut Moment) -> Vec<u8> {
    moment.bytes32()[..20].to_vec()
}

/// The step of time whose code this is, one step early or late allowed; none when it is wrong.
pub fn step_of(secret: &[u8], typed: &str, now: Timestamp) -> Option<i64> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let step = totp(secret, "", "someone")?.check(&digits, seconds(now))?;
    i64::try_from(step).ok()
}

/// The code at an instant, as a phone would show it.
pub fn code_at(secret: &[u8], now: Timestamp) -> Option<String> {
    Some(totp(secret, "", "someone")?.generate(seconds(now)).to_string())
}

/// The secret as people type it: groups of four.
pub(super) fn spoken(secret: &[u8]) -> String {
    let text = Secret::from(secret.to_vec()).to_base32();
    text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

/// The square to scan, drawn without any script. None where the names are too long to draw: then the
/// secret is typed.
pub(super) fn square(secret: &[u8], council: &str, name: &str) -> Option<Markup> {
    crate::frame::square_of(&totp(secret, council, name)?.to_url().ok()?)
}

/// Ten new recovery codes.
pub fn recovery_codes(moment: &mut Moment) -> Vec<String> {
    (0..RECOVERY)
        .map(|_| {
            let letters: Vec<u8> = moment
                .bytes32()
                .iter()
                .take(LETTERS)
                .filter_map(|byte| ALPHABET.get(usize::from(byte & 31)).copied())
                .collect();
            letters.chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
        })
        .collect()
}

/// A typed recovery code in the form in which it is hashed; none where it cannot be one.
pub(super) fn as_recovery(typed: &str) -> Option<String> {
    let plain: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let fits = plain.len() == LETTERS && plain.bytes().all(|letter| ALPHABET.contains(&letter));
    fits.then_some(plain)
}

/// What is stored of ten codes: their one salt, then the slow hash. Slow: run it aside.
///
/// # Errors
/// As [`password::recovery_hash`].
pub fn stored(codes: &[String], salt: [u8; 16]) -> Result<Vec<Vec<u8>>> {
    codes
        .iter()
        .map(|code| {
            let plain = as_recovery(code).unwrap_or_default();
            Ok([&salt[..], &password::recovery_hash(&plain, &salt)?[..]].concat())
        })
        .collect()
}

/// Which of the stored codes this is. The work is the same whether there are any. Slow: run it aside.
///
/// # Errors
/// As [`password::recovery_hash`].
pub(super) fn which(plain: &str, stored: &[Vec<u8>]) -> Result<Option<usize>> {
    let salt = stored.first().and_then(|row| row.get(..16)).unwrap_or(&[0; 16]);
    let made = [salt, &password::recovery_hash(plain, salt)?[..]].concat();
    Ok(stored.iter().position(|row| row.len() == made.len() && bool::from(row.ct_eq(&made))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_rfc_6238_and_allow_one_step() {
        let secret = b"12345678901234567890";
        let at = |second| Timestamp::from_second(second).unwrap();
        // the appendix of RFC 6238, its last six digits
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            assert_eq!(code_at(secret, at(second)).as_deref(), Some(code));
            assert_eq!(step_of(secret, code, at(second)), Some(second / 30));
            assert_eq!(step_of(secret, code, at(second + 30)), Some(second / 30));
            assert_eq!(step_of(secret, code, at(second + 60)), None);
            if second > 60 {
                assert_eq!(step_of(secret, code, at(second - 60)), None);
            }
        }
        assert_eq!(step_of(secret, " 287 082 ", at(59)), Some(1));
        for wrong in ["", "28708", "2870820", "abcdef", "287083"] {
            assert_eq!(step_of(secret, wrong, at(59)), None, "{wrong}");
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let mut moment = Moment::seeded("2026-11-21T10:00:00Z".parse().unwrap(), 1);
        let codes = recovery_codes(&mut moment);
        assert_eq!(codes.len(), 10);
        let kept = stored(&codes, [3; 16]).unwrap();
        let typed = codes[4].to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(which(&as_recovery(&typed).unwrap(), &kept).unwrap(), Some(4));
        assert_eq!(which(&as_recovery("0000-0000-0000").unwrap(), &kept).unwrap(), None);
        assert_eq!(which(&as_recovery("0000-0000-0000").unwrap(), &[]).unwrap(), None);
        assert_eq!(as_recovery("123456"), None);
        assert_eq!(as_recovery("0000-0000-000U"), None);
    }

    #[test]
    fn the_square_says_what_the_phone_needs() {
        let drawn = square(b"12345678901234567890", "Wyvern: north", "nadia").unwrap().into_string();
        assert!(drawn.contains("<path d=\"M4 4h1v1h-1z"), "{drawn}");
        assert_eq!(spoken(b"12345678901234567890"), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
