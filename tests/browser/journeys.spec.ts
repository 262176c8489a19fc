// What a person does on the page, by role and label, with pointer and with keys alone.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.js";

async function open(page: Page, fragment = ""): Promise<void> {
  await page.goto(`/${fragment && `#v=1&${fragment}`}`);
  await expectSettled(page);
}

/** The studies of what is shown have ended, and the lower panels are there. */
async function expectSettled(page: Page): Promise<void> {
  await expect(page.locator("html[data-settled]")).toBeAttached();
  await expect(page.getByRole("heading", { name: "What this rests on" })).toBeAttached();
}

const answer = (page: Page): Locator => page.locator("section.answer");
const amount = (page: Page): Locator => answer(page).locator(".answer-amount");
const sentence = (page: Page): Locator => answer(page).locator(".answer-sentence");

async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: label, exact: true });
  await field.fill(text);
  await field.press("Enter");
}

/** The row of an option, by its name. */
function option(page: Page, name: string): Locator {
  return page.locator(".option-row").filter({ has: page.locator(".option-name", { hasText: new RegExp(`^${name}$`) }) });
}

/** Money as the page writes it, in cents. */
const cents = (text: string): number => Math.round(Number(text.replace(/[^0-9.−-]/g, "").replace("−", "-")) * 100);

test("the first screen answers without a click", async ({ page }) => {
  await open(page);
  await expect(answer(page)).toContainText("Fargate on Arm");
  await expect(amount(page)).toHaveText("$173.01");
  await expect(sentence(page)).toHaveText(
    "Run it on Fargate on Arm: $173.01 a month, $10.02 (5.5 %) less than EC2 on Arm, the best of the other places.",
  );
  await expect(answer(page).locator(".answer-date")).toContainText("oldest price 2026-");
});

test("a slider changes the answer and the link, and a reload brings both back", async ({ page }) => {
  await open(page);
  const slider = page.getByRole("slider", { name: "Tasks, slider" });
  await slider.focus();
  await slider.press("ArrowRight");
  await expect(page.getByRole("textbox", { name: "Tasks", exact: true })).toHaveValue("13");
  await expect(amount(page)).not.toHaveText("$173.01");
  await expect(page).toHaveURL(/tasks=13/);
  const shown = await amount(page).textContent();
  await page.reload();
  await expectSettled(page);
  await expect(amount(page)).toHaveText(shown!);
});

test("the same link opens the same answer elsewhere", async ({ page, browser }) => {
  await open(page);
  await type(page, "vCPU", "2");
  await type(page, "Memory", "4");
  await expect(page).toHaveURL(/vcpu=2&mem=4/);
  const shown = await sentence(page).textContent();
  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  await expectSettled(other);
  await expect(sentence(other)).toHaveText(shown!);
});

for (const text of ["1.5", "1,5", " 1,50 "]) {
  test(`a decimal is understood as people type it: “${text}”`, async ({ page }) => {
    await open(page);
    await type(page, "vCPU", text);
    await expect(page.getByRole("textbox", { name: "vCPU", exact: true })).toHaveValue("1.5");
    await expect(page).toHaveURL(/vcpu=1\.5&/);
  });
}

for (const [label, text, said] of [
  ["vCPU", "lots", "vCPU: “lots” is not a number. Allowed: 0.01 to 192 vCPU."],
  ["Tasks", "", "Tasks is empty. Allowed: 1 to 100000 tasks."],
  ["Tasks", "100001", "Tasks: 100001 is out of range. Allowed: 1 to 100000 tasks."],
  ["Tasks", "1.5", "Tasks: 1.5 is not a whole number. Allowed: 1 to 100000 tasks."],
  ["Memory", "-4", "Memory: -4 is out of range. Allowed: 0.01 to 4096 GiB."],
] as const) {
  test(`${label} “${text}” stays in its field, is explained, and leaves the last answer, marked`, async ({ page }) => {
    await open(page);
    await type(page, label, text);
    const field = page.getByRole("textbox", { name: label, exact: true });
    await expect(field).toHaveValue(text);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByRole("alert").filter({ hasText: said })).toBeVisible();
    await expect(amount(page)).toHaveText("$173.01");
    await expect(page.getByRole("alert").filter({ hasText: "the answer for the last valid inputs" })).toContainText(label);
    await expectAccessible(page);
    await type(page, label, "2");
    await expect(field).toHaveAttribute("aria-invalid", "false");
    await expect(page.getByText("the answer for the last valid inputs")).toBeHidden();
  });
}

