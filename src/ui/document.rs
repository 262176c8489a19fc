//! Documents of the studies: paragraphs, lists, tables and figures, whatever they are about.
//!
//! A document with the same outline as the one before changes its words in place: what a person has focused, opened
//! or scrolled stays.

use std::sync::Arc;

use berth_figures::{Key, Scene, Size, frame_height};
use berth_model::explain::document::{Action, Block, Document, Item, Mark, Picture, Row, Table};

use super::figure::{Parts, figure};
use super::sentence::{class_name, say};
use super::table;
use crate::books::Loading;
use crate::dom::{Element, el};
use crate::platform::px::px;
use crate::platform::{module, page};
use crate::reactive::{Memo, Signal, effect, memo, signal};
use crate::state::AppState;
use crate::studies::{Panel, Shown, Studies};

/// From so many columns on a table keeps a width of its own, and scrolls where there is less room.
const WIDE: usize = 6;

/// A document that follows its panel.
#[derive(Clone, Copy)]
struct Following {
    state: AppState,
    shown: Signal<Option<Arc<Shown>>>,
    /// Whether it belongs to older inputs.
    is_stale: Memo<bool>,
    /// Whether something on it was pressed.
    was_taken: Signal<bool>,
}

/// What a panel shows; the document of older inputs stays until the newer is known, dimmed, and nothing on it can be
/// pressed meanwhile.
pub fn document(state: AppState, studies: Studies, panel: Panel) -> Element {
    let shown = studies.shown(panel);
    let is_present = studies.is_present(panel);
    // While another region's prices are on their way, what is shown proposes scenarios of the last one.
    let loading = state.loading();
    let is_stale =
        memo(move || !is_present.get() || loading.with(|loading| *loading != Loading::Done));
    let following = Following {
        state,
        shown,
        is_stale,
        was_taken: signal(false),
    };
    let place = ["document-", panel.id()].concat();
    following.keep_focus(place.clone());
    let outline = memo(move || following.read(Document::outline).unwrap_or_default());
    el("div")
        .attr("id", &place)
        .attr("tabindex", "-1")
        .class("document")
        .live_class("stale", move || is_stale.get())
        .part(move || {
            outline.track();
            following.blocks()
        })
        .part(move || {
            let is_here = shown.with(Option::is_some);
            let waiting = || (!is_here).then(|| "Being worked out.".to_owned());
            let failure = failure(studies).filter(|_| is_stale.get());
            let note = failure.or_else(waiting);
            note.map(|note| el("p").class("panel-note").text(&note))
        })
}

/// What is said where the module cannot be had.
pub(super) fn failure(studies: Studies) -> Option<String> {
    studies.failure().map(|reason| {
        format!(
            "This part of the page could not be loaded ({reason}). The next change of an input tries again."
        )
    })
}

impl Following {
    /// Where the button that was pressed goes with what it offered, its place takes the focus.
    fn keep_focus(self, place: String) {
        effect(move || {
            self.shown.track();
            if self.was_taken.get_untracked() {
                self.was_taken.set(false);
                page::focus_again(place.clone());
            }
        });
    }

    fn read<T>(self, read: impl FnOnce(&Document) -> T) -> Option<T> {
        self.shown
            .with(|shown| shown.as_ref().map(|shown| read(&shown.document)))
    }

    /// Words of a block, followed.
    fn words(self, index: usize, read: fn(&Block, usize) -> Option<&str>, place: usize) -> String {
        let words = |document: &Document| {
            let block = document.blocks.get(index)?;
            read(block, place).map(str::to_owned)
        };
        self.read(words).flatten().unwrap_or_default()
    }

    fn blocks(self) -> Vec<Element> {
        self.shown.with_untracked(|shown| {
            let blocks = shown.as_ref().map(|shown| &*shown.document.blocks);
            let blocks = blocks.unwrap_or_default().iter().enumerate();
            blocks
                .map(|(index, block)| self.element(index, block))
                .collect()
        })
    }

