//! Daemons: what stands on every instance beside the tasks.

use std::rc::Rc;

use berth_model::inputs::daemons::{self, DaemonPart};

use super::controls::shared;
use super::disclosure::when_opened;
use super::field::{Typed, check, part_field, refused, words_of};
use crate::dom::{Element, el};
use crate::platform::page;
use crate::reactive::{Memo, memo, signal};
use crate::state::AppState;

const ADD: &str = "daemon-add";

/// The daemons behind a disclosure that says how many there are.
pub fn daemons(state: AppState) -> Element {
    let count = memo(move || state.read(|scenario, _| scenario.fleet.daemons.len()));
    let words = move || match count.get() {
        0 => String::new(),
        count => format!(" ({count})"),
    };
    let summary = el("summary")
        .text("Daemons on every instance")
        .live_text(words)
        .child(shared(state));
    when_opened(summary, move || editor(state, count))
}

fn editor(state: AppState, count: Memo<usize>) -> Element {
    let problem = signal(String::new());
    let add = el("button")
        .attr("type", "button")
        .attr("id", ADD)
        .class("button small")
        .text("Add a daemon")
        .on_click(move || {
            let added = state.change(|scenario, _| daemons::add(scenario));
            problem.set(words_of(added));
        });
    let rows = move || {
        (0..count.get())
            .map(|index| daemon(state, index))
            .collect::<Vec<_>>()
    };
    el("div")
        .class("control-group")
        .child(el("p").class("field-help").text(
            "A log collector, a monitoring agent: each stands once on every instance of EC2 and Managed Instances.",
        ))
        .part(rows)
        .child(el("div").class("button-row").child(add))
        .child(refused(problem, state))
}

fn daemon(state: AppState, index: usize) -> Element {
    let text = move |part: DaemonPart| {
        state
            .read(|scenario, _| part.get(scenario, index))
            .unwrap_or_default()
    };
    let field = |part: DaemonPart| {
        let id = format!("daemon-{index}-{}", part as u8);
        let set = move |words: &str| {
            let set = state.change(|scenario, _| part.set(scenario, index, words));
            set.map_err(|error| error.to_string())
        };
        let present = memo(move || text(part));
        part_field(Typed {
            state: Some(state),
            ..Typed::of_part(id, part.part(), present, Rc::new(set))
        })
    };
    let is_sidecar = move || {
        state.read(|scenario, _| {
            let daemon = scenario.fleet.daemons.get(index);
            daemon.is_some_and(|daemon| daemon.sidecar_on_fargate)
        })
    };
    let sidecar = check(
        "Sidecar of each task on Fargate",
        is_sidecar,
        move |carried| {
            state.change_freely(|scenario, _| daemons::set_sidecar(scenario, index, carried));
        },
    );
    let remove = el("button")
        .attr("type", "button")
        .class("button small")
        .live_attr("aria-label", move || {
            ["Remove ", &text(DaemonPart::Name)].concat()
        })
        .text("Remove")
        .on_click(move || {
            state.change_freely(|scenario, _| daemons::remove(scenario, index));
            page::focus_again(ADD.to_owned());
        });
    let legend = el("legend").live_text(move || text(DaemonPart::Name));
    el("fieldset")
        .class("daemon")
        .child(legend)
        .child(DaemonPart::ALL.map(field).into_iter().collect::<Vec<_>>())
        .child(sidecar)
        .child(el("div").class("button-row").child(remove))
}