test("architecture, calendar, Spot, load and GPUs change what is priced", async ({ page }) => {
  await open(page);
  await page.getByRole("radio", { name: "x86", exact: true }).check();
  await expect(amount(page)).toHaveText("$216.24");
  await page.getByText("Month, storage and system").click();
  await type(page, "Month", "720");
  // 12 x 720 x (0.5 x 0.04048 + 0.004445)
  await expect(amount(page)).toHaveText("$213.28");
  await type(page, "Month", "730");
  await type(page, "Spot share", "50");
  await expect(answer(page)).toContainText("Spot mix");
  await type(page, "Spot share", "0");
  await page.getByRole("radio", { name: "Schedule" }).check();
  await expect(page.getByRole("textbox", { name: "Hours a day", exact: true })).toHaveValue("12");
  await expect(amount(page)).not.toHaveText("$216.24");
  await page.getByRole("radio", { name: "Constant" }).check();
  await type(page, "GPUs per task", "1");
  await page.getByLabel("GPU model").selectOption("a10g");
  await expect(answer(page)).not.toContainText("Take Fargate");
  await expect(answer(page)).toContainText("g5.");
});

test("a need rules options out, with the reason", async ({ page }) => {
  await open(page);
  await page.getByText("Needs", { exact: true }).click();
  await page.getByRole("checkbox", { name: /^Privileged/ }).check();
  await expect(page.getByText("Needs (1 stated)")).toBeVisible();
  await expect(answer(page).locator(".answer-option")).not.toContainText("Fargate");
  const group = page.locator("details").filter({ has: page.getByText(/options are ruled out/) });
  await group.locator("summary").click();
  await expect(group.getByRole("row", { name: /^Fargate on x86, on-demand/ })).toContainText("rivileged");
  await expect(page.getByRole("blockquote")).toContainText("Here they rule Fargate out");
});

test("the tutorial's scenarios open from the list, and a service is chosen among several", async ({ page }) => {
  await open(page);
  const list = page.getByLabel("Start from");
  const names = await list.locator("option:not([disabled])").allTextContents();
  expect(names.length).toBeGreaterThanOrEqual(3);
  let several = 0;
  for (const name of names) {
    await list.selectOption({ label: name });
    await expectSettled(page);
    await expect(sentence(page)).toContainText(/a month|No option/);
    const services = page.getByRole("group", { name: "Service" }).getByRole("radio");
    if ((await services.count()) > 1) {
      several++;
      const before = await sentence(page).textContent();
      await services.nth(1).check();
      await expect(sentence(page)).not.toHaveText(before!);
      await expect(page).toHaveURL(/show=2/);
    }
  }
  expect(several, "the hybrid application has several services").toBeGreaterThan(0);
});

test("every option opens to lines that sum to its total, each with the date and source of its price", async ({ page }) => {
  await open(page, "term=1y&name=api&vcpu=0.5&mem=1&tasks=12&spot=1.1.3");
  const rows = page.locator(".option-row");
  const count = await rows.count();
  expect(count).toBeGreaterThan(8);
  for (let index = 0; index < Math.min(count, 10); index++) {
    const row = rows.nth(index);
    await row.locator("summary").first().click();
    const amounts = await row.locator("tbody tr td:nth-child(4)").allTextContents();
    const total = cents((await row.locator(".option-total").textContent())!);
    const sum = amounts.map(cents).reduce((sum, amount) => sum + amount, 0);
    // Each line is rounded to a cent by itself.
    expect(Math.abs(sum - total), `${await row.locator(".option-name").textContent()}`).toBeLessThanOrEqual(amounts.length);
    const sources = await row.locator("tbody tr td.source").allTextContents();
    for (const [line, source] of sources.entries()) {
      const what = await row.locator("tbody tr th").nth(line).textContent();
      if (what !== "Committed and not used") expect(source, what!).toMatch(/^20\d\d-\d\d(-\d\d)?, (quoted|derived|assumed)/);
    }
  }
});

test("the matrix has all of its criteria, and live cells follow the inputs", async ({ page }) => {
  await open(page);
  const matrix = page.getByRole("region", { name: "Criteria by class of options" });
  // Those that count nothing by the weights are folded.
  const all = page.getByRole("region", { name: "Decision matrix", exact: true });
  await expect(all.locator("table.wide tbody tr")).toHaveCount(31);
  await expect(matrix.locator("tbody tr")).toHaveCount(12);
  const cost = matrix.getByRole("row", { name: /^Cost of this load/ });
  await expect(cost).toContainText("$173.01");
  await type(page, "Tasks", "24");
  await expect(cost).toContainText("$346.02");
});

test("the interview answer holds the very amounts that are on screen", async ({ page }) => {
  await open(page, "name=api&vcpu=1&mem=2&tasks=7");
  const interview = page.getByRole("blockquote");
  await expect(interview).toContainText("When do you choose Fargate over EC2?");
  const totals = async (name: string) => (await option(page, name).locator(".option-total").textContent())!;
  for (const name of ["Fargate on Arm, on-demand", "EC2 on Arm, on-demand", "Managed Instances on Arm, on-demand"]) {
    await expect(interview).toContainText(await totals(name));
  }
});

