// The release page, as a stranger's browser meets it: at the root of a host, under a path, in a frame that has no
// origin, with storage blocked, without WebAssembly, without JavaScript, and with files that were altered.
import { expect, test, type Frame, type FrameLocator, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.js";
import { blockStorage, watch } from "./support/watch.js";

const SUB_PATH = "/some/sub/path/";
const MOST_REQUESTS = 6;
const FIRST = "#v=1&region=us-east-1&name=api&vcpu=1&mem=2&tasks=3";
const NEWEST = "#v=1&region=us-east-1&name=api&vcpu=1&mem=2&tasks=4";
const HEADING = "Where should this container run on Amazon ECS?";

async function expectReady(place: Page | FrameLocator): Promise<void> {
  await expect(place.locator("html[data-ready]")).toBeAttached();
  await expect(place.getByRole("heading", { level: 1, name: HEADING })).toBeVisible();
  await expect(place.locator("#berth-recovery")).toBeHidden();
  await expect(place.getByRole("heading", { name: "A worked example" })).toHaveCount(0);
}

async function expectStaticPage(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: HEADING })).toBeVisible();
  await expect(page.getByText("Berth prices one workload")).toBeVisible();
  await expect(page.getByRole("heading", { name: "A worked example" })).toBeVisible();
  await expect(page.locator("html")).not.toHaveAttribute("data-ready");
}

for (const path of ["/", SUB_PATH]) {
  test(`boots under ${path}, quietly and with few requests`, async ({ page, baseURL }) => {
    const watched = await watch(page, new URL(baseURL!).origin);
    await page.goto(path);
    await expectReady(page);
    expect(watched.requests.every((asked) => asked.startsWith(path)), watched.requests.join(" ")).toBe(true);
    expect(new Set(watched.requests).size, "nothing is asked for twice").toBe(watched.requests.length);
    expect(watched.requests.length).toBeLessThanOrEqual(MOST_REQUESTS);
    watched.expectClean();
  });
}

test("boots in a frame without an origin, with storage blocked", async ({ page, context, baseURL }) => {
  await blockStorage(context);
  const watched = await watch(page, new URL(baseURL!).origin);
  await page.setContent(
    `<iframe sandbox="allow-scripts" referrerpolicy="no-referrer" width="1200" height="800" title="Berth" src="${baseURL}${SUB_PATH}"></iframe>`,
  );
  await expectReady(page.frameLocator("iframe"));
  const frame = page.frames().find((candidate) => candidate !== page.mainFrame()) as Frame;
  expect(await frame.evaluate(() => self.origin), "the frame has no origin").toBe("null");
  watched.expectClean();
});

test("boots with storage blocked", async ({ page, context, baseURL }) => {
  await blockStorage(context);
  const watched = await watch(page, new URL(baseURL!).origin);
  await page.goto("/");
  await expectReady(page);
  watched.expectClean();
});

