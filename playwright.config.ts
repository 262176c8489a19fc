import { defineConfig, devices } from "@playwright/test";

// `cargo xtask test` names the server and the browser. By hand (`npx playwright test`), the page that stands in dist/
// is served, and Chromium is looked for where Debian puts it.
const url = process.env.BERTH_URL ?? "http://127.0.0.1:4173";
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: "tests/browser",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  fullyParallel: true,
  // A page works between its frames: two of them keep two cores busy.
  workers: 2,
  forbidOnly: true,
  // A test that fails once is broken: it is not tried again.
  retries: 0,
  reporter: "list",
  timeout: 120_000,
  // With commitments and estimates compared, studies take some ten seconds where two pages share a small machine.
  expect: { timeout: 45_000 },
  use: {
    baseURL: url,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } } }],
  webServer: process.env.BERTH_URL
    ? undefined
    : { command: "cargo xtask serve --no-build --no-open --port 4173", url, reuseExistingServer: true },
});
