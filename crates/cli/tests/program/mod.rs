//! The program, as a person and another program call it.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Runs the program in the root of the repository on words and a standard input.
pub(crate) fn berth_on(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_berth"))
        .args(args)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // What the program does not read is no fault of the test.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What the program prints where all is well.
pub(crate) fn printed_on(args: &[&str], input: &str) -> String {
    let output = berth_on(args, input);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What the program says where it was given something that it cannot read.
pub(crate) fn refused_on(args: &[&str], input: &str) -> String {
    let output = berth_on(args, input);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty(), "nothing half is printed");
    String::from_utf8(output.stderr).unwrap()
}
