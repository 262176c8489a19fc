//! The heap: two-level segregated fit, which finds room in constant time and is a sixth of the standard allocator's code.

use rlsf::{GlobalTlsf, GlobalTlsfOptions};

/// Small code; memory that the browser adds is joined to what is there.
struct Small;

impl GlobalTlsfOptions for Small {
    /// Growing a list moves it: most are small, and the code for more is not.
    const ENABLE_REALLOCATION: bool = false;
}

#[global_allocator]
static HEAP: GlobalTlsf<Small> = GlobalTlsf::new();
