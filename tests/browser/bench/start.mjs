// First text and usable, on slow 4G with the processor slowed 4x, beside a minimal Leptos page in the same run.
import { freshPage, launch, median, ms, origin } from "./browser.mjs";

const RUNS = 5;
const PAGES = { berth: "/berth/", minimal: "/minimal/" };

async function start(browser, path) {
  const { page, context } = await freshPage(browser, { slowLine: true, slowdown: 4 });
  await page.addInitScript(() => {
    // The root element is there before anything can mark it.
    const observe = () =>
      new MutationObserver(() => (window.__usable ??= performance.now())).observe(document.documentElement, {
        attributes: true,
        attributeFilter: ["data-ready"],
      });
    if (document.documentElement) observe();
    else new MutationObserver((_, self) => document.documentElement && (self.disconnect(), observe())).observe(document, { childList: true });
    window.__shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.__shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(origin + path, { waitUntil: "commit" });
  await page.waitForFunction(() => window.__usable !== undefined, undefined, { timeout: 60_000 });
  const measured = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const report = () => {
          const [paint] = performance.getEntriesByName("first-contentful-paint");
          if (!paint) return setTimeout(report, 50);
          resolve({ text: paint.startTime, usable: window.__usable, shift: window.__shift });
        };
        report();
      }),
  );
  await context.close();
  return measured;
}

const browser = await launch();
const runs = { berth: [], minimal: [] };
// One of each unmeasured, to warm the server; then in turn, so that a busy moment strikes both.
for (const path of Object.values(PAGES)) await start(browser, path);
for (let run = 0; run < RUNS; run++) {
  for (const [name, path] of Object.entries(PAGES)) runs[name].push(await start(browser, path));
}
await browser.close();

const of = (name, what) => median(runs[name].map((run) => run[what]));
const spread = (name, what) => runs[name].map((run) => Math.round(run[what])).join(" ");
console.log(`median of ${RUNS}, slow 4G, processor 4x slower`.padEnd(44), "first text".padStart(11), "usable".padStart(11));
for (const name of Object.keys(PAGES)) {
  console.log(name.padEnd(44), ms(of(name, "text")).padStart(11), ms(of(name, "usable")).padStart(11));
}
for (const name of Object.keys(PAGES)) console.log(`  ${name}: first text ${spread(name, "text")}; usable ${spread(name, "usable")}`);
const ratio = of("berth", "usable") / of("minimal", "usable");
const verdict = (met) => (met ? "met" : "NOT MET");
console.log(`first text before the minimal page's: ${verdict(of("berth", "text") < of("minimal", "text"))}`);
console.log(`usable at ${ratio.toFixed(2)} times the minimal page's, bar 1.55: ${verdict(ratio <= 1.55)}`);
console.log(`layout shift on load ${of("berth", "shift").toFixed(4)}, bar 0: ${verdict(of("berth", "shift") === 0)}`);
