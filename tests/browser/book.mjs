// node book.mjs FOLDER FILE.html: an evidence book in a browser, as a folder and as one page. TAP.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { assert, check, done, fileUrl, launch, openTab, picture, violations } from './browser.mjs';

const [folder, file] = process.argv.slice(2);
const pages = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
const at = (name) => fileUrl(path.join(folder, name));
const browser = await launch();

// ---- every page: errors, requests, accessibility, links ----

const ids = new Map();
const links = [];
const found = { trouble: [], axe: [], wide: [], names: [] };

async function look(page, url) {
  await page.goto(url);
  const here = await page.evaluate(() => ({
    ids: Array.from(document.querySelectorAll('[id]'), (e) => e.id),
    links: Array.from(document.querySelectorAll('a[href]'), (a) => a.getAttribute('href')),
    unnamed: Array.from(document.querySelectorAll('a, button, select, input'))
      .filter((e) => !(e.textContent.trim() || e.labels?.length || e.getAttribute('aria-label')))
      .map((e) => e.outerHTML.slice(0, 80)),
    title: document.title,
    headings: document.querySelectorAll('h1').length,
  }));
  const name = url.replace(/.*\//, '');
  ids.set(name, new Set(here.ids));
  for (const href of here.links) links.push([name, href]);
  if (here.headings !== 1) found.names.push(`${name}: ${here.headings} h1`);
  for (const html of here.unnamed) found.names.push(`${name}: no name: ${html}`);
}

{
  const page = await openTab(browser);
  for (const name of pages) {
    await look(page, at(name));
    found.axe.push(...await violations(page));
  }
  await look(page, fileUrl(file));
  found.axe.push(...await violations(page));
  found.trouble.push(...page.trouble);
  await page.context().close();
}

await check('no error, and no request for anything but a page', () => found.trouble);
await check('no violation of WCAG 2.2 AA or of good practice, light', () => found.axe);
await check('every page has one h1, everything that can be chosen has a name', () => found.names);
await check('every link leads to a place that is there', () => {
  const lost = [];
  for (const [from, href] of links) {
    const [name, id] = [href.split('#')[0] || from, decodeURIComponent(href.split('#')[1] ?? '')];
    if (!ids.has(name) || (id !== '' && !ids.get(name).has(id))) lost.push(`${from}: ${href}`);
  }
  return [...new Set(lost)].concat(links.length > 500 ? [] : [`only ${links.length} links`]);
});

await check('no violation in the dark, and other colours than in the light', async () => {
  const page = await openTab(browser, { colorScheme: 'dark' });
  const complaints = [];
  for (const name of ['index.html', 'findings.html', 'code-impact.html', 't001.html', 'heat.html', 'codebook.html', 'search.html']) {
    await page.goto(at(name));
    complaints.push(...await violations(page));
    if (name !== 'heat.html') await picture(page, `dark-${name.replace('.html', '')}`);
  }
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const [r, g, b] = background.match(/\d+/g).map(Number);
  if (r + g + b > 150) complaints.push(`the background is ${background}`);
  await page.context().close();
  return complaints.concat(page.trouble);
});

// ---- reading ----

await check('nothing is wider than a telephone of 320 pixels', async () => {
  const page = await openTab(browser, { viewport: { width: 320, height: 640 } });
  const complaints = [];
  for (const url of [...pages.map(at), fileUrl(file)]) {
    await page.goto(url);
    const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
    if (width > 320) complaints.push(`${url.replace(/.*\//, '')}: ${width} pixels`);
  }
  for (const name of ['index', 'findings', 'code-impact', 't001', 'search']) {
    await page.goto(at(`${name}.html`));
    await picture(page, `narrow-${name}`, { fullPage: name === 'index' });
  }
  await page.context().close();
  return complaints;
});

await check('light pictures are taken', async () => {
  const page = await openTab(browser);
  for (const name of pages.filter((n) => !/^t0(0[4-9]|[1-9])/.test(n))) {
    await page.goto(at(name));
    await picture(page, `light-${name.replace('.html', '')}`);
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(at('t003.html'));
  await picture(page, 'wide-t003');
  await page.context().close();
});

await check('on paper there is neither navigation nor form, and all quotes are there', async () => {
  const page = await openTab(browser, { viewport: { width: 794, height: 1123 } });
  await page.emulateMedia({ media: 'print' });
  for (const name of ['index', 'findings', 'code-impact', 't001', 'heat']) {
    await page.goto(at(`${name}.html`));
    await picture(page, `print-${name}`);
    assert(await page.locator('nav').isHidden(), `${name}: navigation is printed`);
    assert(await page.locator('form').filter({ visible: true }).count() === 0, `${name}: a form is printed`);
  }
  await page.context().close();
});

await check('the keyboard begins with a link to the content, which can be seen', async () => {
  const page = await openTab(browser);
  await page.goto(at('index.html'));
  await page.keyboard.press('Tab');
  const box = await page.evaluate(() => {
    const e = document.activeElement, r = e.getBoundingClientRect();
    return { skips: e.getAttribute('href') === '#content', left: r.left, top: r.top, outline: getComputedStyle(e).outlineStyle };
  });
  assert(box.skips && box.left >= 0 && box.top >= 0 && box.outline !== 'none', JSON.stringify(box));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), 'Tab does not go on in the content');
  await page.context().close();
});

