// node audiences.mjs LANG=FOLDER… : books for the public, and in other languages, page by page. TAP.
//
// LANG is the language of the book; FOLDER-page.html beside each folder is the same in one page.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { assert, check, done, fileUrl, launch, openTab, picture, violations } from './browser.mjs';

const books = process.argv.slice(2).map((word) => word.split('='));
const secrets = readFileSync('secrets.txt', 'utf8').split('\n').filter((line) => line !== '');
const browser = await launch();

const pagesOf = (folder) => readdirSync(folder).filter((name) => name.endsWith('.html')).sort()
  .map((name) => fileUrl(path.join(folder, name))).concat(fileUrl(`${folder}-page.html`));
const nameOf = (url) => url.split('/').slice(-2).join('/');

for (const [lang, folder] of books) {
  const isPublic = folder.startsWith('public');

  for (const colorScheme of ['light', 'dark'])
    await check(`${folder}, ${colorScheme}: no error, no request, no violation of WCAG 2.2 AA, one h1, its language`, async () => {
      const page = await openTab(browser, { colorScheme });
      const complaints = [];
      // The one page holds everything that the others do.
      for (const url of colorScheme === 'dark' ? pagesOf(folder).slice(-1) : pagesOf(folder)) {
        await page.goto(url);
        complaints.push(...await violations(page));
        const here = await page.evaluate(() => [document.documentElement.lang, document.querySelectorAll('h1').length]);
        if (here[0] !== lang || here[1] !== 1) complaints.push(`${nameOf(url)}: ${here}`);
      }
      await page.context().close();
      return complaints.concat(page.trouble);
    });

  await check(`${folder}: nothing is wider than a telephone; charts are drawn for it`, async () => {
    const page = await openTab(browser, { viewport: { width: 320, height: 640 } });
    const complaints = [];
    for (const url of pagesOf(folder)) {
      await page.goto(url);
      const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
      if (width > 320) complaints.push(`${nameOf(url)}: ${width} pixels`);
    }
    await page.goto(fileUrl(path.join(folder, 'index.html')));
    const charts = page.locator('figure.chart svg').filter({ visible: true });
    assert(await charts.count() > 0, 'no chart');
    assert((await charts.first().boundingBox()).width <= 360, 'the chart is as wide as on a desk');
    await picture(page, `narrow-${folder}`, { fullPage: true });
    await page.context().close();
    return complaints;
  });

  await check(`${folder}: the table of a chart opens, and has its numbers`, async () => {
    const page = await openTab(browser);
    await page.goto(fileUrl(path.join(folder, 'index.html')));
    const figure = page.locator('figure.chart').first();
    await figure.locator('summary').click();
    assert(await figure.locator('table tbody tr').filter({ visible: true }).count() > 2, 'no rows');
    const drawn = await figure.locator('.broad svg text.value').allTextContents();
    const told = await figure.locator('table tbody td:nth-child(2) .v, table tbody td:nth-child(2):not(:has(.v))').allTextContents();
    assert(drawn.length > 2 && drawn.join(' ') === told.join(' '), `${drawn} is drawn, ${told} is told`);
    await page.context().close();
    return page.trouble;
  });

  await check(`${folder}: search finds, and leads to what it found`, async () => {
    const page = await openTab(browser);
    for (const url of [path.join(folder, 'search.html'), `${folder}-page.html`]) {
      await page.goto(`${fileUrl(url)}#search`);
      await page.locator('#search-form input').fill('migr');
      await page.locator('#search-form input').press('Enter');
      await page.waitForFunction(() => !document.getElementById('search-results').hasAttribute('aria-busy'));
      const results = page.locator('#search-results > li');
      assert(await results.count() > 0, 'nothing is found');
      await results.first().locator('a').click();
      const target = await page.evaluate(() => { const t = document.querySelector(':target'); return t && t.textContent.length > 0; });
      assert(target, `it leads nowhere: ${page.url()}`);
    }
    await page.context().close();
    return page.trouble;
  });

  if (isPublic)
    await check(`${folder}: nobody is named in what is seen, read out or searched`, async () => {
      const page = await openTab(browser);
      const complaints = [];
      for (const url of pagesOf(folder)) {
        await page.goto(url);
        const html = await page.content();
        complaints.push(...secrets.filter((secret) => html.includes(secret)).map((secret) => `${nameOf(url)}: ${secret}`));
      }
      assert(secrets.length > 5, 'nothing to look for');
      await page.context().close();
      return complaints;
    });
}

await browser.close();
done();
