//! House keeping in Rust.
fn main() {}
