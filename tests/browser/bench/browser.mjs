// What the benches share: a browser, a slow line and a slow processor, and figures of many runs.
import { chromium } from "playwright-core";

export const origin = process.env.BERTH_URL;
if (!origin) throw new Error("`cargo xtask bench` serves the page and runs this");

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** Lighthouse's "slow 4G", as the devtools apply it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms to and fro. */
const SLOW_4G = {
  offline: false,
  latency: 150 * 3.75,
  downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8,
  uploadThroughput: (750 * 1024 * 0.9) / 8,
};

/** A page in a browser context of its own, with nothing cached. */
export async function freshPage(browser, { slowLine = false, slowdown = 1, viewport, deviceScaleFactor } = {}) {
  const context = await browser.newContext({ viewport, deviceScaleFactor });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  if (slowLine) await session.send("Network.emulateNetworkConditions", SLOW_4G);
  if (slowdown !== 1) await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return { page, context, session };
}

export const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
};

export const median = (values) => quantile(values, 0.5);

export const ms = (value, digits = 0) => `${value.toFixed(digits)} ms`;
