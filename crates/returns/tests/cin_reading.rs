//! Reading census files: what a well-made one gives, and how hostile and broken ones are refused.
#![expect(clippy::expect_used, reason = "a test fails where its file does")]

use std::fmt::Write as _;

use returns::cin::{Child, Children, Problem, ReadError};

fn children(bytes: &[u8]) -> Result<Vec<Child>, ReadError> {
    Children::open(bytes)?.collect()
}

fn refusal(bytes: &[u8]) -> ReadError {
    children(bytes).expect_err("refused")
}

const ONE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<Message>
 <Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>
 <ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
 <Source><LEA>201</LEA></Source><Source><LEA>999</LEA></Source><Content><CBDSLevels/></Content></Header>
 <Children>
  <Child>
   <ChildIdentifiers><LAchildID>A&amp;1&#65;</LAchildID><UPN/><PersonBirthDate>2015-02-30</PersonBirthDate>
    <Sex><![CDATA[F]]></Sex><Sex>M</Sex></ChildIdentifiers>
   <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Shoe><Size unit="uk">3</Size></Shoe>
    <Disabilities><Disability>LD</Disability><Impairment>AUT</Impairment></Disabilities></ChildCharacteristics>
   <CINdetails>stray
    <CINreferralDate> 2025-05-01 </CINreferralDate>
    <Assessments><AssessmentActualStartDate>2025-05-02</AssessmentActualStartDate>
     <FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors><Factor/></FactorsIdentifiedAtAssessment></Assessments>
    <Section47><ICPCnotRequired>0</ICPCnotRequired></Section47>
    <ReferralNFA>FALSE</ReferralNFA>
    <ChildProtectionPlans><CPPstartDate>2025-06-01</CPPstartDate>
     <Reviews><CPPreviewDate>2025-08-01</CPPreviewDate><CPPreviewDate/></Reviews></ChildProtectionPlans>
   </CINdetails>
   <CINdetails/>
  </Child>
 </Children>
</Message>"#;

#[test]
fn a_child_is_read_whole_with_raw_text_and_lines() {
    let mut reader = Children::open(ONE.as_bytes()).unwrap();
    let header = reader.header();
    assert_eq!((header.year.as_str(), header.lea.as_str()), (Some("2026"), Some("201")));
    let child = reader.next().unwrap().unwrap();
    assert!(reader.next().is_none());
    assert_eq!(child.child_id.as_str(), Some("A&1A"));
    assert_eq!((child.upn.as_str(), child.upn.line), (None, 8));
    assert_eq!((child.born.text.as_deref(), child.born.date), (Some("2015-02-30"), None));
    assert_eq!((child.sex.as_str(), child.sex.line), (Some("F"), 9));
    let codes: Vec<_> = child.disabilities.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes, [Some("LD"), Some("AUT")]);
    assert_eq!(child.episodes.len(), 2);
    let episode = &child.episodes[0];
    assert_eq!(episode.referred.date, Some(jiff::civil::date(2025, 5, 1)));
    assert_eq!(episode.no_further_action.value, Some(false));
    assert_eq!(episode.section_47s[0].no_conference.value, Some(false));
    let factors: Vec<_> = episode.assessments[0].factors.iter().map(|code| code.as_str()).collect();
    assert_eq!(factors, [Some("1A"), None]);
    let reviews = &episode.protection_plans[0].reviews;
    assert_eq!((reviews.len(), reviews[0].date.is_some(), reviews[1].date), (2, true, None));
}

#[test]
fn what_is_not_understood_is_kept_with_child_element_line_and_value() {
    let child = children(ONE.as_bytes()).unwrap().remove(0);
    let left: Vec<_> =
        child.not_understood.iter().map(|n| (n.child.as_deref(), &*n.element, n.line, &*n.value)).collect();
    assert_eq!(
        left,
        [
            (Some("A&1A"), "ChildIdentifiers/Sex", 9, "M"),
            (Some("A&1A"), "ChildCharacteristics/Shoe/Size", 10, "3"),
            (Some("A&1A"), "Child/CINdetails", 12, "stray"),
        ]
    );
}

