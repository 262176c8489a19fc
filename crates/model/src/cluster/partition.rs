//! Which services of a cluster share a capacity provider: one instance type to each (rule 7).

use std::collections::BTreeMap;

use crate::money::Usd;
use crate::order;
use crate::scenario::{ProviderChoice, Service};

/// Most providers that services of one kind of instance are split over.
pub(super) const MOST_PROVIDERS: usize = 3;

/// Most bundles of services whose every division is tried.
const MOST_BUNDLES: usize = 6;

/// What providers cost, by the services that stand on them.
pub(super) type Known = BTreeMap<Vec<usize>, Option<Usd>>;

/// Services that go together wherever they go.
#[derive(Clone, Debug)]
struct Bundle {
    services: Vec<usize>,
    named: ProviderChoice,
}

/// Divides services over at most three providers so that they cost least. `cost` prices one
/// provider, and is `None` where no type holds its services; what is `known` of providers already
/// is not asked for again. `None` where there is no division.
///
/// Every division of up to six services is tried. More of them are first bundled with those of
/// like shape (memory to vCPU, then size), at the five widest gaps between them.
pub(super) fn cheapest(
    services: &[&Service],
    indices: &[usize],
    known: &mut Known,
    cost: &mut dyn FnMut(&[usize]) -> Option<Usd>,
) -> Option<Vec<Vec<usize>>> {
    let bundles = bundles(services, indices);
    let mut best: Option<(Usd, Vec<Vec<usize>>)> = None;
    let mut division = vec![0; bundles.len()];
    loop {
        if let Some(blocks) = blocks(&bundles, &division) {
            let mut total = Some(Usd::ZERO);
            for block in &blocks {
                let priced = *known.entry(block.clone()).or_insert_with(|| cost(block));
                total = total.zip(priced).map(|(sum, priced)| sum + priced);
            }
            // Divisions come with fewer providers first where they begin alike; the first wins.
            if let Some(total) = total
                && best
                    .as_ref()
                    .is_none_or(|(least, of)| (total, blocks.len()) < (*least, of.len()))
            {
                best = Some((total, blocks));
            }
        }
        if !next(&mut division) {
            break;
        }
    }
    best.map(|(_, blocks)| blocks)
}

/// The next division: each entry names a block, and is at most one more than all before it.
fn next(division: &mut [usize]) -> bool {
    for place in (1..division.len()).rev() {
        let before = division.get(..place).unwrap_or_default();
        let most = before.iter().copied().max().unwrap_or(0) + 1;
        let Some(block) = division.get_mut(place) else {
            return false;
        };
        if *block < most.min(MOST_PROVIDERS - 1) {
            *block += 1;
            if let Some(after) = division.get_mut(place + 1..) {
                after.fill(0);
            }
            return true;
        }
    }
    false
}

/// The services of each block; `None` where a block would hold two named providers, or two
/// blocks the same.
fn blocks(bundles: &[Bundle], division: &[usize]) -> Option<Vec<Vec<usize>>> {
    let count = division.iter().copied().max()? + 1;
    let mut blocks: Vec<(Vec<usize>, ProviderChoice)> =
        vec![(Vec::new(), ProviderChoice::Auto); count];
    for (bundle, &block) in bundles.iter().zip(division) {
        let (services, named) = blocks.get_mut(block)?;
        services.extend(&bundle.services);
        match (bundle.named, *named) {
            (ProviderChoice::Auto, _) => {}
            (name, ProviderChoice::Auto) => *named = name,
            _ => return None,
        }
    }
    let sorted = blocks.into_iter().map(|(mut services, _)| {
        services.sort_unstable();
        services
    });
    Some(sorted.collect())
}

/// The services bundled: those of a named provider together, the rest one by one where they are
/// few, else by shape.
fn bundles(services: &[&Service], indices: &[usize]) -> Vec<Bundle> {
    let mut bundles: Vec<Bundle> = Vec::new();
    let mut free = Vec::new();
    for &index in indices {
        let Some(service) = services.get(index) else {
            continue;
        };
        if service.provider == ProviderChoice::Auto {
            free.push(index);
            continue;
        }
        match bundles
            .iter_mut()
            .find(|bundle| bundle.named == service.provider)
        {
            Some(bundle) => bundle.services.push(index),
            None => bundles.push(Bundle {
                services: vec![index],
                named: service.provider,
            }),
        }
    }
    let room = MOST_BUNDLES.saturating_sub(bundles.len()).max(1);
    let free = by_shape(services, &free, room);
    bundles.extend(free.into_iter().map(|services| Bundle {
        services,
        named: ProviderChoice::Auto,
    }));
    bundles
}

/// Services in at most `most` groups of like shape.
fn by_shape(services: &[&Service], indices: &[usize], most: usize) -> Vec<Vec<usize>> {
    if indices.len() <= most {
        return indices.iter().map(|&index| vec![index]).collect();
    }
    // Memory to vCPU in thousandths, then size.
    let shape = |index: usize| {
        services.get(index).map_or((0, 0), |service| {
            let (vcpu, memory) = (service.task.vcpu.grains(), service.task.memory.grains());
            let ratio = u64::from(memory) * 1_000 / u64::from(vcpu.max(1));
            (ratio, u64::from(vcpu) + u64::from(memory))
        })
    };
    let sorted: Vec<usize> = order::by_key(indices, |&index| shape(index))
        .into_iter()
        .copied()
        .collect();
    let gap = |pair: &[usize]| match pair {
        // By how much a ratio is more than the one before, in thousandths of that.
        [a, b] => (shape(*b).0 - shape(*a).0) * 1_000 / shape(*a).0.max(1),
        _ => 0,
    };
    let gaps: Vec<u64> = sorted.windows(2).map(gap).collect();
    let widest = order::indices(gaps.len(), &mut |a, b| gaps.get(b).cmp(&gaps.get(a)));
    let cuts: Vec<usize> = widest.into_iter().take(most - 1).collect();
    let mut groups = vec![Vec::new()];
    for (place, index) in sorted.into_iter().enumerate() {
        if let Some(group) = groups.last_mut() {
            group.push(index);
        }
        if cuts.contains(&place) {
            groups.push(Vec::new());
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_division_over_at_most_three_blocks_comes_once() {
        let count = |bundles: usize| {
            let mut division = vec![0; bundles];
            let mut seen = vec![division.clone()];
            while next(&mut division) {
                seen.push(division.clone());
            }
            seen.sort();
            seen.dedup();
            seen.len()
        };
        // Stirling numbers of the second kind, 1 to 3 blocks.
        assert_eq!([1, 2, 3, 4, 5, 6].map(count), [1, 2, 5, 14, 41, 122]);
    }
}