await check('Arabic runs from right to left inside of a page that does not', async () => {
  const page = await openTab(browser);
  for (const name of pages.filter((n) => /^t\d/.test(n))) {
    await page.goto(at(name));
    const said = page.locator('.said', { hasText: 'لم يتغير' });
    if (await said.count() === 0) continue;
    assert(await said.first().evaluate((e) => e.matches(':dir(rtl)')), 'its turn runs from left to right');
    assert(await page.evaluate(() => document.body.matches(':dir(ltr)')), 'the page runs from right to left');
    await picture(page, 'light-arabic');
    await page.context().close();
    return [];
  }
  return ['no transcript in Arabic'];
});

// ---- the script ----

for (const [what, open] of [['the folder', (name) => at(`${name}.html`)], ['one page', (name) => `${fileUrl(file)}#${name}`]]) {
  const section = (name) => `#${name}`;

  await check(`${what}: filters of quotes show what they say`, async () => {
    const page = await openTab(browser);
    await page.goto(open('code-impact'));
    const root = page.locator(section('code-impact'));
    const form = root.locator('form.filters');
    const items = root.locator('#list-code-impact li');
    const all = await items.count();
    assert(all > 2 && await form.isVisible(), `${all} quotes`);
    for (const [key, value, has] of [['group', '0', '[data-group="0"]'], ['status', 'accepted', '[data-status="accepted"]'],
      ['stance', '1', '[data-stance="1"], [data-stance="3"], [data-stance="5"]'], ['stance', '0', '[data-stance="0"]'],
      ['rules', '2', '[data-rules="2"]']]) {
      await form.locator(`select[data-key=${key}]`).selectOption(value);
      const shown = await items.filter({ visible: true }).count();
      const right = await root.locator('#list-code-impact').locator(has).count();
      assert(shown === right && shown < all, `${key} ${value}: ${shown} shown, ${right} of ${all} are so`);
      assert((await form.locator('output').textContent()) === `${shown} / ${all}`, 'the number shown is another');
      await form.locator(`select[data-key=${key}]`).selectOption('');
    }
    assert(await items.filter({ visible: true }).count() === all, 'not all come back');
    await page.context().close();
    return page.trouble;
  });

  await check(`${what}: filters of findings by code and strength`, async () => {
    const page = await openTab(browser);
    await page.goto(open('findings'));
    const form = page.locator('#findings form.filters');
    const items = page.locator('#list-findings > .entry');
    const all = await items.count();
    await form.locator('select[data-key=code]').selectOption('impact');
    const impact = await items.filter({ visible: true }).count();
    assert(impact > 0 && impact < all, `${impact} of ${all}`);
    await form.locator('select[data-key=strength]').selectOption('strong');
    assert(await items.filter({ visible: true }).count() === 0, 'no finding on it is strong');
    await page.context().close();
    return page.trouble;
  });

  await check(`${what}: search finds words whatever their case and accents, and leads to them`, async () => {
    const page = await openTab(browser);
    await page.goto(open('search'));
    const input = page.locator('#search-form input');
    const results = page.locator('#search-results > li');
    const status = page.locator('#search-form [role=status]');
    const search = async (words) => {
      await input.fill(words);
      await input.press('Enter');
      await page.waitForFunction(() => !document.getElementById('search-results').hasAttribute('aria-busy'));
      return results.count();
    };
    for (const word of ['CAFÉ', 'cafe', 'cafe\u0301', 'Ca\u00adfe'])
      assert(await search(word) === 1, `café as '${word}'`);
    assert((await results.first().locator('b').textContent()).normalize('NFC') === 'café', 'what was found is not marked');
    assert(await search('женщины') > 0, 'Cyrillic');
    assert(await search('еще') > 0 && await search('еще') === await search('ЕЩЁ'), 'ё is not found as е');
    assert(await search('تغير') > 0 && await search('تَغيّر') > 0, 'Arabic, without and with vowels');
    assert(await search('😀') === 1, 'a character outside of the first plane');
    assert(await search('[a-z]') === 0 && await search('c.fé') === 0, 'signs of patterns are taken for patterns');
    assert(await search('nothingofthekind') === 0, 'what is not there');
    assert(/ 0$/.test(await status.textContent()), 'nobody says that nothing was found');
    assert(await search('<script>') === 1, 'markup is text');
    assert(await search('"it changed much"') === 1, 'a phrase that a line break separates');
    assert(await search('effectiveness') < 20, 'names of codes are taken for words');
    const words = await search('the project');
    assert(words > await search('"the project"') && words > 0, 'a phrase is less than its words');
    await page.locator('#search-form select[data-key=code]').selectOption('impact');
    await search('');
    assert(await results.count() > 2, 'a filter alone');
    await picture(page, `light-search-${what.replace(' ', '-')}`);
    await results.first().locator('a').click();
    const target = await page.evaluate(() => document.querySelector(':target')?.className ?? '');
    assert(target.startsWith('turn'), `it leads to '${target}'`);
    await page.context().close();
    return page.trouble;
  });
}

