// What the page says beyond one service's answer: the whole cluster, what is worth knowing, and what becomes of a
// commitment. It comes from a module that is loaded once the page is in use.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.js";

const MODULE = "**/berth-studies-*.wasm";
const NEAR = "name=api&vcpu=8&mem=32&tasks=6&arch=x86_64";
const SIZES = [390, 1440];
const THEMES = ["light", "dark"] as const;

async function open(page: Page, fragment = ""): Promise<void> {
  await page.goto(`/${fragment && `#v=1&${fragment}`}`);
  await expectSettled(page);
}

async function expectSettled(page: Page): Promise<void> {
  await expect(page.locator("html[data-settled]")).toBeAttached();
}

async function openHybrid(page: Page): Promise<void> {
  await open(page);
  await page.getByLabel("Start from").selectOption({ label: "The hybrid health application" });
  await expectSettled(page);
}

async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: label, exact: true });
  await field.fill(text);
  await field.blur();
}

const services = (count: number): string =>
  Array.from({ length: count }, (_, index) => `name=service-${index + 1}&vcpu=0.5&mem=1&tasks=2`).join("&");
const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const cluster = (page: Page): Locator => region(page, "The whole cluster");
const notes = (page: Page): Locator => region(page, "Worth knowing");
const answer = (page: Page): Locator => page.locator(".answer");
const bill = (page: Page): Locator => cluster(page).getByRole("table", { name: /What each service costs/ });
const row = (page: Page, name: string): Locator => bill(page).getByRole("row").filter({ hasText: name });

test.describe("the whole cluster", () => {
  test("one service has none", async ({ page }) => {
    await open(page);
    await expect(cluster(page)).toHaveCount(0);
  });

  test("the hybrid application opens as one, and each service is shown by a press", async ({ page }) => {
    await openHybrid(page);
    await expect(cluster(page)).toContainText("All 3 services: $1,584 a month");
    await expect(row(page, "api")).toContainText("Fargate on Arm, on-demand");
    await expect(row(page, "inference")).toContainText("EC2 on x86, on-demand");
    await expect(row(page, "batch")).toContainText("Fargate on Arm, Spot mix");
    await expect(row(page, "The cluster").getByRole("cell").last()).toHaveText("$1,583.90");
    await expect(cluster(page)).toContainText("inference has 2 × g5.xlarge to itself.");
    await expect(cluster(page)).toContainText("On every instance: log collector and monitoring.");
    await expect(cluster(page)).toContainText("All on Fargate: not possible (inference): a GPU");
    await expect(answer(page)).toContainText("Run it on Fargate on Arm");
    for (const [name, said] of [
      ["inference", "Run it on EC2 on x86"],
      ["batch", "Run it on Fargate on Arm with Spot"],
    ] as const) {
      const show = bill(page).getByRole("button", { name, exact: true });
      await show.click();
      await expect(show).toHaveAttribute("aria-pressed", "true");
      await expect(show).toBeFocused();
      await expect(page.getByRole("radio", { name: new RegExp(`^${name}`) })).toBeChecked();
      await expect(answer(page)).toContainText(said);
      await expect(cluster(page), "it belongs to the scenario and not to a service").not.toContainText("Being priced");
    }
  });

  test("an edit prices it anew", async ({ page }) => {
    await openHybrid(page);
    await type(page, "Tasks", "80");
    await expectSettled(page);
    await expect(row(page, "api").getByRole("cell").last()).not.toHaveText("$72.09");
    await expect(cluster(page)).not.toContainText("Being priced");
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await expectSettled(page);
    await expect(cluster(page)).toContainText("All 2 services: ");
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await expect(cluster(page)).toHaveCount(0);
  });

  test("many services are priced when a person asks for it", async ({ page }) => {
    await open(page, services(9));
    await expect(cluster(page)).toContainText("Pricing 9 services together takes a moment.");
    await expect(bill(page)).toHaveCount(0);
    await cluster(page).getByRole("button", { name: "Price the cluster" }).press("Enter");
    await expect(cluster(page)).toContainText("All 9 services: ");
    await expectSettled(page);
    await expect(bill(page).getByRole("row")).toHaveCount(11);
    await expect(page.locator("#cluster"), "the focus is kept").toBeFocused();
    await type(page, "Tasks", "3");
    await expect(cluster(page).getByRole("button", { name: "Price the cluster" })).toBeVisible();
  });

  test("what all share has a row, and a service that nothing can run is named", async ({ page }) => {
    await open(page, `lb=on&egress=nat&${services(2)}`);
    await expect(row(page, "Shared by all")).toContainText("gateways, endpoints and load balancer");
    await expect(cluster(page)).toContainText("That they share a cluster saves $");
    await open(page, "name=a&vcpu=1&mem=2&tasks=1&name=odd&vcpu=1&mem=2&tasks=1&gpu=1&places=fargate");
    await page.reload();
    await expectSettled(page);
    await expect(cluster(page)).toContainText("There is no total for the cluster: no option can run odd");
  });
});

