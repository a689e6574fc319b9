//! The Children in Need census: one XML file a year in which a council tells of every child in need.

mod child;
mod day;
mod decode;
mod groups;
mod judge;
mod law;
mod overlap;
mod read;
mod refusal;
mod rules;
mod table;
mod table_of_rules;
mod validate;

pub use child::{
    Assessment, Child, Children, CinPlan, Dated, Episode, Flag, Header, PreProceedings, ProtectionPlan,
    Section47, Written,
};
pub use day::Day;
pub use refusal::{Problem, ReadError};
pub use table::{Cell, Field, RowOf, Table, Tables, field};
pub use table_of_rules::rules_in_markdown;
pub use validate::{Options, Refused, nothing_judged, validate, years};
