//! The `detente` program.

mod input;

fn main() {}
