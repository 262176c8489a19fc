// The decision: what the lead comes from, what would flip it, where else it would turn, and how sure it is.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.js";

async function open(page: Page, fragment = ""): Promise<void> {
  await page.goto(`/${fragment && `#v=1&${fragment}`}`);
  await expectSettled(page);
}

async function expectSettled(page: Page): Promise<void> {
  await expect(page.locator("html[data-settled]")).toBeAttached();
}

async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: label, exact: true });
  await field.fill(text);
  await field.blur();
}

const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const answer = (page: Page): Locator => page.locator("section.answer");
const amount = (page: Page): Locator => answer(page).locator(".answer-amount");
const cents = (text: string): number => Math.round(Number(text.replace(/[^0-9.]/g, "")) * 100);

test("the drivers sum to the margin, to the cent", async ({ page }) => {
  for (const fragment of ["", "name=api&vcpu=2&mem=8&tasks=30", "name=api&vcpu=1&mem=4&tasks=9&arch=x86_64"]) {
    await open(page, fragment);
    const margin = (await answer(page).locator(".answer-sentence .amount").nth(1).textContent())!;
    const drivers = await answer(page).locator(".answer-why li").allTextContents();
    expect(drivers.length).toBeGreaterThan(1);
    const saved = drivers.map((driver) => {
      const said = cents(driver.match(/\$[0-9,.]*[0-9]/)![0]);
      return /\bmore\b/.test(driver) ? -said : said;
    });
    const sum = saved.reduce((all, one) => all + one, 0);
    // A margin of a thousand dollars or more is said in whole dollars.
    expect(Math.abs(sum - cents(margin)), drivers.join("\n")).toBeLessThanOrEqual(/\./.test(margin) ? 0 : 50);
  }
});

test("a flip takes the scenario there, another option wins, and there is a way back", async ({ page }) => {
  await open(page);
  const before = await answer(page).locator(".answer-option").textContent();
  const flips = region(page, "What would flip it");
  await expect(flips).toContainText("flips, the nearest first");
  const nearest = (await answer(page).locator(".answer-flip").textContent())!.replace("Nearest flip: ", "");
  const first = flips.getByRole("listitem").first();
  await expect(first).toContainText(nearest);
  await first.getByRole("button", { name: /^Go there/ }).press("Enter");
  await expect(answer(page).locator(".answer-option")).not.toHaveText(before!);
  await expectSettled(page);
  await answer(page).getByRole("button", { name: "Back to your inputs" }).click();
  await expect(answer(page).locator(".answer-option")).toHaveText(before!);
  await expect(answer(page).getByRole("button", { name: "Back to your inputs" })).toHaveCount(0);
});

test("the map is walked with keys, and Enter goes to a cell", async ({ page }) => {
  await open(page);
  const panel = region(page, "Which option wins over two inputs");
  const map = panel.getByRole("group", { name: /^Which option wins\./ });
  await expect(map).toHaveAttribute("aria-label", /of this map/);
  await map.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  const words = (await panel.locator(".figure-tooltip").textContent())!;
  const [, tasks, vcpu] = words.match(/^Tasks ([0-9]+), vCPU ([0-9.]+): .* a month/)!;
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Tasks", exact: true })).toHaveValue(tasks!);
  await expect(page.getByRole("textbox", { name: "vCPU", exact: true })).toHaveValue(vcpu!);
  await expect(answer(page).getByRole("button", { name: "Back to your inputs" })).toBeVisible();
});

test("the axes of the map are chosen, and choosing the other's swaps them", async ({ page }) => {
  await open(page);
  const panel = region(page, "Which option wins over two inputs");
  const [across, up] = [panel.getByLabel("From left to right"), panel.getByLabel("From the bottom up")];
  await expect(across).toHaveValue("tasks");
  await expect(up).toHaveValue("vcpu");
  await up.selectOption({ label: "Memory" });
  await expectSettled(page);
  await expect(panel.locator("figcaption")).toContainText("12 tasks and 1 GiB");
  await across.selectOption({ label: "Memory" });
  await expect(up).toHaveValue("tasks");
  await expectSettled(page);
  await expect(panel.locator("figcaption")).toContainText("1 GiB and 12 tasks");
});