test("the policy forbids what the page never does", async ({ page }) => {
  await page.goto("/");
  await expectReady(page);
  const blocked = await page.evaluate(async () => {
    const reports: string[] = [];
    addEventListener("securitypolicyviolation", (event) => reports.push(event.effectiveDirective));
    const settled = async (attempt: () => unknown) => {
      try {
        await attempt();
      } catch {
        // Being refused is the point.
      }
    };
    await settled(() => fetch("https://example.org/"));
    // From a timer, because what the debugging protocol calls by itself may eval.
    await new Promise<void>((resolve) => setTimeout(() => settled(() => (0, eval)("1")).then(resolve)));
    const script = document.createElement("script");
    script.textContent = "window.__ran = true";
    document.body.append(script);
    const style = document.createElement("style");
    style.textContent = "h1 { display: none }";
    document.head.append(style);
    await new Promise<void>((resolve) => {
      const image = new Image();
      image.onerror = () => resolve();
      image.src = "https://example.org/pixel.png";
    });
    return { reports: [...new Set(reports)].sort(), ran: "__ran" in window };
  });
  expect(blocked).toEqual({
    reports: ["connect-src", "img-src", "script-src", "script-src-elem", "style-src-elem"],
    ran: false,
  });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("the page and its static state are accessible", async ({ page }) => {
  await page.goto("/");
  await expectReady(page);
  await expectAccessible(page);
});

for (const [what, breakIt] of [
  ["missing", () => Reflect.deleteProperty(window, "WebAssembly")],
  ["too old", () => (WebAssembly.validate = () => false)],
] as const) {
  test(`WebAssembly ${what}: says so, and the worked example stays`, async ({ page, baseURL }) => {
    const watched = await watch(page, new URL(baseURL!).origin);
    await page.addInitScript(breakIt);
    await page.goto("/");
    await expect(page.getByRole("alert")).toContainText("This browser cannot run the calculator");
    await expectStaticPage(page);
    await expectAccessible(page);
    watched.expectClean();
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("says so, and the worked example stays", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("noscript p")).toBeVisible();
    await expect(page.locator("noscript p")).toContainText("JavaScript is off");
    await expectStaticPage(page);
    await expect(page.locator("#berth-recovery")).toBeHidden();
  });
});

for (const kind of ["js", "wasm"]) {
  test(`an altered ${kind} file never runs`, async ({ page }) => {
    await page.route(`**/*.${kind}`, async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      // A byte that changes nothing but the content: a line end after the script, a custom section after the wasm.
      const added = kind === "js" ? Buffer.from("\n") : Buffer.from([0, 2, 1, 120]);
      const headers = { ...response.headers() };
      delete headers["content-encoding"];
      delete headers["content-length"];
      await route.fulfill({ status: 200, headers, body: Buffer.concat([body, added]) });
    });
    await page.goto("/");
    await expect(page.getByRole("alert")).toContainText("could not be loaded");
    await expectStaticPage(page);
  });

  test(`a missing ${kind} file is explained`, async ({ page }) => {
    await page.route(`**/*.${kind}`, (route) => route.fulfill({ status: 404, body: "gone" }));
    await page.goto("/");
    await expect(page.getByRole("alert")).toContainText("could not be loaded");
    await expect(page.getByRole("button", { name: "Reload" })).toBeVisible();
    await expectStaticPage(page);
  });
}

test("a fatal error shows the recovery box with the newest link, and reloading goes on from there", async ({ page }) => {
  await page.goto(`/${FIRST}`);
  await expectReady(page);
  await page.evaluate((newest) => {
    (window as unknown as { __berth_link: string }).__berth_link = newest;
    dispatchEvent(new CustomEvent("berth:panic", { detail: "panicked at <b>nowhere</b>" }));
  }, NEWEST);
  const box = page.getByRole("alert", { name: "The calculator has stopped" });
  await expect(box).toContainText("The calculator has stopped");
  await expect(box.getByRole("link")).toHaveAttribute("href", NEWEST);
  await expect(page.locator("#berth-app")).toHaveAttribute("inert", "");
  await expect(box.locator("b"), "a message is text, never markup").toHaveCount(0);
  await expectAccessible(page);
  await box.getByRole("button", { name: "Reload" }).click();
  await expectReady(page);
  expect(new URL(page.url()).hash).toBe(NEWEST);
  await expect(page.getByRole("textbox", { name: "Tasks", exact: true })).toHaveValue("4");
});

test("the recovery box never offers a link that is no fragment", async ({ page }) => {
  await page.goto("/");
  await expectReady(page);
  await page.evaluate(() => {
    (window as unknown as { __berth_link: string }).__berth_link = "javascript:alert(1)";
    dispatchEvent(new CustomEvent("berth:panic", { detail: "x" }));
  });
  const box = page.getByRole("alert", { name: "The calculator has stopped" });
  await expect(box.getByRole("link")).toHaveAttribute("href", "#");
});
