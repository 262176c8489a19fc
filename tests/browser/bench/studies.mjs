// How long each study takes in the browser, and its longest step, with the processor as it is and slowed 4x: the module
// of studies is asked as the page asks it, without the page.
import { freshPage, launch, median, ms, quantile, origin } from "./browser.mjs";

const SCENARIOS = {
  default: "v=1&name=api&vcpu=0.5&mem=1&tasks=12",
  "gpu": "v=1&name=infer&vcpu=4&mem=16&gpu=1&tasks=2",
  "spot and commitments": "v=1&term=3y&name=api&vcpu=2&mem=8&tasks=30&spot=0.50.50",
};
const PANELS = ["why", "flips", "curve", "map", "notes", "matrix", "sure", "stress", "interview", "assumptions"];
const CLUSTER = "v=1&" + [1, 2, 3, 4, 5, 6].map((one) => `name=s${one}&vcpu=${one / 2}&mem=${one}&tasks=${2 * one}`).join("&");
const RUNS = 5;

/** Asks for a panel some times: the time until it is answered, until something first stands, and of every step. */
async function ask([panel, link, runs]) {
  const address = document.querySelector("meta[name=berth-studies]").content.split(" ")[0];
  const { instance } = (globalThis.studies ??= await WebAssembly.instantiate(await (await fetch(address)).arrayBuffer(), {}));
  const { memory, room, tell, begin, step } = instance.exports;
  const hand = (text, take) => {
    const bytes = new TextEncoder().encode(text);
    const place = room(bytes.length);
    new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
    return take();
  };
  globalThis.book ??= await (await fetch("prices/us-east-1.txt")).text();
  if (hand(globalThis.book, tell) !== 1) throw new Error("the book was not understood");
  const spent = [];
  for (let run = 0; run <= runs; run++) {
    const steps = [];
    let first;
    const start = performance.now();
    if (hand(`${panel}\n${link}`, begin) !== 1) throw new Error(`${panel} was not understood`);
    steps.push(performance.now() - start);
    for (let state = 1; state !== 0; ) {
      const before = performance.now();
      state = step();
      steps.push(performance.now() - before);
      if (state === 2) first ??= performance.now() - start;
    }
    spent.push({ all: performance.now() - start, first, steps });
  }
  // The first run compiles.
  return spent.slice(1);
}

const browser = await launch();
for (const slowdown of [1, 4]) {
  const { page, context } = await freshPage(browser, { slowdown });
  await page.goto(`${origin}/berth/`);
  await page.locator("html[data-settled]").waitFor({ state: "attached" });
  console.log(`\nprocessor ${slowdown === 1 ? "as it is" : "4x slower"}${" ".repeat(22)} all    something   longest step   p95 of steps`);
  const asked = Object.entries(SCENARIOS).flatMap(([name, link]) => PANELS.map((panel) => [name, panel, link]));
  asked.push(["6 services", "cluster", CLUSTER], ["6 services", "assignment", CLUSTER]);
  asked.push(["default", `compare:${SCENARIOS["spot and commitments"].replaceAll(" ", "")}`, SCENARIOS.default]);
  for (const [name, panel, link] of asked) {
    const runs = await page.evaluate(ask, [panel, link, RUNS]);
    const steps = runs.flatMap((run) => run.steps);
    const figures = [
      median(runs.map((run) => run.all)),
      median(runs.map((run) => run.first ?? run.all)),
      Math.max(...steps),
      quantile(steps, 0.95),
    ].map((figure) => ms(figure, 1).padStart(11));
    console.log(`${name.padEnd(22)} ${panel.split(":")[0].padEnd(12)} ${figures.join(" ")}`);
  }
  await context.close();
}
await browser.close();
