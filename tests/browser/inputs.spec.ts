// What a person sets beside the first few inputs: services, weeks, places, daemons, what is owned, and how Spot splits.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.js";

const API = "name=api&vcpu=0.5&mem=1&tasks=12";
const WEEK = `${API.replace("12", "10")}&load=week&week=2x8,10x10,2x6,2x8,10x10,2x6,2x8,10x10,2x6,2x8,10x10,2x6,2x8,10x10,2x54`;

async function open(page: Page, fragment = ""): Promise<void> {
  await page.goto(`/${fragment && `#v=1&${fragment}`}`);
  await expectSettled(page);
}

async function expectSettled(page: Page): Promise<void> {
  await expect(page.locator("html[data-settled]")).toBeAttached();
}

const inputs = (page: Page): Locator => page.getByRole("form", { name: "Inputs" });
const field = (place: Page | Locator, label: string): Locator => place.getByRole("textbox", { name: label, exact: true });
const group = (page: Page, name: string): Locator => page.getByRole("group", { name, exact: true });

/** Opens a disclosure of the inputs by its title. */
async function disclose(page: Page, title: string): Promise<void> {
  await inputs(page).getByText(title, { exact: true }).click();
}

async function type(place: Page | Locator, label: string, text: string): Promise<void> {
  await field(place, label).fill(text);
  await field(place, label).blur();
}

test.describe("services", () => {
  const services = (page: Page) => group(page, "Service").getByRole("radio");
  const button = (page: Page, name: string) => inputs(page).getByRole("button", { name, exact: true });

  test("are added, named, copied, chosen and removed, and the link holds them", async ({ page }) => {
    await open(page);
    await expect(services(page)).toHaveCount(0);
    await expect(button(page, "Remove")).toHaveCount(0);
    await button(page, "Duplicate").click();
    await expect(services(page)).toHaveCount(2);
    await expect(page.getByRole("radio", { name: "api 2 12 tasks, 0.5 vCPU, 1 GiB" })).toBeChecked();
    await type(page, "Name", "checkout");
    await type(page, "vCPU", "2");
    await type(page, "Memory", "8");
    await expect(page.getByRole("radio", { name: "checkout 12 tasks, 2 vCPU, 8 GiB" })).toBeChecked();
    await button(page, "Add a service").click();
    await expect(page.getByRole("radio", { name: "service 1 task, 1 vCPU, 2 GiB" })).toBeChecked();
    await expect(page).toHaveURL(/show=3&name=api&.*&name=checkout&.*&name=service&/);
    // By keys, as radio buttons go.
    await page.getByRole("radio", { name: /^service/ }).press("ArrowUp");
    await expect(field(page, "Name")).toHaveValue("checkout");
    await expect(page).toHaveURL(/show=2/);
    await page.reload();
    await expectSettled(page);
    await expect(page.getByRole("radio", { name: /^checkout/ })).toBeChecked();
    await button(page, "Remove").click();
    await expect(page.getByRole("radio", { name: /^service/ })).toBeChecked();
    await button(page, "Remove").press("Enter");
    await expect(services(page)).toHaveCount(0);
    await expect(field(page, "Name")).toHaveValue("api");
    await expect(button(page, "Add a service"), "the focus is kept").toBeFocused();
  });

  test("a name that does not fit is explained and changes nothing", async ({ page }) => {
    await open(page);
    await type(page, "Name", "");
    await expect(page.getByRole("alert").filter({ hasText: "Name is empty. Allowed: 1 to 40 characters." })).toBeVisible();
    await expect(page.getByText("To be corrected: Name.")).toBeVisible();
    await type(page, "Name", "web");
    await expect(page.getByText("To be corrected")).toBeHidden();
  });

  test("fifty are the most, and each can be reached", async ({ page }) => {
    const fifty = Array.from({ length: 50 }, (_, index) => `name=service-${index + 1}&vcpu=1&mem=2&tasks=${index + 1}`);
    await open(page, fifty.join("&"));
    await expect(services(page)).toHaveCount(50);
    await page.getByRole("radio", { name: /^service-50 / }).check();
    await expect(field(page, "Tasks")).toHaveValue("50");
    for (const name of ["Add a service", "Duplicate"]) {
      await button(page, name).click();
      await expect(page.getByRole("alert").filter({ hasText: "A scenario holds at most 50 services." })).toBeVisible();
      await expect(services(page)).toHaveCount(50);
    }
    await button(page, "Remove").click();
    await expect(services(page)).toHaveCount(49);
    await expect(page.getByText("A scenario holds at most 50 services.")).toBeHidden();
    await expect(page.getByRole("radio", { name: /^service-49 / })).toBeChecked();
  });

  test("where one may run is ticked, and one place at least stays", async ({ page }) => {
    await open(page);
    await disclose(page, "Places and spare tasks");
    const places = group(page, "May run on");
    await places.getByRole("checkbox", { name: "Fargate" }).uncheck();
    await expect(page).toHaveURL(/places=ec2,managed_instances/);
    await places.getByRole("checkbox", { name: "EC2" }).uncheck();
    await places.getByRole("checkbox", { name: "Managed Instances" }).click();
    await expect(places.getByRole("alert")).toHaveText("May run on: at least one place must stay.");
    await expect(places.getByRole("checkbox", { name: "Managed Instances" })).toBeChecked();
    await places.getByRole("checkbox", { name: "Fargate" }).check();
    await expect(places.getByRole("alert")).toBeHidden();
    await type(page, "Spare tasks", "3");
    await expect(page).toHaveURL(/headroom=3/);
    // A service by itself has no capacity provider to choose.
    await expect(group(page, "Capacity provider")).toHaveCount(0);
    await button(page, "Duplicate").click();
    await group(page, "Capacity provider").getByRole("radio", { name: "B" }).check();
    await expect(page).toHaveURL(/provider=b/);
    await page.reload();
    await expectSettled(page);
    await disclose(page, "Places and spare tasks");
    await expect(group(page, "Capacity provider").getByRole("radio", { name: "B" })).toBeChecked();
    await expect(field(page, "Spare tasks")).toHaveValue("3");
    await expect(group(page, "May run on").getByRole("checkbox", { name: "EC2" })).not.toBeChecked();
  });
});

test.describe("the week", () => {
  const grid = (page: Page) => page.getByRole("grid", { name: "Tasks hour by hour" });
  const hour = (page: Page, name: string) => grid(page).getByRole("gridcell", { name });
  const words = (page: Page, text: string) => group(page, "Week").getByText(text, { exact: true });

  /** The middle of an hour, days and hours counted from 0. */
  async function middle(page: Page, day: number, hour: number): Promise<[number, number]> {
    await grid(page).scrollIntoViewIfNeeded();
    const box = (await grid(page).boundingBox())!;
    return [box.x + (box.width * (hour + 0.5)) / 24, box.y + (box.height * (day + 0.5)) / 7];
  }

  test("begins as the load that it was", async ({ page }) => {
    await open(page, `${API}&load=schedule&idle=2&day-hours=10&days=5`);
    await page.getByRole("radio", { name: "Week", exact: true }).check();
    await expect(words(page, "Mon–Fri 0:00–10:00: 12 tasks; otherwise 2.")).toBeVisible();
    await expect(grid(page).getByRole("gridcell")).toHaveCount(168);
    await expect(grid(page).getByRole("row")).toHaveCount(7);
    await expect(field(page, "Brush")).toHaveValue("12");
    await expect(page).toHaveURL(/load=week&week=12x10/);
  });

  test("is painted with the pointer, forth and back", async ({ page }) => {
    await open(page, WEEK);
    await type(page, "Brush", "4");
    await page.mouse.move(...(await middle(page, 5, 10)));
    await expect(words(page, "Saturday 10:00–11:00: 2 tasks"), "what is pointed at").toBeVisible();
    await page.mouse.down();
    await page.mouse.move(...(await middle(page, 6, 14)), { steps: 6 });
    await expect(words(page, "Sat–Sun 10:00–15:00: 4 tasks in each hour")).toBeVisible();
    // What a drag leaves again is as it was.
    await page.mouse.move(...(await middle(page, 5, 12)), { steps: 6 });
    await page.mouse.up();
    await expect(words(page, "Saturday 10:00–13:00: 4 tasks in each hour")).toBeVisible();
    await expect(hour(page, "Saturday 12:00, 4 tasks")).toBeVisible();
    await expect(hour(page, "Sunday 12:00, 2 tasks")).toBeVisible();
    await expect(page).toHaveURL(/2x16,4x3,2x35/);
    await page.reload();
    await expectSettled(page);
    await expect(hour(page, "Saturday 12:00, 4 tasks")).toBeVisible();
  });

  test("is painted by touch, sideways; a swipe down scrolls and paints nothing", async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL, hasTouch: true, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await open(page, WEEK);
    await type(page, "Brush", "7");
    await page.touchscreen.tap(...(await middle(page, 6, 3)));
    await expect(hour(page, "Sunday 3:00, 7 tasks")).toBeVisible();
    const session = await context.newCDPSession(page);
    const touch = async (kind: "touchStart" | "touchMove" | "touchEnd", at?: [number, number]) => {
      const touchPoints = at ? [{ x: at[0], y: at[1] }] : [];
      await session.send("Input.dispatchTouchEvent", { type: kind, touchPoints });
    };
    await touch("touchStart", await middle(page, 5, 1));
    for (const to of [2, 4, 6]) await touch("touchMove", await middle(page, 5, to));
    await touch("touchEnd");
    await expect(words(page, "Saturday 1:00–7:00: 7 tasks in each hour")).toBeVisible();
    await expect(hour(page, "Saturday 4:00, 7 tasks")).toBeVisible();
    const [x, y] = await middle(page, 0, 20);
    const before = await page.evaluate(() => scrollY);
    await touch("touchStart", [x, y]);
    for (const way of [20, 60, 120, 200]) await touch("touchMove", [x, y - way]);
    await touch("touchEnd");
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
    await expect(hour(page, "Monday 20:00, 2 tasks")).toBeAttached();
    await expect(grid(page).getByRole("gridcell", { name: /, 7 tasks$/ })).toHaveCount(7);
    await context.close();
  });

  test("is set by keys: move, choose more, digits, Enter, plus and minus", async ({ page }) => {
    await open(page, WEEK);
    await grid(page).focus();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const active = async () => {
      const id = (await grid(page).getAttribute("aria-activedescendant"))!;
      return page.locator(`#${id}`).getAttribute("aria-label");
    };
    await press("ArrowDown", "ArrowRight", "ArrowRight");
    expect(await active()).toBe("Tuesday 2:00, 2 tasks");
    await press("1", "5");
    expect(await active()).toBe("Tuesday 2:00, 15 tasks");
    await press("-");
    expect(await active()).toBe("Tuesday 2:00, 14 tasks");
    await press("End", "Shift+ArrowDown", "Shift+ArrowLeft", "+");
    await expect(words(page, "Tue–Wed 22:00–24:00: 3 tasks in each hour")).toBeVisible();
    await expect(grid(page).getByRole("gridcell", { selected: true })).toHaveCount(4);
    await press("Enter");
    await expect(words(page, "Tue–Wed 22:00–24:00: 10 tasks in each hour")).toBeVisible();
    await press("Delete");
    await expect(words(page, "Tue–Wed 22:00–24:00: 0 tasks in each hour")).toBeVisible();
    await press("Escape");
    await expect(grid(page).getByRole("gridcell", { selected: true })).toHaveCount(1);
    await press("Home");
    await press("Tab");
    await expect(grid(page), "Tab leaves the grid").not.toBeFocused();
    // The peak follows what was set.
    await expect(field(page, "Tasks")).toHaveValue("14");
  });

  test("takes a shape at its peak, and another peak keeps the shape", async ({ page }) => {
    await open(page, WEEK);
    const shapes = group(page, "Shapes of a week, at the present peak").getByRole("button");
    const before = await page.locator(".answer-amount").textContent();
    // A slider would round the shape away on its way over small peaks.
    await expect(page.getByRole("slider", { name: "Tasks, slider" })).toBeHidden();
    await shapes.filter({ hasText: "Nightly batch" }).click();
    await expect(words(page, "Every day 1:00–5:00: 10 tasks; otherwise none.")).toBeVisible();
    await expect(page.locator(".answer-amount")).not.toHaveText(before!);
    await type(page, "Tasks", "30");
    await expect(words(page, "Every day 1:00–5:00: 30 tasks; otherwise none.")).toBeVisible();
    await shapes.filter({ hasText: "Business hours" }).click();
    await expect(words(page, "Mon–Fri 8:00–18:00: 30 tasks; otherwise 6.")).toBeVisible();
  });

  test("is pasted as 168 numbers, and what is no week says why and changes nothing", async ({ page }) => {
    await open(page, WEEK);
    await disclose(page, "The week as text");
    const text = field(page, "Tasks hour by hour");
    await expect(text).toHaveValue(/^2x8,10x10,2x14,/);
    const numbers = Array.from({ length: 168 }, (_, hour) => (hour % 24 === 9 ? 6 : 1));
    await type(page, "Tasks hour by hour", numbers.join("\t"));
    await expect(words(page, "Every day 9:00–10:00: 6 tasks; otherwise 1.")).toBeVisible();
    for (const [wrong, said] of [
      ["1 2 3", "Tasks hour by hour: 3 hours were given; a week has 168."],
      ["4x167 lots", "Tasks hour by hour: entry 2 is not a number of tasks, nor tasks x hours such as 4x12."],
      ["100001x168", "Tasks hour by hour: hour 1 has 100001 tasks; allowed are 0 to 100000."],
    ] as const) {
      await type(page, "Tasks hour by hour", wrong);
      await expect(page.getByRole("alert").filter({ hasText: said })).toBeVisible();
      await expect(text).toHaveValue(wrong);
      await expect(words(page, "Every day 9:00–10:00: 6 tasks; otherwise 1.")).toBeVisible();
    }
    await type(page, "Tasks hour by hour", "4x84; 2x84");
    await expect(page.getByText("0 to 100000.")).toBeHidden();
    await expect(field(page, "Tasks")).toHaveValue("4");
  });

  test("without any task is refused, with the reason", async ({ page }) => {
    await open(page, `name=api&vcpu=0.5&mem=1&tasks=1&load=week&week=0x167,1`);
    await grid(page).focus();
    for (const key of ["End", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "0"]) {
      await page.keyboard.press(key);
    }
    await expect(page.getByRole("alert").filter({ hasText: "Tasks hour by hour: no hour has a task; one needs at least 1." })).toBeVisible();
    await expect(hour(page, "Sunday 23:00, 1 task")).toBeVisible();
    await expect(page.getByText("the answer for the last valid inputs")).toBeHidden();
    await page.keyboard.press("5");
    await expect(page.getByText("no hour has a task")).toBeHidden();
    await expect(hour(page, "Sunday 23:00, 5 tasks")).toBeVisible();
    await type(page, "Brush", "lots");
    await expect(page.getByRole("alert").filter({ hasText: "Brush: “lots” is not a number. Allowed: 0 to 100000 tasks." })).toBeVisible();
  });
});

