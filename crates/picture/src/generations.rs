//! Which generation everyone stands in: parents above children, couples, brothers and sisters level.

use crate::family::Family;

/// One bond as a difference of generations: `b` stands `down` rows beneath `a`.
struct Step {
    a: usize,
    b: usize,
    down: i32,
}

fn steps(family: &Family) -> Vec<Step> {
    let mut all: Vec<Step> = vec![];
    all.extend(family.children.iter().map(|it| Step { a: it.parent, b: it.child, down: 1 }));
    all.extend(family.couples.iter().map(|it| Step { a: it.a, b: it.b, down: 0 }));
    all.extend(family.siblings.iter().map(|it| Step { a: it.a, b: it.b, down: 0 }));
    all.extend(family.twins.iter().map(|it| Step { a: it.a, b: it.b, down: 0 }));
    all.extend(family.kin.iter().map(|it| Step { a: it.a, b: it.b, down: i32::from(it.above) }));
    all
}

/// The row of each person, 0 at the top. Where bonds contradict each other (an uncle who married his niece) parents still
/// stand above their children; a ring of parents, which can only be a mistake in the record, is left as it falls.
pub(crate) fn rows(family: &Family) -> Vec<usize> {
    let steps = steps(family);
    let count = family.people.len();
    let mut at: Vec<Option<i32>> = vec![None; count];
    let roots = [family.index].into_iter().chain(0..count).filter(|it| *it < count);
    for root in roots {
        if at[root].is_none() {
            spread(&steps, &mut at, root);
        }
    }
    let mut at: Vec<i32> = at.into_iter().map(Option::unwrap_or_default).collect();
    for _ in 0..count {
        let mut moved = false;
        for bond in &family.children {
            if at[bond.child] <= at[bond.parent] {
                at[bond.child] = at[bond.parent] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let mut used: Vec<i32> = at.clone();
    used.sort_unstable();
    used.dedup();
    at.iter().map(|it| used.binary_search(it).unwrap_or_default()).collect()
}

/// Walks out from one person, nearest first; parents and children are followed before the others.
fn spread(steps: &[Step], at: &mut [Option<i32>], root: usize) {
    at[root] = Some(0);
    let mut queue = std::collections::VecDeque::from([root]);
    while let Some(who) = queue.pop_front() {
        let Some(mine) = at[who] else { continue };
        for step in steps {
            let next = if step.a == who {
                Some((step.b, mine + step.down))
            } else if step.b == who {
                Some((step.a, mine - step.down))
            } else {
                None
            };
            if let Some((next, row)) = next
                && at[next].is_none()
            {
                at[next] = Some(row);
                queue.push_back(next);
            }
        }
    }
}