test("weights change the ranking and travel in the link, and all of them at zero are refused", async ({ page }) => {
  await open(page);
  const matrix = region(page, "Decision matrix");
  const sentence = matrix.locator(".document-lead");
  const before = (await sentence.textContent())!;
  await matrix.getByText("How much each criterion counts").click();
  await type(page, "Privileged containers and eBPF", "10");
  await expectSettled(page);
  await expect(sentence).not.toHaveText(before);
  await expect(page).toHaveURL(/weights=[^&]*privileged%3A10/);
  await type(page, "Privileged containers and eBPF", "11");
  await expect(matrix).toContainText("Privileged containers and eBPF: 11 is out of range. Allowed: 0 to 10.");
  const none = ["operations", "patching", "start", "isolation", "longest_run", "scale_to_zero"].map((one) => `${one}:0`);
  await page.goto(`/#v=1&weights=${none.join(",")}&name=a&vcpu=1&mem=2&tasks=3`);
  await page.reload();
  await expect(page.getByRole("alert", { name: "Not all of the link could be read" })).toContainText("Weights");
  await expectSettled(page);
  await expect(matrix.locator(".document-lead")).toContainText("By ");
});

test("ranges say how sure it is, and none at all is certain", async ({ page }) => {
  await open(page);
  const sure = region(page, "How sure it is");
  await expect(sure).toContainText("of 2,000 cases");
  await sure.getByText("Set the ranges").click();
  await type(page, "Range of the load", "120-80");
  await expect(sure).toContainText("Range of the load");
  await expect(sure.getByRole("alert")).toContainText("120-80");
  for (const range of ["Range of Spot prices", "Range of the load", "Range of instances needed", "Range of year-old prices"]) {
    await type(page, range, "100-100");
  }
  await expectSettled(page);
  const wins = sure.getByRole("table", { name: "In how many cases each option wins" });
  await expect(wins.locator("tbody tr")).toHaveCount(1);
  await expect(wins).toContainText("2,000");
});

test("a kept scenario is compared with, by causes that sum to the difference", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Keep to compare" }).click();
  await type(page, "Tasks", "20");
  await type(page, "Memory", "4");
  await expectSettled(page);
  const compared = region(page, "Against what you kept");
  const causes = compared.getByRole("table", { name: "What the difference comes from" });
  const amounts = await causes.locator("tbody td").allTextContents();
  const sum = amounts.reduce((all, text) => all + (text.includes("−") ? -1 : 1) * cents(text), 0);
  const present = cents((await amount(page).textContent())!);
  expect(Math.abs(sum - (present - 17_301))).toBeLessThanOrEqual(1);
  await expect(compared.getByRole("table", { name: "What differs" })).toContainText("12");
  await page.getByRole("button", { name: "Stop comparing" }).click();
  await expect(compared).toHaveCount(0);
});

test("commitments are followed over 36 months", async ({ page }) => {
  await open(page);
  const stress = region(page, "Commitments, if plans change");
  await expect(stress).toContainText("Over 36 months");
  await expect(stress.getByRole("table", { name: "Paid over 36 months on Fargate" })).toContainText("three-year Compute Savings Plan");
});

test("a need rules places out, and a press brings one back", async ({ page }) => {
  await open(page, "name=api&vcpu=1&mem=4&tasks=4&needs=privileged");
  const matrix = region(page, "Decision matrix");
  const back = matrix.getByRole("button", { name: /^Try it/ }).first();
  await back.click();
  await expect(page).not.toHaveURL(/needs=privileged/);
});

test("a cluster's services are placed where all cost least", async ({ page }) => {
  await open(page);
  await page.getByLabel("Start from").selectOption({ label: "The hybrid health application" });
  await expectSettled(page);
  const cluster = region(page, "The whole cluster");
  const places = cluster.getByRole("table", { name: "Where each service costs least" });
  await expect(places.locator("tbody tr")).toHaveCount(3);
});

for (const width of [390, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 900 }, colorScheme });

      test("the decision is accessible, and nothing is wider than the page", async ({ page }) => {
        await open(page, "name=api&vcpu=1&mem=4&tasks=4&spot=0.50.50&needs=privileged");
        await page.getByRole("button", { name: "Keep to compare" }).click();
        await page.getByText("How much each criterion counts").click();
        await page.getByText("Set the ranges").click();
        await type(page, "Tasks", "5");
        await expectSettled(page);
        await expectAccessible(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide).toBeLessThanOrEqual(0);
      });
    });
  }
}