test("figures are stepped through by keys, and have their data in a table", async ({ page }) => {
  await open(page);
  for (const name of ["Spend by option", "Cost against task count"]) {
    const panel = page.getByRole("region", { name, exact: true }).first();
    const figure = panel.getByRole("group", { name: new RegExp(`^${name}`) });
    await figure.focus();
    await page.keyboard.press("ArrowDown");
    const words = panel.locator(".figure-tooltip");
    await expect(words).toContainText("$");
    const first = await words.textContent();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await expect(words).not.toHaveText(first!);
    await page.keyboard.press("Escape");
    await expect(words).toBeHidden();
    await panel.getByText("The figure as a table").click();
    expect(await panel.locator("tbody tr").count()).toBeGreaterThan(2);
  }
});

for (const [what, fragment, said] of [
  ["an unknown version", "#v=99&tasks=3", "The link is of version “99”; this page reads version 1."],
  ["no version", "#tasks=3", "The link does not say its version"],
  ["an unknown field", "#v=1&colour=red&name=a&vcpu=1&mem=2&tasks=3", "“colour” is not a field and was ignored."],
  ["an unknown region", "#v=1&region=mars-1&name=a&vcpu=1&mem=2&tasks=3", "There is no price book for the region “mars-1”"],
  ["an illegal value", "#v=1&name=a&vcpu=999&mem=2&tasks=3", "vCPU: 999 is out of range. Allowed: 0.01 to 192 vCPU."],
] as const) {
  test(`a link with ${what} opens with what could be read, and says what was ignored`, async ({ page }) => {
    await page.goto(`/${fragment}`);
    const notice = page.getByRole("alert", { name: "Not all of the link could be read" });
    await expect(notice).toContainText(said);
    await expect(sentence(page)).toContainText("a month");
    await expectAccessible(page);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect(notice).toHaveCount(0);
  });
}

test("a fragment typed into the address bar is followed", async ({ page }) => {
  await open(page);
  await page.evaluate(() => (location.hash = "#v=1&name=b&vcpu=1&mem=2&tasks=3"));
  await expect(page.getByRole("textbox", { name: "Tasks", exact: true })).toHaveValue("3");
});

test("the keyboard alone gets from the top to a new answer and its bill", async ({ page }) => {
  await open(page);
  await page.locator("body").press("Tab");
  const reached: string[] = [];
  for (let step = 0; step < 16; step++) {
    const name = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      return element.getAttribute("aria-label") ?? element.id ?? element.textContent;
    });
    reached.push(String(name));
    if (name === "field-tasks") break;
    await page.keyboard.press("Tab");
  }
  expect(reached.at(-1), reached.join(" > ")).toBe("field-tasks");
  await page.keyboard.press("ArrowUp");
  await expect(page).toHaveURL(/tasks=13/);
  const row = page.locator(".option-row").first();
  await row.locator("summary").first().focus();
  await page.keyboard.press("Enter");
  await expect(row.getByRole("region", { name: "Bill lines" })).toBeVisible();
});

const WIDTHS = [320, 390, 820, 1440];
for (const scheme of ["light", "dark"] as const) {
  for (const width of WIDTHS) {
    test(`axe finds nothing at ${width} px, ${scheme}, everything open; nothing scrolls sideways`, async ({ browser, baseURL }) => {
      const context = await browser.newContext({ baseURL, colorScheme: scheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await open(page, "term=3y&estimate=on&name=api&vcpu=0.5&mem=1&tasks=12&spot=1.1.3");
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details:not(.option-row)")) (details as HTMLDetailsElement).open = true;
      });
      await page.locator(".option-row").first().locator("summary").first().click();
      await page.locator(".price").first().locator("summary").click();
      await expectAccessible(page);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(beyond, "nothing scrolls sideways").toBeLessThanOrEqual(0);
      await context.close();
    });
  }
}

test("controls and answer stay where they are when an input changes", async ({ page }) => {
  await open(page);
  const boxes = () =>
    page.evaluate(() =>
      [".controls", ".answer", ".figures"].map((name) => {
        const { x, y, width } = document.querySelector(name)!.getBoundingClientRect();
        return [name, x, y, width];
      }),
    );
  const before = await boxes();
  for (const [label, text] of [
    ["vCPU", "2"],
    ["Memory", "8"],
    ["Tasks", "40"],
    ["Spot share", "60"],
  ] as const) {
    await type(page, label, text);
    await expectSettled(page);
    expect(await boxes(), label).toEqual(before);
  }
});
