// Prices: other regions on demand, what a price rests on, one's own in its place, and what is billed beside compute.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.js";
import { watch } from "./support/watch.js";

const API = "name=api&vcpu=0.5&mem=1&tasks=12";

async function open(page: Page, fragment = ""): Promise<void> {
  await page.goto(`/${fragment && `#v=1&${fragment}`}`);
  await expectSettled(page);
}

/** The studies of the present link have ended. */
async function expectSettled(page: Page): Promise<void> {
  await expect(page.locator("html[data-settled]")).toBeAttached();
}

const answer = (page: Page): Locator => page.locator("section.answer");
const amount = (page: Page): Locator => answer(page).locator(".answer-amount");

/** The row of an option, by its name. */
function option(page: Page, name: string): Locator {
  return page.locator(".option-row").filter({ has: page.locator(".option-name", { hasText: new RegExp(`^${name}$`) }) });
}

test("another region's prices are loaded once, from the page's own origin, and the answer follows", async ({ page, baseURL }) => {
  const watched = await watch(page, new URL(baseURL!).origin);
  await open(page);
  await expect(amount(page)).toHaveText("$173.01");
  await page.getByLabel("Region", { exact: true }).selectOption("ap-south-1");
  await expect(amount(page)).not.toHaveText("$173.01");
  await expect(page.getByText(/are being loaded/)).toHaveCount(0);
  const books = () => watched.requests.filter((path) => path.startsWith("/prices/"));
  expect(books()).toEqual(["/prices/ap-south-1.txt"]);
  await expect(page).toHaveURL(/region=ap-south-1/);
  // Back and forth asks for nothing again.
  await page.getByLabel("Region", { exact: true }).selectOption("us-east-1");
  await expect(amount(page)).toHaveText("$173.01");
  await page.getByLabel("Region", { exact: true }).selectOption("ap-south-1");
  await expect(amount(page)).not.toHaveText("$173.01");
  expect(books()).toHaveLength(1);
  watched.expectClean();
});

test("while a book is on its way the last answer stays, says so, and follows its inputs", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/prices/eu-west-1.txt*", async (route) => {
    await held;
    await route.continue();
  });
  await open(page);
  await page.getByLabel("Region", { exact: true }).selectOption("eu-west-1");
  const status = page.getByText("The prices of Europe (Ireland) are being loaded.");
  await expect(status).toBeVisible();
  await expect(status).toContainText("US East (N. Virginia)");
  await expect(amount(page)).toHaveText("$173.01");
  await page.getByLabel("Tasks", { exact: true }).fill("24");
  await page.getByLabel("Tasks", { exact: true }).press("Enter");
  await expect(amount(page)).toHaveText("$346.02");
  release();
  await expect(status).toHaveCount(0);
});

test("a book that cannot be had is explained, the page works on, and trying again helps", async ({ page }) => {
  let fails = true;
  await page.route("**/prices/eu-west-1.txt*", (route) =>
    fails ? route.fulfill({ status: 503, body: "busy" }) : route.continue(),
  );
  await open(page, `region=eu-west-1&${API}`);
  const alert = page.getByRole("alert").filter({ hasText: "could not be loaded" });
  await expect(alert).toContainText("Europe (Ireland)");
  await expect(alert).toContainText("503");
  await expect(amount(page)).toHaveText("$173.01");
  await expectAccessible(page);
  await page.getByLabel("Tasks", { exact: true }).fill("24");
  await page.getByLabel("Tasks", { exact: true }).press("Enter");
  await expect(amount(page)).toHaveText("$346.02");
  fails = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toHaveCount(0);
  await expect(page).toHaveURL(/region=eu-west-1/);
});

test("a book cut short, or of another region, is refused and the last answer stays", async ({ page }) => {
  for (const [region, spoil] of [
    ["eu-west-2", (text: string) => text.slice(0, text.length / 2)],
    ["eu-west-3", (text: string) => text.replace("region eu-west-3", "region eu-west-9")],
  ] as const) {
    await page.route(`**/prices/${region}.txt*`, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers["content-encoding"];
      delete headers["content-length"];
      await route.fulfill({ status: 200, headers, body: spoil(await response.text()) });
    });
    await open(page);
    await page.getByLabel("Region", { exact: true }).selectOption(region);
    await expect(page.getByRole("alert").filter({ hasText: "could not be loaded" })).toBeVisible();
    await expect(amount(page)).toHaveText("$173.01");
  }
});

