//! Documents set for paper: tagged PDF (PDF/UA-1), made in memory by typst. What a document says is handed over beside the
//! markup and never becomes part of it. The same document gives the same bytes.
//!
//! All of it is behind the feature `typst`, so that whoever builds the workspace does not wait for the typesetter; the
//! program takes it with its own feature `pdf`.

#[cfg(feature = "typst")]
mod faces;
#[cfg(feature = "typst")]
mod set;
#[cfg(feature = "typst")]
mod world;

#[cfg(feature = "typst")]
pub use set::{Refused, pdf};

#[cfg(all(test, feature = "read-back"))]
mod tests;
