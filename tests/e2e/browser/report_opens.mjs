// The HTML report as a person meets it: opened from disk in Chromium, read, filtered, sorted, printed, by keyboard,
// without JavaScript, on a phone, in six languages; and a profile whose every text is hostile.
//
//     node report_opens.mjs ANNEXA WORK OUT [SCREENSHOTS]
//
// ONLY=words runs the steps with these words in their names.
// Pictures go to OUT, those of the documentation to SCREENSHOTS if it is given.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { accessible, fits, opened, start } from "./page.mjs";

const [annexa, work, out, pictures] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DATE = "2021-12-01";
const LANGUAGES = ["en", "fr", "it", "ja", "ko", "zh-TW"];
mkdirSync(out, { recursive: true });

const run = (...args) => execFileSync(annexa, args, { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
const report = (name, profiles, ...args) => {
  const file = join(work, name);
  run("report", ...profiles, "--as-of", DATE, "-q", "-o", file, ...args);
  return file;
};
const text = (file) => readFileSync(file, "utf8");

// Two snapshots lie before the date, so that there is a trend and something to attribute.
const enterprise = join(work, "enterprise.toml");
cpSync(join(root, "templates/microsoft-cloud/profiles/enterprise.toml"), enterprise);
const plain = report("plain.html", [enterprise]);
assert.ok(statSync(plain).size < 500_000, `${statSync(plain).size} bytes`);
for (const date of ["2020-06-01", "2021-03-01", "2021-09-01"]) run("history", "record", enterprise, "--as-of", date, "-q");
const whole = report("enterprise.html", [enterprise]);
const score = JSON.parse(run("score", enterprise, "--as-of", DATE, "--format", "json"));
const hostile = join(work, "hostile.toml");
writeFileSync(hostile, text(join(here, "hostile.toml")).replaceAll("@LONG@", "x".repeat(10_000)));

const browser = await start();
const step = async (name, does) => {
  if (process.env.ONLY && !name.includes(process.env.ONLY)) return;
  const from = Date.now(); await does(); console.log(`  ${name}: ${Date.now() - from} ms`); };
const csv = async (page) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-do=csv]").first().click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};
const visible = (page) => page.locator("#g0 tbody tr:visible").count();

await step("figures are those of the score", () => opened(browser, whole, {}, async (page) => {
  const figures = (selector) => page.locator(selector).evaluateAll((all) => all.map((e) => e.value));
  const percent = (n) => n.toFixed(2);
  assert.deepEqual(await figures(".num data"), [percent(score.percent ?? score.overall.percent)]);
  const [assurance, yours, provider] = (await page.locator("dl.n .big data").evaluateAll((all) => all.map((e) => e.value)));
  assert.equal(assurance, percent(score.overall.assurance_percent));
  assert.equal(yours, percent(score.overall.customer.percent));
  assert.equal(provider, percent(score.overall.provider.percent));
  const domains = score.assessments.flatMap((a) => a.domains.map((d) => percent(d.percent)));
  assert.deepEqual(await figures("[aria-labelledby$=h0d] tbody td:nth-child(2) data"), domains);
  assert.equal(await page.locator(".map > details").count(), score.assessments[0].controls.length);
  assert.equal(await page.locator("img.chart").evaluate((img) => img.complete && img.naturalWidth > 0), true);
}));

await step("search, filters, sorting", () => opened(browser, whole, {}, async (page) => {
  const all = await visible(page);
  assert.ok(all > 1_000);
  const said = () => page.locator("form output").textContent();
  const before = await said();
  await page.getByLabel("Kind").selectOption("test stale");
  const stale = await visible(page);
  assert.ok(stale > 0 && stale < all && (await said()).startsWith(`${stale} `), await said());
  assert.notEqual(await said(), before);
  assert.deepEqual(new Set(await page.locator("#g0 tbody tr:visible td:first-child").allTextContents()), new Set(["test stale"]));
  await page.getByLabel("Assigned to").selectOption("identity-team");
  const some = await visible(page);
  assert.ok(some > 0 && some < stale);
  await page.getByLabel("Search").fill("privileged just-in-time");
  assert.ok(await visible(page) < some);
  await page.getByLabel("Search").fill("no such text");
  assert.equal(await visible(page), 0);
  await page.getByRole("button", { name: "Reset" }).click();
  await page.waitForFunction((count) => document.querySelectorAll("#g0 tbody tr:not([hidden])").length === count, all);
  await page.getByLabel("Owner").selectOption("provider");
  assert.ok(await visible(page) > 0);
  await page.getByRole("button", { name: "Reset" }).click();
  const column = (n) => page.locator(`#g0 tbody td:nth-child(${n})`).allTextContents();
  const points = page.locator("#g0 thead th").filter({ hasText: "Points at stake" });
  const asWritten = await column(8);
  const numbers = (list) => list.filter(Boolean).map((n) => Number(n.replace(",", "")));
  await points.getByRole("button").click();
  assert.equal(await points.getAttribute("aria-sort"), "ascending");
  const up = numbers(await column(8));
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  await points.getByRole("button").press("Enter");
  assert.equal(await points.getAttribute("aria-sort"), "descending");
  assert.deepEqual(numbers(await column(8)), [...up].reverse());
  await points.getByRole("button").press("Space");
  assert.equal(await points.getAttribute("aria-sort"), null);
  assert.deepEqual(await column(8), asWritten);
}));

await step("a control opens to its actions and their evidence", () => opened(browser, whole, {}, async (page) => {
  const control = page.locator(".map > details", { has: page.locator("summary b", { hasText: /^A\.9\.2\.3$/ }) });
  await control.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.equal(await control.evaluate((e) => e.open), true);
  assert.ok(await control.locator(".al > li").count() > 5);
  await control.locator(".al a[href^='#e']").first().click();
  const target = page.locator("tr:target");
  await target.waitFor();
  assert.ok(await target.locator("th").isVisible());
  // From the gap table to the action, wherever it stands.
  const link = page.locator("#g0 a.ai").last();
  const to = await link.getAttribute("href");
  await link.click();
  await page.waitForFunction((id) => document.querySelector(id).getBoundingClientRect().height > 0, to);
  const links = await page.locator(".reg a[href^=http]").evaluateAll((all) => all.map((a) => [a.rel, a.protocol]));
  assert.ok(links.length > 50 && links.every(([rel, protocol]) => rel === "noreferrer" && protocol === "https:"));
}));

await step("the CSV is that of annexa gaps", async () => {
  for (const language of ["en", "ja"]) {
    const file = report(`csv-${language}.html`, [enterprise], "--lang", language);
    const found = await opened(browser, file, {}, csv);
    assert.equal(found.name, "gaps.csv");
    const written = run("gaps", enterprise, "--as-of", DATE, "--format", "csv", "--lang", language, "-q");
    assert.ok(found.bytes.equals(written), `${language}: the CSV differs`);
  }
  const file = report("hostile.html", [hostile]);
  const found = await opened(browser, file, {}, csv);
  assert.ok(found.bytes.equals(run("gaps", hostile, "--as-of", DATE, "--format", "csv", "-q")), "hostile: the CSV differs");
});

await step("axe-core finds nothing, light and dark, narrow and without JavaScript", async () => {
  const two = report("two.html", [join(root, "templates/microsoft-cloud/profiles/small-business.toml"), hostile], "--hours", "0");
  const small = report("small.html", [join(root, "templates/microsoft-cloud/profiles/small-business.toml")]);
  for (const [file, options] of [
    [whole, { colorScheme: "light" }], [small, { colorScheme: "dark" }], [small, { viewport: { width: 360, height: 800 } }],
    [two, { colorScheme: "dark" }],
  ]) {
    // The engine is put into the page, which its policy forbids to others.
    await opened(browser, file, { ...options, bypassCSP: true }, async (page) => {
      await page.locator(".map > details").nth(40).evaluate((e) => { e.open = true; });
      await accessible(page, axe, `${file} ${JSON.stringify(options)}`);
    });
  }
});

await step("without JavaScript everything can be read", () => opened(browser, whole, { javaScriptEnabled: false }, async (page) => {
  assert.ok(await page.locator("#g0").getByText("keep-shared-responsibility-matrix").first().isVisible());
  assert.equal(await page.locator("form").isVisible(), false);
  assert.ok(await page.locator(".nojs").isVisible());
  const control = page.locator(".map > details").nth(60);
  await control.locator("summary").click();
  assert.ok(await control.locator(".al > li").first().isVisible());
  await fits(page, "without JavaScript");
}));

await step("dark by the button, and back", () => opened(browser, whole, { colorScheme: "light" }, async (page) => {
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await colour();
  const button = page.getByRole("button", { name: "Dark" });
  await button.click();
  assert.notEqual(await colour(), light);
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await page.screenshot({ path: join(out, "dark-1280.png") });
  await button.click();
  assert.equal(await colour(), light);
}));

await step("six languages at 360 and 1280 px", async () => {
  for (const language of LANGUAGES) {
    const file = report(`${language}.html`, [enterprise], "--lang", language, "--no-history");
    assert.ok(statSync(file).size < 500_000, `${language}: ${statSync(file).size} bytes`);
    for (const width of [360, 1280]) {
      await opened(browser, file, { viewport: { width, height: 900 } }, async (page) => {
        assert.equal(await page.evaluate(() => document.documentElement.lang), language);
        assert.deepEqual(await page.locator(".num data").evaluateAll((all) => all.map((e) => e.value)), [score.overall.percent.toFixed(2)]);
        await fits(page, `${language} at ${width}`);
        await page.screenshot({ path: join(out, `${language}-${width}.png`), fullPage: width === 1280 && language === "en" });
        if (pictures && width === 1280) {
          await page.setViewportSize({ width: 1100, height: 860 });
          await page.screenshot({ path: join(pictures, `report-${language}.png`) });
        }
      });
    }
  }
});

await step("a hostile profile runs nothing and stays in the window", async () => {
  const file = report("hostile.html", [hostile]);
  for (const width of [360, 1280]) {
    await opened(browser, file, { viewport: { width, height: 900 } }, async (page) => {
      await page.evaluate(() => document.querySelectorAll("details").forEach((e) => { e.open = true; }));
      await fits(page, `hostile at ${width}`);
      assert.equal(await page.locator("svg[onload], img:not(.chart), [onclick], [onerror], [onmouseover]").count(), 0);
      const links = await page.locator("a").evaluateAll((all) => all.map((a) => a.protocol));
      assert.deepEqual([...new Set(links)].sort(), ["file:", "https:"]);
      for (const link of await page.locator(".reg a").all()) await link.dispatchEvent("focus");
      await page.mouse.move(200, 60);
      await page.screenshot({ path: join(out, `hostile-${width}.png`) });
    });
  }
});

await step("printed on A4 and Letter", async () => {
  for (const format of ["A4", "Letter"]) {
    await opened(browser, whole, {}, (page) => page.pdf({ path: join(out, `print-${format}.pdf`), format, preferCSSPageSize: false }));
  }
  report("report.pdf", [enterprise]);
  assert.equal(readFileSync(join(work, "report.pdf")).subarray(0, 5).toString(), "%PDF-");
});

await step("a hundred tenants stay usable", async () => {
  const profiles = [...Array(100).keys()].map((n) => {
    const path = join(work, `tenant-${n}.toml`);
    writeFileSync(path, text(enterprise).replace('name = "Contoso"', `name = "Tenant ${n}"`).replace("contoso.example", `tenant-${n}.example`));
    return path;
  });
  const file = report("hundred.html", profiles, "--hours", "0", "--no-history");
  const from = Date.now();
  await opened(browser, file, {}, async (page) => {
    const ready = Date.now() - from;
    assert.equal(await page.locator("#over tbody").first().locator("tr").count(), 100);
    await page.locator("#over thead button").first().click();
    await page.locator("#over a", { hasText: "Tenant 73" }).first().click();
    const top = () => page.getByRole("heading", { name: "Tenant 73" }).evaluate((e) => e.getBoundingClientRect().top);
    await page.waitForFunction(() => {
      const heading = [...document.querySelectorAll("h2")].find((e) => e.textContent === "Tenant 73");
      const top = heading.getBoundingClientRect().top;
      return top >= 0 && top < innerHeight;
    });
    assert.ok(await top() < 900);
    await fits(page, "a hundred tenants");
    await page.screenshot({ path: join(out, "hundred.png") });
    console.log(`  a hundred tenants: ${(statSync(file).size / 1e6).toFixed(1)} MB, open after ${ready} ms, moved after ${Date.now() - from} ms`);
    assert.ok(ready < 20_000 && statSync(file).size < 10_000_000);
  });
});

await step("the Statement of Applicability opens, fits and is accessible", async () => {
  const small = join(root, "templates/microsoft-cloud/profiles/small-business.toml");
  const soa = (name, profile, ...args) => {
    const file = join(work, name);
    run("soa", profile, "--as-of", DATE, "-q", "-o", file, ...args);
    return file;
  };
  const pages = [soa("soa.html", small), soa("soa-ja.html", small, "--lang", "ja"), soa("soa-hostile.html", hostile)];
  for (const file of pages) {
    for (const options of [{}, { viewport: { width: 360, height: 800 } }]) {
      await opened(browser, file, options, async (page) => fits(page, `${file} ${JSON.stringify(options)}`));
    }
  }
  for (const colorScheme of ["light", "dark"]) {
    const options = { colorScheme, bypassCSP: true };
    await opened(browser, pages[0], options, (page) => accessible(page, axe, `${pages[0]} ${colorScheme}`));
  }
});

await browser.close();
console.log("report: opened, filtered, sorted, printed, read without JavaScript, no violation, nothing ran");
