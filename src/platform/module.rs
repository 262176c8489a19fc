//! The module of studies: a program of its own, loaded when it is first asked, and asked in text.

use std::cell::RefCell;

use js_sys::WebAssembly::{self, Instance, Memory};
use js_sys::{Function, Object, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use super::fetch::reason;

thread_local! {
    static EXPORTS: RefCell<Option<Object>> = const { RefCell::new(None) };
}

/// Whether it is here.
pub fn is_here() -> bool {
    EXPORTS.with_borrow(Option::is_some)
}

/// Forgets it, so that it is loaded anew.
pub fn forget() {
    EXPORTS.set(None);
}

/// Loads it, or says why it cannot be had.
pub async fn load() -> Result<(), String> {
    let exports = instantiate().await.map_err(|error| reason(&error))?;
    EXPORTS.set(Some(exports));
    Ok(())
}

/// The build names the file and its integrity in the head of the page: an altered file never runs, nor
/// what a host sends in its place.
async fn instantiate() -> Result<Object, JsValue> {
    let content = document()
        .query_selector("meta[name=berth-studies]")?
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default();
    let (address, integrity) = content.split_once(' ').unwrap_or_default();
    let init = RequestInit::new();
    init.set_integrity(integrity);
    let asked = window().fetch_with_str_and_init(address, &init);
    let response: Response = JsFuture::from(asked).await?.unchecked_into();
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    let module = JsFuture::from(WebAssembly::compile(&bytes)).await?;
    let instance = WebAssembly::instantiate_module(module.unchecked_ref(), &Object::new());
    let instance: Instance = JsFuture::from(instance).await?.unchecked_into();
    Ok(instance.exports())
}

/// What came of a step of the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// All is answered.
    Done,
    /// There is more to do.
    More,
    /// An answer stands, and there may be more.
    Ready,
}

/// Tells it a price book, or the widths of letters; false where it cannot be read.
pub fn tell(told: &str) -> bool {
    ask("tell", told) == Some(1)
}

/// Asks a question; false where it is not understood.
pub fn begin(question: &str) -> bool {
    ask("begin", question) == Some(1)
}

/// Asks for what is known already; `None` where nothing is.
pub fn look(question: &str) -> Option<String> {
    (ask("look", question) == Some(1)).then(answer).flatten()
}

fn ask(how: &str, question: &str) -> Option<u32> {
    let length = u32::try_from(question.len()).ok()?;
    let place = call("room", Some(length))?;
    // Room may have moved the memory: its view is made after that.
    view(place, length)?.copy_from(question.as_bytes());
    call(how, None)
}

/// Goes on with the question. `None` where the module has stopped.
pub fn step() -> Option<Step> {
    Some(match call("step", None)? {
        0 => Step::Done,
        1 => Step::More,
        _ => Step::Ready,
    })
}

/// The last answer.
pub fn answer() -> Option<String> {
    let length = call("length", None)?;
    let bytes = view(call("answer", None)?, length)?.to_vec();
    String::from_utf8(bytes).ok()
}

fn call(name: &str, argument: Option<u32>) -> Option<u32> {
    let function = export(name)?.dyn_into::<Function>().ok()?;
    let given = argument.map_or(JsValue::UNDEFINED, JsValue::from);
    // What the module throws, it cannot go on from.
    let answer = function.call1(&JsValue::UNDEFINED, &given).ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "all exports give whole numbers below 2^32"
    )]
    answer.as_f64().map(|number| number as u32)
}

fn view(place: u32, length: u32) -> Option<Uint8Array> {
    let memory = export("memory")?.dyn_into::<Memory>().ok()?;
    let bytes = Uint8Array::new_with_byte_offset_and_length(&memory.buffer(), place, length);
    Some(bytes)
}

fn export(name: &str) -> Option<JsValue> {
    EXPORTS.with_borrow(|exports| Reflect::get(exports.as_ref()?, &name.into()).ok())
}
