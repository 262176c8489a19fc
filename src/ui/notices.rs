//! What of a link could not be read.

use leptos::prelude::*;

use crate::reactive::part;
use crate::state::app_state;

/// A box that names everything that was ignored; gone when there is nothing.
#[component]
pub fn Notices() -> impl IntoView {
    let notices = app_state().notices();
    view! {
        {part(move || notices.with(|notices| !notices.is_empty()).then(|| view! {
            <section class="notices" role="alert" aria-labelledby="notices-title">
                <h2 id="notices-title">"Not all of the link could be read"</h2>
                <ul>
                    {part(move || notices.get().into_iter().map(|notice| view! { <li>{notice}</li> }).collect_view())}
                </ul>
                <button type="button" class="button" on:click=move |_| notices.set(Vec::new())>
                    "Dismiss"
                </button>
            </section>
        }))}
    }
}
