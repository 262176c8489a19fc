import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** WCAG 2.2 up to level AA, and what axe counts as best practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Finding = { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] };
type Results = { violations: Finding[]; passes: Finding[] };

/**
 * Expects that axe finds nothing to complain about in the page as it stands.
 *
 * The page's policy keeps scripts out, axe too: it comes in by the debugging protocol, which no policy binds.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { readFile } = await import("node:fs/promises");
  const source = await readFile(AXE, "utf8");
  const run = `${source};
    axe.run(document, { runOnly: { type: "tag", values: ${JSON.stringify(TAGS)} }, resultTypes: ["violations"] })`;
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression: run,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(`axe did not run: ${exceptionDetails.exception?.description}`);
  const { violations, passes } = result.value as Results;
  expect(passes.length, "axe looked at something").toBeGreaterThan(5);
  expect(violations.map(describe), "axe finds nothing").toEqual([]);
}

function describe(violation: Finding): string {
  const where = violation.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary ?? ""}`);
  return `${violation.id} (${violation.help})\n  ${where.join("\n  ")}`;
}
