//! Starts the page. Natively there is nothing to start: it says how the page is built.

#[cfg(target_arch = "wasm32")]
fn main() {
    berth_page::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    eprintln!("This is a web page. `cargo xtask serve` builds it and opens it in a browser.");
    std::process::ExitCode::FAILURE
}
