//! Rule 6: the legal sizes of Fargate tasks, from the table of the ECS developer guide.

use berth_model::platform::Os;

/// A size: quarters of a vCPU, and halves of a GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    /// vCPU, in quarters.
    pub(crate) quarters: i128,
    /// GiB, in halves.
    pub(crate) halves: i128,
}

/// Every size of an operating system.
pub(crate) fn legal(os: Os) -> Vec<Size> {
    let mut sizes = Vec::new();
    let mut tier = |quarters: i128, gib: Vec<i128>| {
        sizes.extend(gib.into_iter().map(|gib| Size {
            quarters,
            halves: 2 * gib,
        }));
    };
    if os == Os::Linux {
        tier(1, vec![1, 2]);
        tier(2, (1..=4).collect());
    }
    tier(4, (2..=8).collect());
    tier(8, (4..=16).collect());
    tier(16, (8..=30).collect());
    if os == Os::Linux {
        tier(32, (16..=60).step_by(4).collect());
        tier(64, (32..=120).step_by(8).collect());
        tier(128, vec![60, 120, 244]);
        sizes.push(Size {
            quarters: 1,
            halves: 1,
        });
    }
    sizes
}

#[test]
fn there_are_as_many_sizes_as_the_guide_lists() {
    assert_eq!(legal(Os::Linux).len(), 77);
    assert_eq!(legal(Os::Windows).len(), 43);
}
