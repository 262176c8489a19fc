// From choosing another region to the frame in which the answer is at its prices, on slow 4G with the processor slowed 4x.
import { freshPage, launch, median, ms, origin } from "./browser.mjs";

/** The largest books, and a small one. */
const REGIONS = ["us-west-2", "eu-west-1", "ap-southeast-4"];
const RUNS = 5;

async function choose(browser, region) {
  const { page, context } = await freshPage(browser, {
    slowLine: true,
    slowdown: 4,
    viewport: { width: 1440, height: 900 },
  });
  // No volumes: most regions have no price of them.
  await page.goto(`${origin}/berth/#v=1&ebs=off&name=api&vcpu=0.5&mem=1&tasks=12`);
  await page.locator("html[data-settled]").waitFor({ state: "attached" });
  const list = page.getByLabel("Region", { exact: true });
  const spent = list.evaluate(
    (select, region) =>
      new Promise((resolve) => {
        const start = performance.now();
        let wasLoading = false;
        const observer = new MutationObserver(() => {
          const loading = document.querySelector(".loading") !== null;
          if (wasLoading && !loading) {
            observer.disconnect();
            requestAnimationFrame(() => resolve(performance.now() - start));
          }
          wasLoading = loading;
        });
        observer.observe(document.getElementById("berth-app"), { childList: true, subtree: true });
        select.value = region;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }),
    region,
  );
  const measured = await spent;
  await context.close();
  return measured;
}

const browser = await launch();
await choose(browser, REGIONS[0]);
for (const region of REGIONS) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await choose(browser, region));
  console.log(`${region.padEnd(20)} ${ms(median(runs))}  (${runs.map((run) => Math.round(run)).join(" ")})`);
}
await browser.close();