#[test]
fn every_encoding_in_use_gives_the_same_children() {
    let text = ONE.replace("WBRI", "Zoë");
    let want = children(text.as_bytes()).unwrap();
    let latin: Vec<u8> =
        text.replace("utf-8", "ISO-8859-1").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let wide: Vec<u8> = text.replace("utf-8", "utf-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(children(&latin).unwrap(), want);
    assert_eq!(children(&[&[0xFF, 0xFE], &wide[..]].concat()).unwrap(), want);
    assert_eq!(children(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).unwrap(), want);
    let wrong: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let error = refusal(&wrong);
    assert!(matches!(error.problem, Problem::Encoding(_)), "{error}");
    assert_eq!((error.line, &*error.element), (10, "Ethnicity"));
}

#[test]
fn other_files_are_refused_by_name() {
    for (bytes, said) in [
        (&b""[..], "line 1: the file is empty; a census begins with <Message>"),
        (b" \n\t ", "the file is empty"),
        (b"<html><body/></html>", "found <html>, expected <Message>"),
        (b"CHILD,DOB\n1,2\n", "expected <Message>"),
        (b"<Message><Header/></Message>", "expected <Children>"),
        (
            b"<Message><Header><CollectionDetails><Collection>CLA</Collection></CollectionDetails></Header>\n<Children><Child/></Children></Message>",
            "line 2, in <Children>: this is not a CIN census: found a return that calls itself \"CLA\"",
        ),
        (b"PK\x03\x04zipped", "zip"),
        (b"{\"json\": 1}", "expected <Message>"),
    ] {
        let error = refusal(bytes).to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let whole = children(ONE.as_bytes()).unwrap();
    let end = ONE.trim_end().len();
    for cut in 0..end {
        if ONE.is_char_boundary(cut) {
            assert!(children(&ONE.as_bytes()[..cut]).is_err(), "cut at {cut}");
        }
    }
    assert_eq!(children(&ONE.as_bytes()[..end]).unwrap(), whole);
    let error = refusal(&ONE.as_bytes()[..ONE.find("<Section47>").unwrap()]);
    assert_eq!(
        error.to_string(),
        "line 16, in <CINdetails>: the file ends here, before </CINdetails>: it was cut short"
    );
}

#[test]
fn bombs_and_monsters_are_refused_in_small_memory() {
    let bomb =
        "<!DOCTYPE Message [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Message><Children/></Message>";
    assert!(matches!(refusal(bomb.as_bytes()).problem, Problem::Dtd));
    let entity = b"<Message><Children><Child>&lol;</Child></Children></Message>";
    assert!(matches!(refusal(entity).problem, Problem::Entity(_)));
    let deep = format!("<Message><Children><Child>{}", "<a>".repeat(10_000));
    assert!(matches!(refusal(deep.as_bytes()).problem, Problem::TooDeep));
    let long = format!("<Message><Children><Child><{}", "a".repeat(3 << 20));
    assert!(matches!(refusal(long.as_bytes()).problem, Problem::TooLarge(_)));
    let text = format!("<Message><Children><Child><UPN>{}", "a&amp;".repeat(1 << 20));
    assert!(matches!(refusal(text.as_bytes()).problem, Problem::TooLarge(_)));
    let many = format!("<Message><Children><Child>{}", "<CINdetails/>".repeat(300_000));
    assert!(matches!(refusal(many.as_bytes()).problem, Problem::TooLarge(_)));
    let comment = format!("<Message><!--{}", "-a".repeat(2 << 20));
    assert!(matches!(refusal(comment.as_bytes()).problem, Problem::TooLarge(_)));
}

#[test]
fn malformed_xml_names_line_and_element() {
    let error = refusal(b"<Message>\n<Children>\n<Child><UPN>1</LEA></Child></Children></Message>");
    assert_eq!((error.line, &*error.element), (3, "UPN"));
    assert!(matches!(error.problem, Problem::NotXml(_)), "{error}");
    let twice = refusal(b"<Message><Children/></Message><Message/>");
    assert!(matches!(twice.problem, Problem::NotXml(_)), "{twice}");
}

#[test]
fn white_space_between_ever_so_many_children_is_nothing() {
    let mut text = String::from("<Message><Children>");
    for n in 0..3_000 {
        let _ = write!(
            text,
            "{}<Child><ChildIdentifiers><LAchildID>{n}</LAchildID></ChildIdentifiers></Child>",
            " \n".repeat(400)
        );
    }
    text.push_str("</Children></Message>");
    let all = children(text.as_bytes()).unwrap();
    assert_eq!((all.len(), all[2999].row, all[2999].line), (3_000, 2_999, 1_200_001));
}

#[test]
fn the_samples_are_read_whole() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside =
        ["../../../shared/samples/cin", "../../../../shared/samples/cin"].map(|folder| here.join(folder));
    let Some(folder) = beside.into_iter().find(|folder| folder.is_dir()) else { return };
    for (name, count) in [("clean_300.xml", 300), ("faulty_420.xml", 424)] {
        let Ok(bytes) = std::fs::read(folder.join(name)) else { continue };
        let all = children(&bytes).unwrap();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|child| child.not_understood.is_empty()));
    }
}