test("a region without a price says which, and never a number", async ({ page }) => {
  await open(page, `region=il-central-1&ebs=off&${API}`);
  const group = page.locator("details", { has: page.getByText(/options? ha(s|ve) no price in il-central-1/) });
  await group.locator("summary").click();
  const row = group.getByRole("row", { name: /^Fargate on x86, on-demand/ });
  await expect(row).toContainText("no price for Fargate vCPU, on-demand, in il-central-1");
  await expect(row).not.toContainText("$");
  await expect(page.getByText("The books hold no price in Israel (Tel Aviv) for:")).toBeVisible();
});

test("a price opens to its unit, date, source and grade, and takes one's own in its place", async ({ page }) => {
  await open(page);
  const row = option(page, "Fargate on Arm, on-demand");
  await row.locator("summary").first().click();
  const price = row.locator(".price").first();
  await price.locator("summary").click();
  await expect(price).toContainText("per vCPU-hour");
  for (const [term, value] of [
    ["Grade", "quoted"],
    ["Date", "2026-09-28"],
    ["Source", "https://pricing.us-east-1.amazonaws.com/"],
  ] as const) {
    await expect(price.getByRole("term").filter({ hasText: term })).toBeVisible();
    await expect(price.locator(".price-facts")).toContainText(value);
  }
  await expectAccessible(page);
  const own = price.getByLabel("Your own figure");
  await own.fill("free");
  await own.press("Enter");
  await expect(price.getByRole("alert")).toHaveText(
    "Fargate vCPU on Arm, on-demand: “free” is not a price. Allowed: above 0, at most 100000 dollars, with at most ten decimals.",
  );
  await expect(amount(page)).toHaveText("$173.01");
  await own.fill("0,03");
  await own.press("Enter");
  // 4,380 x 0.03 + 8,760 x 0.00356
  await expect(amount(page)).toHaveText("$162.59");
  await expect(price).toContainText("Back to the book's");
  await expect(price.getByLabel("Your own figure"), "the hand stays where it was").toBeFocused();
  await expect(row.locator(".option-note")).toContainText("with prices of your own");
  await expect(answer(page)).toContainText("1 price is your own.");
  await expect(page).toHaveURL(/own=us-east-1/);
  // It travels in the link, and goes with one action.
  await page.reload();
  await expect(amount(page)).toHaveText("$162.59");
  await page.getByRole("button", { name: "Take all prices from the books again" }).click();
  await expect(amount(page)).toHaveText("$173.01");
  await expect(page).not.toHaveURL(/own=/);
});

test("prices that have grown old are marked, by words and not by colour alone", async ({ page }) => {
  await page.clock.setFixedTime(new Date("2027-06-01T12:00:00Z"));
  await page.goto("/");
  await expect(answer(page).locator(".answer-date")).toHaveText("oldest price 2026-09-28, some old for their kind");
  await page.clock.setFixedTime(new Date("2026-10-01T12:00:00Z"));
  await page.goto("/?again");
  await expect(answer(page).locator(".answer-date")).toHaveText("oldest price 2026-09-28");
});

test("a discount, NAT, a load balancer and three years change the bill as they say", async ({ page }) => {
  await open(page);
  await page.getByText("Discount and estimates").click();
  await page.getByLabel("Discount", { exact: true }).fill("10");
  await page.getByLabel("Discount", { exact: true }).press("Enter");
  await expect(amount(page)).toHaveText("$155.71");
  await page.getByLabel("Discount", { exact: true }).fill("0");
  await page.getByLabel("Discount", { exact: true }).press("Enter");
  await page.getByText("Network, load balancer and logs").click();
  await page.getByLabel("NAT gateways").check();
  await expect(amount(page)).toHaveText("$238.71");
  await expect(answer(page).locator(".answer-scope")).not.toContainText("NAT");
  await page.getByLabel("Not billed").check();
  await page.getByLabel("Load balancer", { exact: true }).check();
  // 173.01 + 730 x (0.0225 + 0.008)
  await expect(amount(page)).toHaveText("$195.28");
  await page.getByLabel("Load balancer", { exact: true }).uncheck();
  await page.getByLabel("Three years").check();
  await expect(answer(page)).toContainText("three-year Compute Savings Plan");
});

test("a missing commitment rate is no price until an estimate is switched on, and then decides nothing", async ({ page }) => {
  await open(page, `term=3y&${API}`);
  await expect(option(page, "EC2 on Arm, three-year Reserved Instances")).toHaveCount(0);
  await page.getByText("Discount and estimates").click();
  await page.getByLabel("Estimate missing commitment rates").check();
  const row = option(page, "EC2 on Arm, three-year Reserved Instances");
  await expect(row.locator(".option-total")).toHaveText("$91.97");
  await expect(row.locator(".option-note")).toContainText("its commitment rate is your estimate");
  await page.getByLabel("Estimates may decide").check();
  await expect(row.locator(".option-note")).not.toContainText("estimate");
});
