// Evaluation, slider to frame, and painter, from what the page itself marks.
//
// The page marks its work with `performance.measure` where `window.__berth_bench` is set before it starts:
//   berth:evaluate   one evaluation of the model
//   berth:paint      one figure painted
// What the page does not mark yet is said to be not measured. Nothing is estimated.
import { freshPage, launch, median, ms, origin, quantile } from "./browser.mjs";

const MOVES = 100;

async function open(browser, options) {
  const opened = await freshPage(browser, { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2, ...options });
  await opened.page.addInitScript(() => {
    window.__berth_bench = true;
    window.__moves = [];
    window.__long = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.__long.push(entry.duration);
    }).observe({ type: "longtask", buffered: false });
    // From the event as the browser stamped it to the first task after the frame that follows it.
    addEventListener(
      "input",
      (event) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => window.__moves.push(performance.now() - event.timeStamp);
          port2.postMessage(null);
        }),
      { capture: true },
    );
  });
  await opened.page.goto(`${origin}/berth/`);
  await opened.page.locator("html[data-ready]").waitFor({ state: "attached" });
  return opened;
}

/** Moves the first slider by key, one move a frame after the last, and returns what the page recorded meanwhile. */
async function moveSlider(page) {
  const slider = page.locator("input[type=range]").first();
  if ((await slider.count()) === 0) return undefined;
  await slider.focus();
  await page.evaluate(() => {
    window.__moves.length = 0;
    window.__long.length = 0;
    performance.clearMeasures();
  });
  for (let move = 1; move <= MOVES; move++) {
    // There and back, so that no end of the range is reached.
    await page.keyboard.press(Math.floor((move - 1) / 10) % 2 === 0 ? "ArrowRight" : "ArrowLeft");
    await page.waitForFunction((moved) => window.__moves.length >= moved, move, { timeout: 5_000 });
  }
  return page.evaluate(() => {
    const durations = (name) => performance.getEntriesByName(name, "measure").map((entry) => entry.duration);
    return {
      moves: window.__moves,
      long: window.__long,
      evaluate: durations("berth:evaluate"),
      paint: durations("berth:paint"),
    };
  });
}

const line = (what, said) => console.log(`${what.padEnd(66)} ${said}`);
const verdict = (met) => (met ? "met" : "NOT MET");

const browser = await launch();
const quick = await open(browser, {});
const unthrottled = await moveSlider(quick.page);
await quick.context.close();
const slow = await open(browser, { slowdown: 4 });
const throttled = await moveSlider(slow.page);
await slow.context.close();
await browser.close();

if (unthrottled === undefined || throttled === undefined) {
  line("slider event to the frame after paint, processor 4x slower", "not measured: the page has no slider");
} else {
  const p95 = quantile(throttled.moves, 0.95);
  const long = throttled.long.length;
  line(
    `slider event to the frame after paint, 4x slower, p95 of ${throttled.moves.length}`,
    `${ms(p95, 1)} (median ${ms(median(throttled.moves), 1)}), bar 50 ms: ${verdict(p95 <= 50)}`,
  );
  line("long tasks meanwhile", `${long}, bar 0: ${verdict(long === 0)}`);
}

const evaluate = unthrottled?.evaluate ?? [];
if (evaluate.length === 0) line("evaluate in wasm", "not measured: the page marks no berth:evaluate");
else {
  const p50 = median(evaluate);
  line(`evaluate in wasm, p50 of ${evaluate.length}`, `${ms(p50, 3)}, bar 0.5 ms: ${verdict(p50 <= 0.5)}`);
}

const paint = throttled?.paint ?? [];
if (paint.length === 0) line("painter, one figure", "not measured: the page marks no berth:paint");
else {
  const p50 = median(paint);
  line(`painter, one figure, device pixel ratio 2, 4x slower, median of ${paint.length}`, `${ms(p50, 2)}, bar 8 ms: ${verdict(p50 <= 8)}`);
}