test("daemons are added, changed and removed, ten at most", async ({ page }) => {
  await open(page);
  await disclose(page, "Daemons on every instance");
  const add = page.getByRole("button", { name: "Add a daemon" });
  await add.click();
  const daemon = (name: string) => group(page, name);
  await type(daemon("daemon"), "Name of the daemon", "log collector");
  await type(daemon("log collector"), "vCPU of the daemon", "0,25");
  await type(daemon("log collector"), "Memory of the daemon", "0.5");
  await daemon("log collector").getByRole("checkbox", { name: "Sidecar of each task on Fargate" }).uncheck();
  await expect(page).toHaveURL(/daemon=0\.25~0\.5~0~log%20collector/);
  await expect(inputs(page).getByText("Daemons on every instance (1)")).toBeVisible();
  await type(daemon("log collector"), "vCPU of the daemon", "500");
  await expect(
    page.getByRole("alert").filter({ hasText: "vCPU of the daemon: 500 is out of range. Allowed: 0 to 192 vCPU." }),
  ).toBeVisible();
  await expect(page.getByText("To be corrected: vCPU of the daemon.")).toBeVisible();
  await field(daemon("log collector"), "vCPU of the daemon").press("ArrowDown");
  await expect(page.getByText("To be corrected")).toBeHidden();
  for (let count = 2; count <= 10; count++) await add.click();
  await expect(page.getByText("A scenario holds at most")).toBeHidden();
  await add.click();
  await expect(page.getByRole("alert").filter({ hasText: "A scenario holds at most 10 daemons." })).toBeVisible();
  await expect(page).toHaveURL(/daemon%209/);
  await page.reload();
  await expectSettled(page);
  await disclose(page, "Daemons on every instance (10)");
  await expect(daemon("log collector").getByRole("checkbox")).not.toBeChecked();
  await daemon("log collector").getByRole("button", { name: "Remove log collector" }).press("Enter");
  await expect(daemon("log collector")).toHaveCount(0);
  await expect(inputs(page).getByText("Daemons on every instance (9)")).toBeVisible();
  await expect(add, "the focus is kept").toBeFocused();
});

