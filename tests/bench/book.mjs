// node book.mjs FOLDER FILE.html WORDS…: how fast a large evidence book opens, scrolls and is searched in Chromium.
//
// A row a measurement, milliseconds: the median of five. "opens" ends when the load event is over and a frame was drawn;
// behind it the processor time of the page's thread, which tells more where others work;
// "search": from the last key to the frame with all that was found, the longest time between two frames meanwhile, and the
// processor time;
// "frames" are those of a fast scroll through the page: the median and the slowest of twenty jumps, each the median of five
// scrolls.
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

/** Processor time of the page's thread so far. */
async function threadTime(page) {
  const session = page.session ?? await page.context().newCDPSession(page);
  page.session = session;
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * metrics.find((m) => m.name === 'TaskDuration').value;
}

async function measureOpening(browser, what, url) {
  const times = [], work = [];
  for (let i = 0; i < RUNS; i++) {
    const page = await openTab(browser);
    await threadTime(page);
    await page.goto(url);
    times.push(await opened(page));
    work.push(await threadTime(page));
    await page.context().close();
  }
  row(`opens: ${what}`, median(times), median(work));
}

/** From the last key to the frame that shows all that was found, and the longest that one frame waited for another meanwhile. */
const search = (page, query) => page.evaluate((words) => new Promise((resolve) => {
  const form = document.getElementById('search-form'), results = document.getElementById('search-results');
  const start = performance.now();
  let last = start, longest = 0;
  form.querySelector('input').value = words;
  form.querySelector('input').dispatchEvent(new Event('input', { bubbles: true }));
  let isBegun = false;
  function frame() {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    isBegun = isBegun || form.querySelector('[role=status]').textContent !== '' || results.hasAttribute('aria-busy');
    if (isBegun && !results.hasAttribute('aria-busy'))
      setTimeout(() => resolve([performance.now() - start, longest, form.querySelector('[role=status]').textContent]), 0);
    else requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
}), query);

async function measureSearch(browser, what, url) {
  // At once: in a page that was just opened. Ready: when it has been open for a while.
  for (const ready of [false, true]) {
    for (const query of queries) {
      const times = [], frames = [], work = [];
      let found = '';
      for (let i = 0; i < RUNS; i++) {
        const page = await openTab(browser);
        await page.goto(url);
        if (ready) await page.waitForTimeout(2000);
        else await opened(page);
        const before = await threadTime(page);
        const result = await search(page, query);
        work.push(await threadTime(page) - before);
        times.push(result[0]);
        frames.push(result[1]);
        found = result[2];
        await page.context().close();
      }
      row(`search, ${ready ? 'ready' : 'at once'}: ${what}: ${query} (${found.replace(/\D/g, '')})`, median(times), median(frames), median(work));
    }
  }
}

async function measureScrolling(browser, what, url) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const page = await openTab(browser);
    await page.goto(url);
    await opened(page);
    runs.push(await page.evaluate(async () => {
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
    }));
    await page.context().close();
  }
  const frames = runs[0].map((_, i) => median(runs.map((frame) => frame[i])));
  row(`frames: ${what}`, median([...frames]), Math.max(...frames));
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
