//! What all services cost together, where each stands, and what they share.

use std::sync::Arc;

use berth_model::explain::{ClusterBill, ClusterWords, Sentence, ServiceBill};
use berth_model::words;

use super::advice::failure;
use super::panel;
use super::sentence::{class_name, say};
use crate::dom::{Element, el};
use crate::platform::page;
use crate::reactive::{Signal, effect, memo, signal};
use crate::state::AppState;
use crate::studies::{MOST_UNASKED, Studies, Together};

const WHOLE: &str = "cluster";

/// The panel of the cluster; nothing for one service, which is its own.
pub fn cluster(state: AppState, studies: Studies) -> impl Fn() -> Option<Element> {
    let count = memo(move || {
        state
            .settled()
            .with(|answered| answered.scenario.services.len())
    });
    move || {
        (count.get() > 1).then(|| panel("whole", "The whole cluster").child(whole(state, studies)))
    }
}

fn whole(state: AppState, studies: Studies) -> Element {
    let is_present = memo(move || {
        let is_of = |known: &Arc<Together>| state.settled().with(|answered| known.is_of(answered));
        studies
            .cluster
            .with(|known| known.as_ref().is_some_and(is_of))
    });
    let was_asked = signal(false);
    effect(move || {
        if is_present.get() && was_asked.get_untracked() {
            was_asked.set(false);
            // The button goes with what it asked for.
            page::focus_again(WHOLE.to_owned());
        }
    });
    el("div")
        .attr("id", WHOLE)
        .attr("tabindex", "-1")
        .class("cluster")
        .live_class("stale", move || !is_present.get())
        .part(move || (!is_present.get()).then(|| waiting(state, studies, was_asked)))
        .part(move || {
            studies.cluster.with(|known| {
                let known = known.as_ref();
                known.map_or_else(Vec::new, |known| found(state, &known.words))
            })
        })
}

/// What is said until the cluster is priced, and the way to have it priced where that takes a while.
fn waiting(state: AppState, studies: Studies, was_asked: Signal<bool>) -> Element {
    let count = state
        .settled()
        .with(|answered| answered.scenario.services.len());
    if let Some(failure) = failure(studies) {
        return note(&failure);
    }
    if count <= MOST_UNASKED {
        return note("Being priced for the present inputs.");
    }
    let takes = format!("Pricing {count} services together takes a moment. ");
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
    note(&takes).child(price)
}

fn note(words: &str) -> Element {
    el("p").class("panel-note").text(words)
}

fn found(state: AppState, words: &ClusterWords) -> Vec<Element> {
    let ClusterWords {
        sentence,
        bill,
        capacity,
        places,
        quotas,
    } = words;
    let mut parts = vec![say(sentence, el("p").class("cluster-total"))];
    parts.extend(bill.as_ref().map(|bill| table(state, bill)));
    parts.extend(list("What stands on what", capacity));
    parts.extend(list("All services on one place", places));
    parts.extend(list("Quotas that they reach together", quotas));
    parts
}

/// A list under its heading; nothing where there is nothing.
fn list(title: &str, sentences: &[Sentence]) -> Vec<Element> {
    if sentences.is_empty() {
        return Vec::new();
    }
    let items = sentences.iter().map(|one| say(one, el("li")));
    vec![
        el("h3").text(title),
        el("ul").class("sentences").child(items.collect::<Vec<_>>()),
    ]
}

fn table(state: AppState, bill: &ClusterBill) -> Element {
    let column = |words: &str, class: &str| {
        let heading = el("th").attr("scope", "col").class(class);
        heading.text(words)
    };
    let head = el("tr").children([
        column("Service", ""),
        column("Its tasks", "number"),
        column("Idle room", "number"),
        column("A month", "number"),
    ]);
    let services = bill.services.iter().enumerate();
    let mut rows: Vec<Element> = services
        .map(|(index, of)| service(state, index, of))
        .collect();
    if let Some((what, amount)) = &bill.common {
        let what = el("th")
            .attr("scope", "row")
            .attr("colspan", "3")
            .text(what);
        let row = el("tr").child(what);
        rows.push(row.child(number(amount)));
    }
    let sum = el("tr")
        .child(el("th").attr("scope", "row").text("The cluster"))
        .child(numbers(&bill.total));
    let table = el("table")
        .child(
            el("caption").text("What each service costs of the bill. Press one to see its answer."),
        )
        .child(el("thead").child(head))
        .child(el("tbody").child(rows))
        .child(el("tfoot").child(sum));
    el("div")
        .class("scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "The bill by service")
        .child(table)
}

/// A service: pressed, it is the one that is shown.
fn service(state: AppState, index: usize, bill: &ServiceBill) -> Element {
    let show = el("button")
        .attr("type", "button")
        .class("service-show")
        .live_attr("aria-pressed", move || (state.shown() == index).to_string())
        .text(&bill.name)
        .on_click(move || state.show(index));
    let option = el("span")
        .class(&["service-option ", &class_name(bill.option.class())].concat())
        .text(&words::option(bill.option));
    let name = el("th").attr("scope", "row").child(show).child(option);
    el("tr").child(name).child(numbers(&bill.amounts))
}

fn numbers(amounts: &[String; 3]) -> Vec<Element> {
    amounts.iter().map(|amount| number(amount)).collect()
}

fn number(amount: &str) -> Element {
    el("td").class("number").text(amount)
}
