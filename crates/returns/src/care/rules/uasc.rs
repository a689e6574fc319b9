//! Rules on unaccompanied asylum seekers.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "104",
        "UASC:DUC",
        "UASC.DUC",
        "The day on which the child ceases to be an unaccompanied asylum seeker cannot be read, or lies before this year.",
        "Enter the day as dd/mm/yyyy; a child who ceased before 1 April no longer belongs here.",
        Each(UASC, |r, i| r.uasc.duc.unreadable(i) || r.uasc.duc[i] < r.start),
    ),
    rule(
        "205A",
        "UASC:CHILD,DOB,DUC last.UASC:CHILD,DOB,DUC ~Header:CHILD,UASC ~last.Header:CHILD,UASC",
        "UASC.DUC Header.UASC",
        "The child was an unaccompanied asylum seeker last year and is not this year, and the day this ceased does not explain it.",
        "Mark the child as unaccompanied, or correct the day this ceased last year.",
        Whole(no_longer),
    ),
    rule(
        "205B",
        "UASC:CHILD,DOB,DUC last.UASC:CHILD,DOB,DUC ~Header:CHILD,UASC ~last.Header:CHILD,UASC",
        "UASC.DUC Header.UASC",
        "The child is an unaccompanied asylum seeker in both years, but the days on which this ceases do not fit.",
        "Enter a day within this year, or the 18th birthday given last year.",
        Whole(still),
    ),
    rule(
        "205C",
        "UASC:CHILD,DOB,DUC last.UASC:CHILD,DOB,DUC ~Header:CHILD,UASC ~last.Header:CHILD,UASC",
        "UASC.DUC Header.UASC",
        "A day of ceasing is given for a child who was an unaccompanied asylum seeker in neither year.",
        "Remove the day, or mark the child as unaccompanied.",
        Whole(never),
    ),
    rule(
        "205D",
        "Header:CHILD,UASC|UASC:CHILD last.Header:CHILD,UASC|last.UASC:CHILD",
        "Header.UASC UASC",
        "The child is an unaccompanied asylum seeker now, but was not last year.",
        "Check both years; a child already looked after does not become unaccompanied.",
        Whole(newly),
    ),
    rule(
        "303",
        "UASC:CHILD,DUC Header:CHILD,UASC",
        "UASC.DUC Header.UASC",
        "A day of ceasing to be an unaccompanied asylum seeker is given, but the child is not marked as one.",
        "Remove the day, or mark the child as unaccompanied.",
        Pairs(UASC, Header, |r, u, h| r.uasc.duc.raw[u].filled() && !is!(r.header.uasc[h], "1")),
    ),
    rule(
        "304",
        "UASC:DOB,DUC",
        "UASC.DUC",
        "The day of ceasing to be an unaccompanied asylum seeker lies after the 18th birthday.",
        "Enter the 18th birthday or an earlier day.",
        Each(UASC, |r, i| r.uasc.duc[i] > r.uasc.dob[i].plus_years(18)),
    ),
];

/// Whether the year marks the child as unaccompanied: as Header says, or the row in UASC where there is no Header.
/// None where the year does not know the child.
fn marked(year: &Year, kid: Kid) -> Option<bool> {
    if year.header.loaded {
        let mut rows = year.header.of(kid);
        let first = rows.next()?;
        return Some(is!(year.header.uasc[first], "1") || rows.any(|h| is!(year.header.uasc[h], "1")));
    }
    let mut rows = year.uasc.of(kid).peekable();
    rows.peek()?;
    Some(rows.any(|u| year.uasc.sex[u].filled() || year.uasc.duc.raw[u].filled()))
}

/// Last year's last day of being unaccompanied and date of birth, of each row; of no row where there is none.
fn ceased_last(run: &Run, kid: Kid) -> Vec<(Sym, Day, Day)> {
    let last = &run.last.uasc;
    let rows: Vec<_> = last.of(kid).map(|u| (last.duc.raw[u], last.duc[u], last.dob[u])).collect();
    if rows.is_empty() { vec![(Sym::BLANK, Day::NONE, Day::NONE)] } else { rows }
}

fn point(run: &Run, found: &mut Found, kid: Kid) {
    found.all(UASC, run.uasc.of(kid));
    found.all(Header, run.header.of(kid));
}

fn no_longer(run: &Run, found: &mut Found) {
    let (start, end) = (run.start.plus_years(-1), run.end.plus_years(-1));
    for u in run.uasc.rows() {
        let kid = run.uasc.kid(u);
        if marked(run, kid) == Some(true) || marked(&run.last, kid) != Some(true) {
            continue;
        }
        let outside = |was: &(Sym, Day, Day)| !(was.1 >= start && was.1 <= end);
        if run.uasc.duc.raw[u].filled() || ceased_last(run, kid).iter().any(outside) {
            found.at(UASC, u);
            found.all(Header, run.header.of(kid));
        }
    }
}

fn still(run: &Run, found: &mut Found) {
    for u in run.uasc.rows() {
        let kid = run.uasc.kid(u);
        if marked(run, kid) != Some(true) || marked(&run.last, kid) != Some(true) {
            continue;
        }
        let ceases = run.uasc.duc[u];
        let does_not_fit = |was: &(Sym, Day, Day)| {
            (!run.in_year(ceases) && ceases != was.1) || was.1 != was.2.plus_years(18)
        };
        if ceased_last(run, kid).iter().any(does_not_fit) {
            found.at(UASC, u);
            found.all(Header, run.header.of(kid));
        }
    }
}

fn never(run: &Run, found: &mut Found) {
    for kid in run.uasc.kids() {
        let known = if run.header.loaded { run.header.names(kid) } else { run.uasc.names(kid) };
        let unmarked = known && marked(run, kid) != Some(true) && marked(&run.last, kid) != Some(true);
        if unmarked {
            let now = run.uasc.of(kid).any(|u| run.uasc.duc.raw[u].filled());
            if now || ceased_last(run, kid).iter().any(|was| was.0.filled()) {
                point(run, found, kid);
            }
        }
    }
}

fn newly(run: &Run, found: &mut Found) {
    for kid in run.uasc.kids() {
        if marked(run, kid) == Some(true) && marked(&run.last, kid) == Some(false) {
            if run.header.loaded {
                found.all(Header, run.header.of(kid));
            } else {
                found.all(UASC, run.uasc.of(kid));
            }
        }
    }
}
