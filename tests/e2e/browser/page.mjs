// A page in a real browser that is watched: what it says on the console, what it asks for, what it opens.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const ARGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const start = () => chromium.launch({ executablePath: process.env.CHROME_PATH || "/usr/bin/chromium", args: ARGS });

/** Opens a file, runs `use`, and fails if the page said or asked for anything. */
export async function opened(browser, file, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const seen = [];
  page.on("console", (message) => seen.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { seen.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("popup", () => seen.push("popup"));
  const address = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== address && !/^(data|blob):/.test(request.url())) seen.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  const result = await use(page);
  assert.deepEqual(seen, [], file);
  if (options.javaScriptEnabled !== false && !options.bypassCSP) {
    assert.equal(await page.evaluate(() => window.pwned), undefined, `${file}: something ran`);
  }
  await context.close();
  return result;
}

/** The page is no wider than the window; what is wider scrolls by itself. */
export async function fits(page, what) {
  const [whole, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(whole <= window, `${what}: ${whole} px in a window of ${window}`);
}

/** No violation that axe-core knows of. */
export async function accessible(page, axe, what) {
  await page.addScriptTag({ content: axe });
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations", "passes"],
  }));
  const told = found.violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 4).map((n) => `${n.target} ${n.failureSummary}`).join("\n  ")}`);
  assert.deepEqual(told, [], `${what}:\n${told.join("\n")}`);
  assert.ok(found.passes.length > 20, `${what}: only ${found.passes.length} rules were applied`);
}