    fn element(self, index: usize, block: &Block) -> Element {
        match block {
            Block::Lead(_) => self.sentence("p", index, 0).class("document-lead"),
            Block::Text(_) => self.sentence("p", index, 0),
            Block::Note(_) => self.sentence("p", index, 0).class("panel-note"),
            Block::Heading(_) => {
                el("h3").live_text(move || self.words(index, |block, _| block.title(), 0))
            }
            Block::List(items) => self.list(index, items),
            Block::More(_, items) => {
                let title = move || self.words(index, |block, _| block.title(), 0);
                el("details")
                    .class("document-more")
                    .child(el("summary").live_text(title))
                    .child(self.list(index, items))
            }
            Block::Exchange(_, answer) => self.exchange(index, answer.len()),
            Block::Table(table) => self.table(index, table),
            Block::Figure(picture) => self.figure(index, picture),
        }
    }

    fn list(self, index: usize, items: &[Item]) -> Element {
        let items = items.iter().enumerate().map(|(place, item)| {
            let said = self.sentence("li", index, place);
            match item.action {
                Some(_) => said.text(" ").child(self.button(index, place)),
                None => said,
            }
        });
        el("ul").class("sentences").child(items.collect::<Vec<_>>())
    }

    /// An element that says a sentence of a block.
    fn sentence(self, name: &str, index: usize, place: usize) -> Element {
        el(name).part(move || {
            self.read(|document| {
                let block = document.blocks.get(index)?;
                Some(say(block.sentence(place)?, el("span")))
            })
            .flatten()
        })
    }

    fn exchange(self, index: usize, paragraphs: usize) -> Element {
        let question = el("p")
            .class("interview-question")
            .live_text(move || self.words(index, |block, _| block.title(), 0));
        let answer = (0..paragraphs).map(|place| self.sentence("p", index, place));
        let answer = el("div")
            .class("interview-answer")
            .child(answer.collect::<Vec<_>>());
        el("blockquote")
            .class("interview")
            .children([question, answer])
    }

    fn action<T>(self, index: usize, place: usize, read: fn(&Action) -> T) -> Option<T> {
        self.read(|document| Some(read(document.blocks.get(index)?.action(place)?)))
            .flatten()
    }

    fn button(self, index: usize, place: usize) -> Element {
        let words = move |read: fn(&Action) -> String| {
            move || self.action(index, place, read).unwrap_or_default()
        };
        let about = el("span")
            .class("visually-hidden")
            .live_text(words(|action| [" (", &action.about, ")"].concat()));
        el("button")
            .attr("type", "button")
            .class("button small")
            .live_flag("disabled", move || self.is_stale.get())
            .live_text(words(|action| action.label.clone()))
            .child(about)
            .on_click(move || self.take(index, place))
    }

    fn take(self, index: usize, place: usize) {
        let link = self.action(index, place, |action| action.link.clone());
        if let Some(link) = link {
            self.was_taken.set(true);
            self.state.jump(&link);
        }
    }

    fn table(self, index: usize, table: &Table) -> Element {
        let rows = table.rows.iter().enumerate().map(|(place, row)| {
            let cells = row.cells.iter().zip(&table.columns).enumerate();
            let cells = cells.map(|(column, (_, set))| {
                let class = table::class(set.set);
                if column == 0 && row.action.is_some() {
                    let name = el("th").attr("scope", "row").class(class);
                    name.child(self.name(index, place))
                } else {
                    self.cell(index, (place, column), class)
                }
            });
            el("tr").child(cells.collect::<Vec<_>>())
        });
        let rows: Vec<Element> = rows.collect();
        let is_wide = table.columns.len() >= WIDE;
        let summary = table.is_folded.then(|| el("summary").text(&table.name));
        let body = el("table")
            .class(if is_wide {
                "document-table wide"
            } else {
                "document-table"
            })
            .child(el("caption").text(&table.name))
            .child(table::head(&table.columns))
            .child(el("tbody").child(rows))
            .part(move || self.sum(index));
        let table = table::scrolling(&table.name, body);
        match summary {
            Some(summary) => el("details")
                .class("document-more")
                .children([summary, table]),
            None => table,
        }
    }

