// What .ci/browser asks of a report in a real browser.
"use strict";
const fs = require("fs");
const path = require("path");
const assert = require("assert");
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const work = process.env.WORK;
const url = (name) => "file://" + path.join(work, name + ".html");

// open shows a page, and collects what goes wrong in it.
async function open(browser, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (m) => wrong.push("console: " + m.text()));
  page.on("pageerror", (e) => wrong.push("error: " + e.message));
  page.on("dialog", (d) => (wrong.push("dialog: " + d.message()), d.dismiss()));
  page.on("request", (r) => r.url() !== url(name).replace(/#.*/, "") && wrong.push("request: " + r.url()));
  const began = Date.now();
  await page.goto(url(name));
  return { page, wrong, took: Date.now() - began };
}

async function accessible(page, name) {
  // In a world of its own: the page's policy lets no other script run.
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const run = async (expression) => {
    const answer = await session.send("Runtime.evaluate", { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
    assert.ok(!answer.exceptionDetails, JSON.stringify(answer.exceptionDetails));
    return answer.result.value;
  };
  await run(axe + ";0");
  const found = await run("axe.run().then((r) => r.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id + ': ' + v.nodes.map((n) => n.html).slice(0, 3)))");
  assert.deepStrictEqual(found, [], name);
}

async function keyboard(page) {
  const press = async (locator, key) => (await locator.focus(), await page.keyboard.press(key));
  const table = page.locator("table.data", { hasText: "What changed" }).first();
  const cells = () => table.locator("tbody tr td:nth-child(2)").allTextContents();
  const before = await cells();
  await press(table.locator("thead button").nth(1), "Enter");
  assert.deepStrictEqual(await cells(), [...before].sort((a, b) => a.localeCompare(b, undefined, { numeric: true })));
  assert.strictEqual(await table.locator("th[aria-sort=ascending]").count(), 1);
  await press(table.locator("thead button").nth(1), "Space");
  assert.strictEqual(await table.locator("th[aria-sort=descending]").count(), 1);

  const copy = page.locator(".copy").first();
  await press(copy, "Enter");
  await page.waitForFunction(() => /Copied|Selected/.test(document.querySelector(".copy").textContent));

  const theme = page.locator("#theme");
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await press(theme, "Enter");
  assert.notStrictEqual(await paper(), light);
  await press(theme, "Enter");
  assert.strictEqual(await paper(), light);

  const job = page.locator("details.job").first();
  const was = await job.evaluate((d) => d.open);
  await press(job.locator("summary"), "Enter");
  assert.strictEqual(await job.evaluate((d) => d.open), !was);
  await press(job.locator("summary"), "Enter");
}

async function search(page) {
  const box = page.locator("input[type=search]").first();
  await box.focus();
  await page.keyboard.type("job-777");
  assert.strictEqual(await page.locator("table.data").first().locator("tbody tr:visible").count(), 1);
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      const { page, wrong } = await open(browser, "report", { colorScheme, viewport: { width, height: 900 } });
      await page.locator("details.job").evaluateAll((all) => all.forEach((d) => (d.open = true)));
      await accessible(page, `report, ${colorScheme}, ${width}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "wider than the window");
      if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `report-${colorScheme}-${width}.png`), fullPage: true });
      if (colorScheme === "light" && width === 1280) await keyboard(page);
      assert.deepStrictEqual(wrong, []);
      await page.context().close();
    }
  }
  const hostile = await open(browser, "report-hostile");
  await hostile.page.mouse.move(300, 300);
  assert.deepStrictEqual(hostile.wrong, []);
  assert.strictEqual(await hostile.page.locator("script").count(), 1);
  assert.strictEqual(await hostile.page.locator("img").count(), 0);

  const bare = await open(browser, "report", { javaScriptEnabled: false });
  assert.ok((await bare.page.locator("table.data").count()) > 4, "without JavaScript");
  assert.strictEqual(await bare.page.locator("button:visible").count(), 0, "a button that does nothing");

  const many = await open(browser, "many");
  const bytes = fs.statSync(path.join(work, "many.html")).size;
  assert.ok(bytes < 10e6, `${bytes} bytes`);
  await search(many.page);
  assert.deepStrictEqual(many.wrong, []);
  await browser.close();
  console.log(`a report opens in Chromium: light and dark, 1280 and 390 pixels, by keyboard, without JavaScript; 1,000 jobs: ${(bytes / 1e6).toFixed(1)} MB, open after ${many.took} ms`);
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