test("the split of a strategy is said, with what AWS leaves open", async ({ page }) => {
  await open(page, `name=api&vcpu=0.5&mem=1&tasks=10&spot=1.1.4`);
  await disclose(page, "Spot strategy: base and weights");
  await expect(
    page.getByText("10 tasks: 3 on-demand and 7 on Spot. AWS documents the ratio and not how it is rounded: 7 to 8 on Spot would fit it."),
  ).toBeVisible();
  await type(page, "Tasks", "6");
  await expect(page.getByText("6 tasks: 2 on-demand and 4 on Spot.")).toBeVisible();
  await type(page, "On-demand weight", "0");
  await expect(page.getByText(/takes its base and nothing more/).first()).toBeVisible();
});

test("everything else is set in its place, explained where it does not fit, and held by the link", async ({ page }) => {
  await open(page);
  const rest: [string, [string, string, string][]][] = [
    [
      "What is there already",
      [
        ["Savings Plans owned", "compute_sp_1y_no_upfront=0.5, ec2_sp_1y_no_upfront:m7g=0.2", "compute_sp_1y_no_upfront=0.5,ec2_sp_1y_no_upfront:m7g=0.2"],
        ["Reserved Instances owned", "m7g.large=3", "m7g.large=3"],
        ["Free vCPU in a running cluster", "4", "4"],
        ["Free memory in a running cluster", "16", "16"],
      ],
    ],
    [
      "Which instance types",
      [
        ["Instance types", "m7g.large; C7g.xlarge", "m7g.large,c7g.xlarge"],
        ["Families left out", "m6a c7i", "m6a,c7i"],
      ],
    ],
    [
      "How fleets are built",
      [
        ["CPU overcommit", "1.5", "1.5"],
        ["Soft memory limits", "1.2", "1.2"],
      ],
    ],
    [
      "x86 against Arm",
      [
        ["Tasks on x86", "1", "1"],
        ["Tasks on Arm", "0.8", "0.8"],
      ],
    ],
    [
      "Staff time and smallest saving",
      [
        ["An hour of staff", "90", "90"],
        ["Hours on the fleet", "12", "12"],
        ["Smallest saving worth a change", "50", "50"],
      ],
    ],
  ];
  await group(page, "Size of commitments").getByRole("radio", { name: "Steady floor" }).check();
  for (const [title, fields] of rest) {
    await disclose(page, title);
    for (const [label, text, kept] of fields) {
      await type(page, label, text);
      await expect(field(page, label)).toHaveValue(kept);
    }
  }
  await page.getByRole("checkbox", { name: "Staff time" }).check();
  await page.getByRole("checkbox", { name: "Burstable types" }).check();
  for (const [label, wrong, said] of [
    ["Savings Plans owned", "ec2_sp_1y_no_upfront=1", "Savings Plans owned: entry 1 is not a plan; write compute_sp_1y_no_upfront=0.5"],
    ["Instance types", "m7g", "Instance types: “m7g” is not a list of names. Allowed: up to 50, such as m7g.large, c7g.xlarge."],
    ["CPU overcommit", "0.5", "CPU overcommit: 0.5 is out of range. Allowed: 1 to 10 x."],
  ] as const) {
    const before = await field(page, label).inputValue();
    await type(page, label, wrong);
    await expect(page.getByRole("alert").filter({ hasText: said })).toBeVisible();
    await type(page, label, before);
    await expect(field(page, label)).toHaveAttribute("aria-invalid", "false");
  }
  await expect(page).toHaveURL(/least-saving=50/);
  await page.reload();
  await expectSettled(page);
  await expect(group(page, "Size of commitments").getByRole("radio", { name: "Steady floor" })).toBeChecked();
  for (const [title, fields] of rest) {
    await disclose(page, title);
    for (const [label, , kept] of fields) await expect(field(page, label)).toHaveValue(kept);
  }
  await expect(page.getByRole("checkbox", { name: "Staff time" })).toBeChecked();
});