test.describe("worth knowing", () => {
  test("a size that is just missed is taken by a press", async ({ page }) => {
    await open(page, `${NEAR}&places=ec2`);
    const found = notes(page).getByRole("listitem").filter({ hasText: "Ask for" });
    await expect(found).toContainText("Ask for 30 GiB instead of 32: EC2 on x86 then costs $473.04 a month less.");
    await expect(notes(page)).toContainText("more than the default EC2 quota of 5 vCPU");
    const before = await page.locator(".answer-amount").textContent();
    await found.getByRole("button", { name: "Take it (8 vCPU and 30 GiB)" }).press("Enter");
    await expect(page.getByRole("textbox", { name: "Memory", exact: true })).toHaveValue("30");
    await expect(page).toHaveURL(/vcpu=8&mem=30/);
    await expect(page.locator(".answer-amount")).not.toHaveText(before!);
    await expectSettled(page);
    await expect(found).toHaveCount(0);
    await expect(page.locator("#document-notes"), "the focus is kept").toBeFocused();
  });

  test("staff time and the two kinds of vCPU are spoken of", async ({ page }) => {
    await open(page, "name=api&vcpu=2&mem=8&tasks=30");
    await expect(notes(page)).toContainText("worth it while running the fleet takes under");
    await expect(notes(page)).toContainText("a Graviton vCPU is a core");
  });

  test("where there is nothing, it says so", async ({ page }) => {
    await open(page, "name=api&vcpu=0.25&mem=0.5&tasks=1&arch=arm64&places=fargate");
    await expect(notes(page)).toContainText("Nothing else to note for this service.");
  });

  test("other prices are other notes", async ({ page }) => {
    await open(page, NEAR);
    await page.getByLabel("Region").selectOption("eu-west-1");
    await expect(page.locator("html[data-settled*='eu-west-1']")).toBeAttached();
    await expect(page.getByRole("status").filter({ hasText: "are being loaded" })).toHaveCount(0);
    await expectSettled(page);
    await expect(notes(page)).not.toContainText("could not be loaded");
    await expect(notes(page).getByRole("listitem").first()).toBeVisible();
  });
});

test.describe("the module", () => {
  test("is asked for once, and not before the page is usable", async ({ page }) => {
    let ready = false;
    const asked: boolean[] = [];
    await page.route(MODULE, async (route) => {
      ready = await page.evaluate(() => document.documentElement.hasAttribute("data-ready"));
      asked.push(ready);
      await route.continue();
    });
    await open(page);
    await type(page, "Tasks", "13");
    await expectSettled(page);
    expect(asked).toEqual([true]);
  });

  test("that is missing is explained, and tried again with the next edit", async ({ page }) => {
    await page.route(MODULE, (route) => route.fulfill({ status: 404, body: "gone" }));
    await open(page, services(2));
    await expect(notes(page)).toContainText("This part of the page could not be loaded");
    await expect(cluster(page)).toContainText("could not be loaded");
    await expect(page.locator(".answer-amount")).toBeVisible();
    await expectAccessible(page);
    await page.unroute(MODULE);
    await type(page, "Tasks", "3");
    await expectSettled(page);
    await expect(cluster(page)).toContainText("All 2 services: ");
    await expect(page.getByText("could not be loaded")).toHaveCount(0);
  });

  test("that was altered never runs", async ({ page }) => {
    await page.route(MODULE, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers["content-encoding"];
      delete headers["content-length"];
      const body = Buffer.concat([await response.body(), Buffer.from([0, 2, 1, 120])]);
      await route.fulfill({ status: 200, headers, body });
    });
    await open(page);
    await expect(notes(page)).toContainText("This part of the page could not be loaded");
  });
});

test.describe("a commitment", () => {
  const option = (page: Page, name: string): Locator => page.getByRole("group").filter({ hasText: name });

  test("says how much of it is used, and what becomes of it if the load falls", async ({ page }) => {
    await open(page, "name=api&vcpu=1&mem=2&tasks=10&arch=arm64");
    const plan = option(page, "Fargate on Arm, one-year Compute Savings Plan").last();
    await plan.getByText("Fargate on Arm, one-year Compute Savings Plan").click();
    await expect(plan).toContainText(/Commits to \$0\.\d+ for every hour\. Utilisation \d+ %: so much of it is used\./);
    await expect(plan).toContainText(/If the load falls to half and the commitment stays: \$\d/);
    await expect(plan).toContainText("in every region.");
    const reserved = option(page, "EC2 on Arm, one-year Reserved Instances").last();
    await reserved.getByText("EC2 on Arm, one-year Reserved Instances").click();
    await expect(reserved).toContainText(/Commits to \d+ instances? for every hour\./);
    await expect(reserved).toContainText("instances in us-east-1 alone");
    await expectAccessible(page);
  });
});

test("the table of bills has no column that is nothing throughout", async ({ page }) => {
  await open(page, "name=api&vcpu=2&mem=8&tasks=30");
  const figure = region(page, "Spend by option");
  await figure.getByText("The figure as a table").click();
  await expect(figure.getByRole("columnheader", { name: "Compute" })).toBeVisible();
  await expect(figure.getByRole("columnheader", { name: "Staff time" })).toHaveCount(0);
  await open(page, "staff=on&name=api&vcpu=2&mem=8&tasks=30");
  await page.reload();
  await expectSettled(page);
  await figure.getByText("The figure as a table").click();
  await expect(figure.getByRole("columnheader", { name: "Staff time" })).toBeVisible();
});

for (const width of SIZES) {
  for (const colorScheme of THEMES) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 900 }, colorScheme });

      test("cluster and notes are accessible, and nothing is wider than the page", async ({ page }) => {
        await openHybrid(page);
        await expectAccessible(page);
        await open(page, NEAR);
        await page.reload();
        await expectSettled(page);
        await expect(notes(page).getByRole("button", { name: /^Take it/ }).first()).toBeVisible();
        await expectAccessible(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide).toBeLessThanOrEqual(0);
      });
    });
  }
}
