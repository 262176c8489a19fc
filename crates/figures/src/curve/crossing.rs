//! Finds where another option becomes the cheapest.

use super::Line;

/// A task count from which another line is the lowest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The first sampled task count at which it is.
    pub tasks: u32,
    /// Its cost there, in dollars.
    pub usd: f64,
    /// The index of the line that was the lowest until then.
    pub from: usize,
    /// The index of the line that is the lowest from then on.
    pub to: usize,
}

/// The task counts at which the lowest line changes, rising.
///
/// Looks at every task count that any line has a sample for. A tie keeps the line that was the
/// lowest; at the start the first of the tied lines leads. A count where no line has a price is
/// passed over.
///
/// ```
/// use berth_figures::curve::{Line, Sample, cheapest_changes};
/// let line = |usd: [f64; 3]| Line {
///     samples: (1..).zip(usd).map(|(tasks, usd)| Sample { tasks, usd: Some(usd) }).collect(),
///     ..Line::default()
/// };
/// let changes = cheapest_changes(&[line([10.0, 20.0, 30.0]), line([25.0, 25.0, 25.0])]);
/// assert_eq!((changes[0].tasks, changes[0].from, changes[0].to), (3, 0, 1));
/// ```
pub fn cheapest_changes(lines: &[Line]) -> Vec<Change> {
    let mut counts: Vec<u32> = lines
        .iter()
        .flat_map(|line| line.samples.iter().map(|sample| sample.tasks))
        .collect();
    counts.sort_unstable();
    counts.dedup();
    let mut changes = Vec::new();
    let mut lead: Option<usize> = None;
    for tasks in counts {
        let costs = || {
            lines
                .iter()
                .enumerate()
                .filter_map(|(index, line)| Some((index, line.usd_at(f64::from(tasks))?)))
        };
        let Some((lowest, usd)) = costs().min_by(|(_, a), (_, b)| a.total_cmp(b)) else {
            continue;
        };
        let keeps = costs().any(|(index, cost)| Some(index) == lead && cost <= usd);
        if keeps {
            continue;
        }
        if let Some(from) = lead {
            changes.push(Change {
                tasks,
                usd,
                from,
                to: lowest,
            });
        }
        lead = Some(lowest);
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{Sample, Shape};

    fn line(shape: Shape, samples: &[(u32, f64)]) -> Line {
        Line {
            shape,
            samples: samples
                .iter()
                .map(|&(tasks, usd)| Sample {
                    tasks,
                    usd: Some(usd),
                })
                .collect(),
            ..Line::default()
        }
    }

    #[test]
    fn a_staircase_wins_and_loses_again() {
        let per_task = line(
            Shape::Straight,
            &[(1, 10.0), (4, 40.0), (5, 50.0), (8, 80.0)],
        );
        let per_host = line(Shape::Steps, &[(1, 35.0), (5, 70.0), (8, 70.0)]);
        let changes = cheapest_changes(&[per_task, per_host]);
        let seen: Vec<_> = changes
            .iter()
            .map(|change| (change.tasks, change.to))
            .collect();
        assert_eq!(seen, [(4, 1), (5, 0), (8, 1)]);
    }

    #[test]
    fn a_tie_keeps_the_lead() {
        let one = line(Shape::Straight, &[(1, 1.0), (2, 5.0), (3, 9.0)]);
        let other = line(Shape::Straight, &[(1, 2.0), (2, 5.0), (3, 9.0)]);
        assert!(cheapest_changes(&[one, other]).is_empty());
    }

    #[test]
    fn nothing_has_no_changes() {
        assert!(cheapest_changes(&[]).is_empty());
    }
}
