//! Shapes that many rules share, and what rules are written with.

pub(super) use super::super::code::{
    self, ABROAD, ADOPT, ADOPTED, FLAG, FOSTER, NO_URN, OTHER, REC_LEFT, SHORT, Set, TEMPORARY, UPN_UNKNOWN,
    is,
};
pub(super) use super::super::day::{self, Day};
pub(super) use super::super::rule::Check::{Against, Each, Pairs, Whole};
pub(super) use super::super::rule::{Found, Rule, rule};
pub(super) use super::super::run::{Run, Year};
pub(super) use super::super::table::Kid;
pub(super) use super::super::table::Table::{
    self, AD1, DoLo, Episodes, Header, Missing, OC2, OC3, PlacedAdoption, PrevPerm, Reviews, SWEpisodes, UASC,
};
pub(super) use super::super::text::Sym;

/// Something stands there that the list does not hold.
pub(super) fn wrong(cell: Sym, list: Set) -> bool {
    cell.filled() && !list.has(cell)
}

/// The text read as a number.
pub(super) fn number(run: &Run, cell: Sym) -> Option<f64> {
    run.text(cell).trim().parse().ok()
}

/// Any answer about adoption stands in the row of AD1.
pub(super) fn adoption_answers(run: &Run, row: usize) -> [bool; 6] {
    let a = &run.ad1;
    [
        a.decided.raw[row].filled(),
        a.matched.raw[row].filled(),
        a.foster_care[row].filled(),
        a.adopters[row].filled(),
        a.sex[row].filled(),
        a.ls[row].filled(),
    ]
}

pub(super) fn adopted_said(run: &Run, row: usize) -> bool {
    adoption_answers(run, row).contains(&true)
}

/// Any answer about a care leaver stands in the row of OC3.
pub(super) fn leaver_said(run: &Run, row: usize) -> bool {
    let o = &run.oc3;
    o.in_touch[row].filled() || o.activ[row].filled() || o.accom[row].filled()
}

/// The eight answers of OC2 that are yes or no.
pub(super) fn outcomes(run: &Run, row: usize) -> [Sym; 8] {
    let o = &run.oc2;
    [
        o.convicted[row],
        o.health_check[row],
        o.immunisations[row],
        o.teeth[row],
        o.assessment[row],
        o.misuse[row],
        o.received[row],
        o.offered[row],
    ]
}

/// One of the four health answers every child needs is blank.
pub(super) fn health_blank(run: &Run, row: usize) -> bool {
    outcomes(run, row)[2..6].iter().any(|answer| answer.blank())
}

/// Rows whose child has more than one row in the table.
pub(super) fn doubled(run: &Run, table: Table, row: usize) -> bool {
    run.sheet(table).of(run.sheet(table).kid(row)).len() > 1
}

/// The child looked at is in the table.
pub(super) fn in_table(run: &Run, table: Table, kid: Kid) -> bool {
    run.sheet(table).names(kid)
}