await check('an id of a quote leads to its passage, which can be seen', async () => {
  const page = await openTab(browser);
  await page.goto(at('code-impact.html'));
  const id = await page.locator('#list-code-impact .cite a').first().textContent();
  await page.goto(`${at('quotes.html')}#${id}`);
  await page.waitForURL(/t\d+\.html#Q/);
  assert(page.url().endsWith(`#${id}`), page.url());
  assert(await page.locator(`[id="${id}"]`).evaluate((e) => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; }), 'it is out of sight');
  await picture(page, 'light-target');
  await page.context().close();
  return page.trouble;
});

await check('without a script everything can be read, and nothing that needs one is shown', async () => {
  const page = await openTab(browser, { javaScriptEnabled: false });
  for (const url of [at('code-impact.html'), at('search.html'), fileUrl(file)]) {
    await page.goto(url);
    assert(await page.locator('form').filter({ visible: true }).count() === 0, `${url}: a form is shown`);
    assert(await page.locator('main').innerText() !== '', 'nothing to read');
  }
  await page.goto(at('code-impact.html'));
  assert(await page.locator('#list-code-impact li').first().isVisible(), 'quotes are hidden');
  await page.locator('#list-code-impact .cite a').first().click();
  assert(/t\d+\.html#Q/.test(page.url()), page.url());
  await page.context().close();
  return page.trouble;
});

await check('what strangers wrote does not run', async () => {
  const page = await openTab(browser);
  page.on('dialog', (dialog) => { page.trouble.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  for (const url of [...pages.map(at), fileUrl(file)]) {
    await page.goto(url);
    const ran = await page.evaluate(() => ({ ran: window.attestRan, foreign: document.querySelectorAll('img:not(.logo), iframe, object, embed, base, link').length }));
    if (ran.ran !== undefined || ran.foreign > 0) page.trouble.push(`${url}: ${JSON.stringify(ran)}`);
  }
  // The policy, and not luck: what is put in by force does not run, either.
  await page.goto(at('index.html'));
  const blocked = await page.evaluate(() => new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', () => resolve(true));
    const script = document.createElement('script');
    script.textContent = 'window.attestRan = true';
    document.body.append(script);
    setTimeout(() => resolve(false), 2000);
  }));
  if (!blocked || await page.evaluate(() => window.attestRan)) page.trouble.push('the policy lets a script run');
  await page.context().close();
  return page.trouble.filter((line) => !line.includes('console: ') || !line.includes('index.html'));
});

await browser.close();
done();
