//! The least that a Leptos page can be: one signal, one button, and the mark that the start is measured by.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;

    mount_to_body(|| {
        let count = RwSignal::new(0);
        view! {
            <h1>"A minimal page"</h1>
            <button on:click=move |_| count.update(|count| *count += 1)>"Clicked " {count} " times"</button>
        }
    });
    request_animation_frame(|| {
        if let Some(root) = document().document_element() {
            // Setting a literal attribute name cannot fail.
            let _ = root.set_attribute("data-ready", "");
        }
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    eprintln!("This is a web page. `cargo xtask bench` builds it and measures Berth against it.");
    std::process::ExitCode::FAILURE
}
