//! Under what people are put together before they are compared, so that not everyone is compared with everyone.

use super::candidate::Candidate;
use super::keys::sounds;
use super::normalise::Word;

/// What a person shares with whoever may be the same: the birth date, each number, phone and postcode, and how the
/// first and the last word of each name sound, in either order.
///
/// Two whom [`super::likely_same`] calls likely share a birth date, a number, a phone, a postcode, or a whole name, so
/// they share one of these; only a name in another spelling that also sounds otherwise is missed.
pub fn blocks(candidate: &Candidate) -> Vec<String> {
    let mut all = vec![];
    all.extend(candidate.birth.map(|birth| format!("born {}", birth.on)));
    all.extend(candidate.identifiers.iter().map(|(_, number)| format!("number {}", number.to_uppercase())));
    all.extend(candidate.phones.iter().map(|phone| format!("phone {phone}")));
    all.extend(candidate.postcodes.iter().map(|postcode| format!("postcode {postcode}")));
    for name in &candidate.names {
        let (Some(first), Some(last)) = (name.words.first(), name.words.last()) else { continue };
        if name.words.len() > 1 {
            let (first, last) = (heard(first), heard(last));
            let both = first.iter().flat_map(|one| last.iter().map(move |two| (one, two)));
            all.extend(both.map(|(one, two)| format!("name {} {}", one.min(two), one.max(two))));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// How a word and its parts sound; as it is written where it has no sound of its own.
fn heard(word: &Word) -> Vec<String> {
    let mut all: Vec<String> = word
        .tokens()
        .flat_map(|token| {
            let heard: Vec<String> = sounds(token).into_iter().collect();
            if heard.is_empty() { vec![token.as_str().to_owned()] } else { heard }
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{FullName, Strength, likely_same};
    use crate::person::{Birth, BirthBasis, IdentifierKind, NameKind};
    use jiff::civil::{Date, date};

    fn somebody(name: &str, born: Option<Date>) -> Candidate {
        let birth = born.map(|on| Birth { on, basis: BirthBasis::Exact });
        Candidate { names: vec![FullName::new(NameKind::Legal, name)], birth, ..Candidate::default() }
    }

    #[test]
    fn whoever_is_likely_to_be_the_same_is_put_together() {
        let born = Some(date(2017, 3, 4));
        let near = Some(date(2017, 4, 3));
        let mut numbered = somebody("Nobody Else", None);
        numbered.identifiers.push((IdentifierKind::Upn, "a123".to_owned()));
        let mut same_number = somebody("Josie Hart", born);
        same_number.identifiers.push((IdentifierKind::FormerUpn, "A123".to_owned()));
        let mut here = somebody("Jo Heart", near);
        here.postcodes.push("ZZ99 1AA".to_owned());
        let mut there = somebody("Joe Hart", born);
        there.postcodes.push("ZZ99 1AA".to_owned());
        for (one, two) in [
            (somebody("Josephine Hart", born), somebody("Josefine Hart", born)),
            (somebody("Josephine Hart", born), somebody("Hart Josephine", born)),
            (somebody("Josephine Hart", born), somebody("Josephine Smith-Hart", near)),
            (numbered, same_number),
            (here, there),
        ] {
            let likeness = likely_same(&one, &two).expect("alike");
            assert!(likeness.strength >= Strength::Likely, "{likeness:?}");
            let (one, two) = (blocks(&one), blocks(&two));
            assert!(one.iter().any(|block| two.contains(block)), "{one:?} {two:?}");
        }
    }

    #[test]
    fn strangers_are_not_put_together() {
        let one = blocks(&somebody("Josephine Hart", Some(date(2017, 3, 4))));
        let two = blocks(&somebody("Theo Underhill", Some(date(2012, 1, 9))));
        assert!(!one.iter().any(|block| two.contains(block)));
    }
}
