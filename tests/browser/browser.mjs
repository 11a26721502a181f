// What the tests of pages share: headless Chromium that tells of each error, request and violation, and TAP.
//
//   ATTEST_NODE_MODULES  the folder with playwright-core and axe-core
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.join(process.env.ATTEST_NODE_MODULES, 'attest.cjs'));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let count = 0;

/** check('what a user may count on', async () => …): fails with what it throws, or returns: a list of complaints. */
export async function check(what, run) {
  let complaints;
  try {
    complaints = (await run()) ?? [];
  } catch (error) {
    complaints = [String(error.stack ?? error)];
  }
  count++;
  console.log(`${complaints.length === 0 ? 'ok' : 'not ok'} ${count} - ${what}`);
  for (const line of complaints.slice(0, 20).join('\n').split('\n').slice(0, 40))
    if (complaints.length > 0) console.log(`#   ${line}`);
}

export function done() {
  console.log(`1..${count}`);
}

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

export async function launch() {
  return chromium.launch({
    executablePath: process.env.ATTEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export function fileUrl(file) {
  return pathToFileURL(path.resolve(file)).href;
}

/** A tab; tab.trouble: errors of the console and of scripts, and requests of anything but a page of the book. */
export async function openTab(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  page.trouble = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      page.trouble.push(`${page.url()}: console: ${message.text()}`);
  });
  page.on('pageerror', (error) => page.trouble.push(`${page.url()}: ${error}`));
  page.on('request', (request) => {
    const url = request.url();
    const isPage = request.isNavigationRequest() && url.startsWith('file://');
    if (!isPage && !url.startsWith('data:'))
      page.trouble.push(`${page.url()}: asks for ${url}`);
  });
  return page;
}

/** Violations of WCAG 2.2 AA and of good practice, one a line. */
export async function violations(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  }));
  return result.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) =>
    `${page.url().replace(/.*\//, '')}: ${v.id}: ${v.help}: ${n.html.slice(0, 160)} ${n.failureSummary.replace(/\s+/g, ' ').slice(0, 200)}`));
}

/** Folder for pictures that a person looks at; nothing compares them. */
export async function picture(page, name, options = {}) {
  const folder = process.env.ATTEST_PICTURES ?? 'pictures';
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), ...options });
}
