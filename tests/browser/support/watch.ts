import { expect, type BrowserContext, type Page } from "@playwright/test";

/** Everything a page may not do: speak in the console, break its policy, ask another origin, or ask for too much. */
export type Watch = {
  /** Fails on anything heard so far. */
  expectClean(): void;
  /** What was asked for, as paths. */
  requests: string[];
  console: string[];
};

/** Listens to a page and its frames from here on. Call it before the page goes anywhere. */
export async function watch(page: Page, origin: string): Promise<Watch> {
  const heard: string[] = [];
  const reports: string[] = [];
  const requests: string[] = [];
  const foreign: string[] = [];
  page.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol === "data:" || url.protocol === "about:") return;
    if (url.origin === origin) requests.push(url.pathname);
    else foreign.push(request.url());
  });
  page.on("requestfailed", (request) => heard.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("websocket", (socket) => foreign.push(socket.url()));
  await page.exposeBinding("__report_violation", (_source, text: string) => void reports.push(text));
  await page.addInitScript(() => {
    const report = (window as unknown as { __report_violation: (text: string) => void }).__report_violation;
    addEventListener("securitypolicyviolation", (event) =>
      report(`${event.violatedDirective} blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`),
    );
  });
  return {
    requests,
    console: heard,
    expectClean() {
      expect(reports, "no report of the policy").toEqual([]);
      expect(foreign, "no request to another origin").toEqual([]);
      expect(heard, "an empty console").toEqual([]);
    },
  };
}

/** Makes every kind of storage throw, as browsers do in a frame whose site is not trusted. */
export async function blockStorage(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const blocked = () => {
      throw new DOMException("storage is blocked", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
      Object.defineProperty(window, name, { get: blocked });
    }
    Object.defineProperty(Document.prototype, "cookie", { get: blocked, set: blocked });
  });
}
