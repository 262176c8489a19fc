//! What of a region's figures its book has room for: a book is at most 30 KB gzip, because a page
//! waits for it.
//!
//! AWS sells an instance in dozens of ways. What decides most comes first, and the columns at the
//! end of that order are left out, by name, until the book is small enough.

use berth_model::platform::Os;
use berth_model::purchase::{CommitmentKind, Payment, PriceKind, Term};

use super::figures::Figures;

/// The largest book, in bytes of gzip.
pub(crate) const BOOK_GZIP: usize = 30_000;

/// How soon a column of EC2 is left out: the larger, the sooner. On-demand and Spot never are.
fn rank(os: Os, kind: PriceKind) -> Option<(u8, u8, u8, u8)> {
    let PriceKind::Committed(commitment) = kind else {
        return None;
    };
    let os = u8::from(os == Os::Windows);
    let payment = match commitment.payment {
        Payment::NoUpfront => 0,
        Payment::AllUpfront => 1,
        Payment::PartialUpfront => 2,
    };
    let kind = match commitment.kind {
        CommitmentKind::ReservedInstance => 0,
        CommitmentKind::ComputeSavingsPlan => 1,
        CommitmentKind::Ec2InstanceSavingsPlan => 2,
        CommitmentKind::Unstated => 3,
        CommitmentKind::ConvertibleReservedInstance => 4,
    };
    let term = match commitment.term {
        Term::OneYear => 0,
        Term::ThreeYears => 1,
    };
    // Convertible reservations go first of all, then Windows under commitments, then payments in
    // advance.
    let convertible = u8::from(kind == 4);
    Some((convertible, os + payment, kind, term))
}

/// Leaves out the column that can be missed most, and says which; `None` where all that is left
/// is needed.
pub(crate) fn shrink(figures: &mut Figures) -> Option<String> {
    let ranked = figures.ec2.keys().filter_map(|&(os, kind)| {
        let rank = rank(os, kind)?;
        Some((rank, (os, kind)))
    });
    let (_, (os, kind)) = ranked.max()?;
    figures.ec2.remove(&(os, kind));
    figures.upfront.remove(&(os, kind));
    Some(format!(
        "ec2 {} {kind}: the book would be over {BOOK_GZIP} bytes of gzip",
        os.id()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_most_is_left_out_last_and_list_and_spot_prices_never() {
        let order = [
            (Os::Linux, "ri_1y_no_upfront"),
            (Os::Linux, "ri_3y_no_upfront"),
            (Os::Linux, "compute_sp_1y_no_upfront"),
            (Os::Linux, "ec2_sp_3y_no_upfront"),
            (Os::Windows, "ri_1y_no_upfront"),
            (Os::Linux, "ec2_sp_1y_partial_upfront"),
            (Os::Windows, "ri_3y_partial_upfront"),
            (Os::Linux, "ri_convertible_1y_no_upfront"),
            (Os::Windows, "ri_convertible_3y_all_upfront"),
        ];
        let ranks: Vec<_> = order
            .iter()
            .map(|(os, id)| rank(*os, PriceKind::from_id(id).unwrap()))
            .collect();
        let mut sorted = ranks.clone();
        sorted.sort_unstable();
        assert_eq!(ranks, sorted);
        assert!(ranks.iter().all(Option::is_some));
        for os in [Os::Linux, Os::Windows] {
            assert_eq!(rank(os, PriceKind::OnDemand), None);
            assert_eq!(rank(os, PriceKind::Spot), None);
        }
    }
}
