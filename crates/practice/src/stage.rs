//! A child's space is opened by the child and a worker together, stage by stage, so that nobody comes upon what is written
//! about them alone and unprepared. What they may always do: write, read the answers, see who has read about them, and see
//! their rights.

use crate::words::words;

words! {
    /// How far a space is open.
    Stage {
        People = "people", "Who works with them, and writing to them";
        Next = "next", "And what happens next, with their plan";
        Written = "written", "And what is written about days when they were there";
        Whole = "whole", "And their story: all of it";
    }
}

/// From which stage on a page is open; none for pages that are always open.
fn needed(path: &str) -> Option<Stage> {
    let part = path.strip_prefix("/my/")?.split(['/', '?']).next()?;
    match part {
        "plan" | "next" => Some(Stage::Next),
        "read" | "file" => Some(Stage::Written),
        "story" => Some(Stage::Whole),
        _ => None,
    }
}

impl Stage {
    /// Whether a page is open at this stage.
    pub fn opens(self, path: &str) -> bool {
        needed(path).is_none_or(|needed| needed <= self)
    }
}

/// The stage at which a space begins: a child's with the people, a grown-up's whole.
pub fn first(age: Option<i16>) -> Stage {
    if age.is_some_and(|age| age < 18) { Stage::People } else { Stage::Whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stage_opens_what_the_one_before_did_and_more() {
        let pages =
            ["/my", "/my/people", "/my/plan", "/my/read/1?a=b", "/my/file/1", "/my/story", "/my/story/x"];
        let open = |stage: Stage| pages.iter().filter(|page| stage.opens(page)).count();
        let counts: Vec<usize> = Stage::ALL.iter().map(|stage| open(*stage)).collect();
        assert_eq!(counts, [2, 3, 5, 7]);
        for always in ["/my/write", "/my/answers", "/my/readers", "/my/rights", "/my/help", "/my/coming-in"] {
            assert!(Stage::People.opens(always), "{always}");
        }
    }

    #[test]
    fn a_childs_space_begins_with_the_people() {
        assert_eq!(
            (first(Some(13)), first(Some(18)), first(None)),
            (Stage::People, Stage::Whole, Stage::Whole)
        );
    }
}
