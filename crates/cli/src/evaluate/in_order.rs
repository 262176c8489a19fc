//! Work on many things at once, with results in their order.

use std::num::NonZero;
use std::thread;

/// Things that each thread takes before results are handed on, so that few wait in memory.
const EACH: usize = 16;

/// Makes something of each thing, on as many threads as the machine runs at a time, and hands it
/// on in the order of the things. The first failure ends it.
pub(crate) fn written<T: Sync, R: Send, E: Send>(
    things: &[T],
    make: impl Fn(&T) -> Result<R, E> + Sync,
    mut hand_on: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = things.len().div_ceil(threads).clamp(1, EACH);
    let make = &make;
    for round in things.chunks(share * threads) {
        let results: Vec<Result<Vec<R>, E>> = thread::scope(|scope| {
            let work = |part| scope.spawn(move || part_of(part, make));
            let parts: Vec<_> = round.chunks(share).map(work).collect();
            let joined = parts.into_iter().map(thread::ScopedJoinHandle::join);
            // A panic of a thread is a panic of the program.
            joined
                .map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        for part in results {
            part?.into_iter().try_for_each(&mut hand_on)?;
        }
    }
    Ok(())
}

fn part_of<T, R, E>(part: &[T], make: &impl Fn(&T) -> Result<R, E>) -> Result<Vec<R>, E> {
    part.iter().map(make).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_the_first_failure_ends_it() {
        let things: Vec<u32> = (0..1_000).collect();
        let mut doubled = Vec::new();
        let double = |&thing: &u32| Ok::<u32, u32>(thing * 2);
        let result = written(&things, double, |thing| {
            doubled.push(thing);
            Ok(())
        });
        assert_eq!(result, Ok(()));
        assert!(
            doubled
                .iter()
                .copied()
                .eq((0..1_000).map(|thing| thing * 2))
        );
        let odd = |&thing: &u32| if thing == 700 { Err(thing) } else { Ok(thing) };
        let mut count = 0;
        let result = written(&things, odd, |_| {
            count += 1;
            Ok(())
        });
        assert_eq!(result, Err(700));
        assert!(count <= 700);
        assert_eq!(written(&[], double, |_| Ok(())), Ok(()));
    }
}
