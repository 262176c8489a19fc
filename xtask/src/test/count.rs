//! How many tests ran, read from what the test programs print.

/// Tests that passed and that failed.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Count {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads a line of Rust's test harness: `test result: ok. 12 passed; 0 failed; ...`.
    pub(super) fn read_rust(&mut self, line: &str) {
        let Some((_, counts)) = line
            .trim()
            .strip_prefix("test result: ")
            .and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        for part in counts.split(';') {
            self.read_part(part);
        }
    }

    /// Reads a line of Playwright's summary: `12 passed (5.2s)`.
    pub(super) fn read_playwright(&mut self, line: &str) {
        // The names of tests stand deeper, and may say anything.
        if line.starts_with("  ") && !line.starts_with("   ") {
            self.read_part(line);
        }
    }

    fn read_part(&mut self, part: &str) {
        let mut words = part.split_whitespace();
        let Some(number) = words.next().and_then(|word| word.parse::<u32>().ok()) else {
            return;
        };
        match words.next() {
            Some("passed") => self.passed += number,
            // A test that passes only at the second try is not one to trust; one that was interrupted did not pass.
            Some("failed" | "flaky" | "interrupted") => self.failed += number,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn counts_are_read_from_rust() {
        let mut count = Count::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        ] {
            count.read_rust(line);
        }
        assert_eq!(
            count,
            Count {
                passed: 4,
                failed: 2
            }
        );
    }

    #[test]
    fn counts_are_read_from_playwright() {
        let mut count = Count::default();
        for line in [
            "  ok 1 [chromium] > a.ts > 9 passed the gate (1s)",
            "  1 flaky",
            "    [chromium] > x",
            "  1 failed",
            "  12 passed (5.2s)",
        ] {
            count.read_playwright(line);
        }
        assert_eq!(
            count,
            Count {
                passed: 12,
                failed: 2
            }
        );
    }
}
