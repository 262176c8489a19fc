// Pictures of the release page for the documentation: three widths, light and dark, as a person first sees it.
import { chromium } from "playwright-core";

const { BERTH_URL: origin, CHROMIUM: executablePath, BERTH_PICTURES: folder } = process.env;
if (!origin || !folder) throw new Error("`cargo xtask screenshots` serves the page and runs this");

const SIZES = [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1440, height: 1080 },
];

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--hide-scrollbars"] });
for (const viewport of SIZES) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ viewport, colorScheme });
    // The same day on every run: what is old by then is marked the same way.
    await page.clock.setFixedTime(new Date("2026-11-25T12:00:00Z"));
    await page.goto(origin);
    await page.locator("html[data-settled]").waitFor({ state: "attached" });
    const path = `${folder}/berth-${viewport.width}-${colorScheme}.png`;
    await page.screenshot({ path });
    console.log(path);
    await page.close();
  }
}
await browser.close();
