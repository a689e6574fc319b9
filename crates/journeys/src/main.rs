//! journeys
fn main() {}
