//! The command line of Berth.

fn main() {}
