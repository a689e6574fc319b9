//! The codes of the children in need census in words, so that an entry made from it reads like one.

use practice::person::DetailKind;

/// Who referred.
pub(super) fn referred_by(code: &str) -> Option<&'static str> {
    Some(match code {
        "1A" => "a relative or carer",
        "1B" => "an acquaintance",
        "1C" => "the child or young person",
        "1D" => "someone else who knows the child",
        "2A" => "a school",
        "2B" => "an education service",
        "3A" => "a GP",
        "3B" => "a health visitor",
        "3C" => "a school nurse",
        "3D" => "another primary health service",
        "3E" => "an emergency department",
        "3F" => "another health service",
        "4" => "a housing service",
        "5A" => "another part of the council's social care",
        "5B" => "another part of the council",
        "5C" => "another council",
        "5D" => "the council's early help",
        "6" => "the police",
        "7" => "a court, probation or another legal service",
        "8" => "another service or charity",
        "9" => "someone who gave no name",
        "10" => "someone not recorded",
        _ => return None,
    })
}

/// Why the child is in need.
pub(super) fn need(code: &str) -> Option<&'static str> {
    Some(match code {
        "N0" => "not stated",
        "N1" => "abuse or neglect",
        "N2" => "the child's disability or illness",
        "N3" => "a parent's disability or illness",
        "N4" => "a family in acute stress",
        "N5" => "a family that does not work well",
        "N6" => "the child's behaviour",
        "N7" => "low income",
        "N8" => "parents who are absent",
        "N9" => "something other than need",
        _ => return None,
    })
}

/// Why an episode was closed.
pub(super) fn closed(code: &str) -> Option<&'static str> {
    Some(match code {
        "RC1" => "Adopted",
        "RC2" => "Died",
        "RC3" => "Child arrangements order",
        "RC4" => "Special guardianship order",
        "RC5" => "Moved to another council",
        "RC6" => "Moved to adult social care",
        "RC7" => "No longer in need, for another reason",
        "RC8" => "Closed after assessment, no further action",
        "RC9" => "Closed after assessment, passed to early help",
        _ => return None,
    })
}

/// Ethnicity.
pub(super) fn ethnicity(code: &str) -> Option<&'static str> {
    Some(match code {
        "WBRI" => "White British",
        "WIRI" => "White Irish",
        "WIRT" => "Traveller of Irish heritage",
        "WOTH" => "Any other White background",
        "WROM" => "Gypsy or Roma",
        "MWBC" => "White and Black Caribbean",
        "MWBA" => "White and Black African",
        "MWAS" => "White and Asian",
        "MOTH" => "Any other mixed background",
        "AIND" => "Indian",
        "APKN" => "Pakistani",
        "ABAN" => "Bangladeshi",
        "AOTH" => "Any other Asian background",
        "BCRB" => "Caribbean",
        "BAFR" => "African",
        "BOTH" => "Any other Black background",
        "CHNE" => "Chinese",
        "OOTH" => "Any other ethnic group",
        "REFU" => "Chose not to say",
        "NOBT" => "Not known yet",
        _ => return None,
    })
}

/// A disability; nothing for `NONE`.
pub(super) fn disability(code: &str) -> Option<Option<&'static str>> {
    Some(Some(match code {
        "NONE" => return Some(None),
        "MOB" => "Mobility",
        "HAND" => "Use of hands",
        "PC" => "Personal care",
        "INC" => "Incontinence",
        "COMM" => "Communication",
        "LD" => "Learning",
        "HEAR" => "Hearing",
        "VIS" => "Sight",
        "BEH" => "Behaviour",
        "CON" => "Consciousness",
        "AUT" => "Autism",
        "DDA" => "Another disability",
        _ => return None,
    }))
}

/// Sex, or the older code of gender; nothing where the code says that it is not known.
pub(super) fn sex(code: &str) -> Option<Option<(DetailKind, &'static str)>> {
    Some(match code {
        "M" => Some((DetailKind::Sex, "Male")),
        "F" => Some((DetailKind::Sex, "Female")),
        "1" => Some((DetailKind::Gender, "Male")),
        "2" => Some((DetailKind::Gender, "Female")),
        "U" | "0" | "9" => None,
        _ => return None,
    })
}

/// A category of harm under a protection plan.
pub(super) fn harm(code: &str) -> Option<&'static str> {
    Some(match code {
        "NEG" => "Neglect",
        "PHY" => "Physical abuse",
        "SAB" => "Sexual abuse",
        "EMO" => "Emotional abuse",
        "MUL" => "More than one category",
        _ => return None,
    })
}

/// A factor identified at the end of an assessment.
pub(super) fn factor(code: &str) -> Option<String> {
    let whole = match code {
        "7A" => "young carer",
        "8A" => "privately fostered",
        "8B" => "privately fostered, from overseas and going back",
        "8C" => "privately fostered, from overseas and staying",
        "8D" => "privately fostered, here for education",
        "8E" => "privately fostered, in another family in the United Kingdom",
        "8F" => "privately fostered, otherwise",
        "9A" => "seeking asylum alone",
        "10A" => "missing",
        "11A" => "child sexual exploitation",
        "12A" => "trafficking",
        "13A" => "gangs",
        "14A" => "the child's behaviour",
        "15A" => "self-harm",
        "16A" => "neglect",
        "17A" => "emotional abuse",
        "18A" => "physical abuse",
        "18B" => "physical abuse by a child",
        "18C" => "physical abuse by an adult",
        "19A" => "sexual abuse",
        "19B" => "sexual abuse by a child",
        "19C" => "sexual abuse by an adult",
        "20" => "something else",
        "21" => "none identified",
        "22A" => "female genital mutilation",
        "23A" => "abuse linked to faith or belief",
        "24A" => "child criminal exploitation",
        _ => "",
    };
    if !whole.is_empty() {
        return Some(whole.to_owned());
    }
    let (what, of) = code.split_at_checked(1)?;
    let what = match what {
        "1" => "alcohol",
        "2" => "drugs",
        "3" => "domestic abuse",
        "4" => "mental health",
        "5" => "learning disability",
        "6" => "physical disability or illness",
        _ => return None,
    };
    let of = match of {
        "A" => "the child",
        "B" => "a parent or carer",
        "C" => "someone else at home",
        _ => return None,
    };
    Some(format!("{what} ({of})"))
}
