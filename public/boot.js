// Inlined into index.html, and allowed by the hash in the page's policy. It starts the app, and it owns the recovery
// box: what it needs must stand outside wasm, because a panic ends wasm for good.
(() => {
  "use strict";
  const JS = "{{js}}";
  const WASM = "{{wasm}}";
  const WASM_INTEGRITY = "{{wasm-integrity}}";
  // A module that uses what the app is compiled with: mutable globals, bulk memory, sign extension, saturating
  // conversion, reference types, several results.
  const FEATURES =
    "AGFzbQEAAAABDAJgAX8Cf39gAAJ/fwMCAQAEBAFvAAEFAwEAAQYGAX8BQQALBwUBAWcDAAobARkAQQBBAEEA/AsAIADARAAAAAAAAAAA/AIL";
  const MESSAGES = {
    unsupported: [
      "This browser cannot run the calculator",
      "It needs WebAssembly as browsers have had it since 2022, and here it is missing or switched off. The worked example stays readable.",
    ],
    unloaded: [
      "The calculator could not be loaded",
      "A file is missing or was altered on its way. Reload the page to try again; your link keeps your inputs.",
    ],
    stopped: [
      "The calculator has stopped",
      "Something went wrong in the program. Your inputs are kept in the link: reload to go on from there.",
    ],
  };

  const byId = (id) => document.getElementById(id);
  let failed = false;

  // The newest link is a fragment, kept at every change: nothing else of it is used.
  const newestLink = () => {
    const kept = String(window.__berth_link || location.hash);
    return kept.startsWith("#") ? kept : "#";
  };

  const fail = (kind, reason) => {
    if (failed) return;
    failed = true;
    const [title, text] = MESSAGES[kind];
    byId("berth-recovery-title").textContent = title;
    byId("berth-recovery-text").textContent = text;
    byId("berth-recovery-detail").textContent = String(reason);
    byId("berth-recovery-link").setAttribute("href", newestLink());
    byId("berth-recovery-actions").hidden = kind === "unsupported";
    byId("berth-recovery-reload").addEventListener("click", () => {
      history.replaceState(null, "", newestLink());
      location.reload();
    });
    if (kind === "stopped") byId("berth-app").inert = true;
    document.documentElement.setAttribute("data-failed", kind);
    const box = byId("berth-recovery");
    box.setAttribute("role", "alert");
    box.hidden = false;
  };

  // A panic says so itself. What traps without one (no memory, no stack) surfaces as an error nobody caught.
  const trapped = (error) => error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
  addEventListener("berth:panic", (event) => fail("stopped", event.detail));

  const supported = () => {
    try {
      return WebAssembly.validate(Uint8Array.from(atob(FEATURES), (char) => char.charCodeAt(0)));
    } catch {
      return false;
    }
  };
  if (!supported()) {
    fail("unsupported", "WebAssembly is missing, or lacks a feature: " + navigator.userAgent);
    return;
  }
  addEventListener("error", (event) => trapped(event.error) && fail("stopped", event.error));
  addEventListener("unhandledrejection", (event) => trapped(event.reason) && fail("stopped", event.reason));

  const compile = async () => {
    const response = await fetch(WASM, { integrity: WASM_INTEGRITY });
    if (!response.ok) throw new Error(WASM + ": HTTP " + response.status);
    // A host that does not know the type of wasm rules out compiling while it loads, and nothing else.
    return (response.headers.get("content-type") || "").startsWith("application/wasm")
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  };
  // The app is swapped in at once when it starts: not before the stylesheet is there.
  const styled = new Promise((resolve) => addEventListener("load", resolve));

  Promise.all([import(JS), compile(), styled])
    .then(([bindings, module]) => bindings.default({ module_or_path: module }))
    .catch((error) => fail(trapped(error) ? "stopped" : "unloaded", error));
})();