    /// The name of a row that can be pressed; it is pressed where its scenario and service are those that are shown.
    fn name(self, index: usize, row: usize) -> Element {
        el("button")
            .attr("type", "button")
            .class("row-name")
            .live_flag("disabled", move || self.is_stale.get())
            .live_attr("aria-pressed", move || {
                let link = self.action(index, row, |action| ["#", &action.link].concat());
                (link == Some(self.state.link())).to_string()
            })
            .live_text(move || self.words(index, |block, row| Some(&block.cell(row, 0)?.text), row))
            .on_click(move || self.take(index, row))
    }

    fn sum(self, index: usize) -> Option<Element> {
        self.read(|document| match document.blocks.get(index)? {
            Block::Table(table) if !table.sum.is_empty() => {
                Some(el("tfoot").child(table::row(&table.columns, &table.sum)))
            }
            _ => None,
        })
        .flatten()
    }

    fn cell(self, index: usize, (row, column): (usize, usize), class: &str) -> Element {
        let now = memo(move || {
            self.read(|document| document.blocks.get(index)?.cell(row, column).cloned())
                .flatten()
        });
        let cell = if column == 0 {
            el("th").attr("scope", "row")
        } else {
            el("td")
        };
        let class = class.to_owned();
        cell.live_attr("class", move || {
            let mark = now.with(|now| now.as_ref().map(|cell| cell.mark));
            match mark.unwrap_or_default() {
                Mark::Plain => class.clone(),
                Mark::Live => [&class, " live"].concat(),
                Mark::Option(option) => [&class, " named-option ", &class_name(option)].concat(),
            }
        })
        .live_text(move || {
            now.with(|now| now.as_ref().map(|cell| cell.text.clone()))
                .unwrap_or_default()
        })
    }

    fn figure(self, index: usize, picture: &Picture) -> Element {
        let id = picture.id.clone();
        let look =
            move |what: &str, rest: &str| module::look(&[what, "\n", &id, "\n", rest].concat());
        let (scenes, said, there) = (look.clone(), look.clone(), look);
        figure(Parts {
            name: picture.name.clone(),
            layout: Box::new(move |width, _| {
                self.shown.track();
                let size = Size::new(width, frame_height(width));
                let scene = scenes("scene", &px(width));
                scene
                    .and_then(|scene| Scene::from_wire(&scene))
                    .unwrap_or_else(|| Scene::blank(size))
            }),
            takeaway: Box::new(move || {
                self.words(index, |block, _| Some(&block.picture()?.takeaway), 0)
            }),
            tooltip: Box::new(move |key| {
                self.shown.track();
                said("words", &named(key)).unwrap_or_default()
            }),
            table: Box::new(move || {
                self.read(|document| document.blocks.get(index)?.picture().map(as_table))
                    .flatten()
            }),
            pressed: picture.is_pressable.then(|| {
                let press: Box<dyn Fn(Key) + Send + Sync> = Box::new(move |key| {
                    if self.is_stale.get_untracked() {
                        return;
                    }
                    if let Some(link) = there("link", &named(key)) {
                        self.state.jump(&link);
                    }
                });
                press
            }),
        })
    }
}

/// How a datum is asked for.
fn named(key: Key) -> String {
    let mut name = key.series.to_string();
    if let Some(item) = key.item {
        name.push(' ');
        name.push_str(&item.to_string());
    }
    name
}

fn as_table(picture: &Picture) -> Element {
    let table = &picture.table;
    let texts = |row: &Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(texts).collect();
    table::table(&table.name, &table.columns, &rows, None)
}