const CLUSTER = `daemon=0.1~0.25~1~log%20collector&show=2&${API}&name=checkout&vcpu=2&mem=8&tasks=10&load=week&week=2x8,10x10,2x14,4x136&spot=1.1.4`;
for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing in the inputs at ${width} px, ${colorScheme}, each open, and none is wider than its panel`, async ({ browser, baseURL }) => {
      const context = await browser.newContext({ baseURL, colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await open(page, CLUSTER);
      for (const summary of await inputs(page).locator("summary:visible").all()) await summary.click();
      await expect(field(page, "Smallest saving worth a change")).toBeVisible();
      await page.getByRole("grid").focus();
      await page.keyboard.press("Shift+ArrowRight");
      await type(page, "Spare tasks", "lots");
      await expectAccessible(page);
      const beyond = await inputs(page).evaluate((form) => {
        const edge = form.getBoundingClientRect().right;
        const wide = [...form.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > edge + 0.5);
        return wide.map((element) => element.outerHTML.slice(0, 80));
      });
      expect(beyond).toEqual([]);
      await context.close();
    });
  }
}

test("the week can be read in forced colours", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, forcedColors: "active" });
  const page = await context.newPage();
  await open(page, WEEK);
  const colour = (name: string) =>
    page.getByRole("gridcell", { name }).evaluate((cell) => getComputedStyle(cell).backgroundColor);
  expect(await colour("Monday 9:00, 10 tasks")).not.toBe(await colour("Monday 1:00, 2 tasks"));
  await context.close();
});
