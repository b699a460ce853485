//! The least a process of Rust can do.
fn main() {}
