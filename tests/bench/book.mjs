// node book.mjs FOLDER FILE.html WORDS…: how fast a large evidence book opens, scrolls and is searched in Chromium.
//
// A row a measurement, milliseconds: the median of five. "opens" ends when the load event is over and a frame was drawn;
// "frames" are those of a fast scroll through the page: the median and the slowest of twenty.
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileUrl, launch, openTab } from '../browser/browser.mjs';

const [folder, file, ...queries] = process.argv.slice(2);
const RUNS = 5;
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const row = (what, ...values) => console.log(what.padEnd(44) + values.map((v) => String(Math.round(v)).padStart(9)).join(''));

const opened = (page) => page.evaluate(() => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0));
}));

async function measureOpening(browser, what, url) {
  const times = [];
  for (let i = 0; i < RUNS; i++) {
    const page = await openTab(browser);
    await page.goto(url);
    times.push(await opened(page));
    await page.context().close();
  }
  row(`opens: ${what}`, median(times));
}

async function measureSearch(browser, what, url) {
  const page = await openTab(browser);
  await page.goto(url);
  // The first search makes the index ready, unless the reader took longer to type.
  for (const warm of [false, true]) {
    if (warm) await page.waitForTimeout(5000);
    for (const query of queries) {
      const times = [];
      let found = '';
      for (let i = 0; i < (warm ? RUNS : 1); i++) {
        const result = await page.evaluate((words) => new Promise((resolve) => {
          const form = document.getElementById('search-form');
          form.querySelector('input').value = words;
          const start = performance.now();
          form.requestSubmit();
          requestAnimationFrame(() => setTimeout(() => resolve([performance.now() - start, form.querySelector('[role=status]').textContent]), 0));
        }), query);
        times.push(result[0]);
        found = result[1];
      }
      row(`search, ${warm ? 'ready' : 'at once'}: ${what}: ${query} (${found.replace(/\D/g, '')})`, median(times));
    }
  }
  await page.context().close();
}

async function measureScrolling(browser, what, url) {
  const page = await openTab(browser);
  await page.goto(url);
  await opened(page);
  const frames = await page.evaluate(async () => {
    const height = document.scrollingElement.scrollHeight, out = [];
    let last = performance.now();
    for (let i = 0; i < 20; i++) {
      scrollTo(0, (height * i) / 20);
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      const now = performance.now();
      out.push(now - last);
      last = now;
    }
    return out;
  });
  row(`frames: ${what}`, median(frames), Math.max(...frames));
  await page.context().close();
}

const browser = await launch();
const at = (name) => fileUrl(path.join(folder, name));
row(`size, MB: ${file}`, statSync(file).size / 1e6);
await measureOpening(browser, 'one page', fileUrl(file));
for (const name of ['index.html', 't001.html', 'code-gender.html', 'search.html']) await measureOpening(browser, name, at(name));
await measureSearch(browser, 'search.html', at('search.html'));
await measureSearch(browser, 'one page', `${fileUrl(file)}#search`);
await measureScrolling(browser, 't001.html', at('t001.html'));
await measureScrolling(browser, 'code-gender.html', at('code-gender.html'));
await measureScrolling(browser, 'one page', fileUrl(file));
await browser.close();
