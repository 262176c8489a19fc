//! What all services cost together, where each stands, and what they share.

use super::document::{document, failure};
use super::panel;
use crate::dom::{Element, el};
use crate::platform::page;
use crate::reactive::{Memo, effect, memo, signal};
use crate::state::AppState;
use crate::studies::{MOST_UNASKED, Panel, Studies};

const WHOLE: &str = "cluster";

/// The panel of the cluster; nothing for one service, which is its own.
pub fn cluster(state: AppState, studies: Studies) -> impl Fn() -> Option<Element> {
    let count = memo(move || {
        state
            .settled()
            .with(|answered| answered.scenario.services.len())
    });
    move || {
        (count.get() > 1)
            .then(|| panel("whole", "The whole cluster").child(whole(state, studies, count)))
    }
}

fn whole(state: AppState, studies: Studies, count: Memo<usize>) -> Element {
    let is_present = studies.is_present(Panel::Cluster);
    let is_assigned = studies.is_present(Panel::Assignment);
    let is_whole = memo(move || is_present.get() && is_assigned.get());
    let was_asked = signal(false);
    effect(move || {
        if is_whole.get() && was_asked.get_untracked() {
            was_asked.set(false);
            // The button goes with what it asked for.
            page::focus_again(WHOLE.to_owned());
        }
    });
    let asking = move || -> Option<Element> {
        let is_asked = is_whole.get() || failure(studies).is_some();
        (count.get() > MOST_UNASKED && !is_asked).then(|| {
            let takes = format!(
                "Pricing {} services together takes a moment. ",
                count.get_untracked()
            );
            let price = el("button")
                .attr("type", "button")
                .class("button small")
                .live_attr("aria-disabled", move || {
                    studies.is_pricing.get().to_string()
                })
                .live_text(move || {
                    let is_pricing = studies.is_pricing.get();
                    let words = if is_pricing {
                        "Being priced"
                    } else {
                        "Price the cluster"
                    };
                    words.to_owned()
                })
                .on_click(move || {
                    was_asked.set(true);
                    studies.price_cluster();
                });
            el("p").class("panel-note").text(&takes).child(price)
        })
    };
    el("div")
        .attr("id", WHOLE)
        .attr("tabindex", "-1")
        .class("cluster")
        .part(asking)
        .part(move || {
            // Nothing is being worked out before somebody asks for it.
            let is_awaited = count.get() <= MOST_UNASKED || studies.is_pricing.get();
            (is_awaited || is_present.get()).then(|| {
                let title = el("h3").text("The cheapest place for each service");
                let assigned = document(state, studies, Panel::Assignment);
                (document(state, studies, Panel::Cluster), (title, assigned))
            })
        })
}
