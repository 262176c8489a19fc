//! How long reading a book takes: `cargo test --release -p berth-model --test prices_speed -- --ignored --nocapture`.

use std::hint::black_box;
use std::time::Instant;

use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;

#[test]
#[ignore = "measures; run it alone, in a release build"]
fn reading_us_east_1() {
    let mut times: Vec<_> = (0..200)
        .map(|_| {
            let start = Instant::now();
            let book = PriceBook::parse(black_box(US_EAST_1));
            let time = start.elapsed();
            assert!(book.is_ok());
            time
        })
        .collect();
    times.sort_unstable();
    println!("median {:?}, slowest {:?}", times[100], times[199]);
}
