import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../borrower/e2e/browser.ts';
import { exampleStatement } from '../src/example.ts';
import { builtPage, drop, file, openPage, type Reader } from './reader.ts';

const good = exampleStatement('good');
const tamperedEvent = exampleStatement('tampered');
const CLAIM = /("principal_outstanding_fen": ")(\d+)"/;
const tamperedClaim = good.replace(CLAIM, (_, name: string) => `${name}1"`);
const tamperedSignature = good.replace(/("value": ")(.)/, (_, name: string, digit: string) => `${name}${digit === '0' ? '1' : '0'}`);

let browser: Browser;
let address: string;
beforeAll(async () => { [browser, address] = await Promise.all([launchBrowser(), builtPage()]); });
afterAll(async () => browser?.close());

const verdict = (reader: Reader): Promise<string | null> => reader.page.textContent('#verdict');
const sideways = (reader: Reader): Promise<number> => reader.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
/** Every control has a name, every id is there once, and headings skip no level. */
const faults = (reader: Reader): Promise<string[]> => reader.page.evaluate(() => {
  const controls = [...document.querySelectorAll<HTMLElement>('button, input:not([aria-hidden]), textarea, summary, [role=region]')];
  const nameOf = (each: HTMLElement): string =>
    (each.getAttribute('aria-label') ?? '') + (each.textContent ?? '') + [...((each as HTMLInputElement).labels ?? [])].map((label) => label.textContent).join('');
  const nameless = controls.filter((each) => nameOf(each).trim() === '').map((each) => `no name: ${each.outerHTML.slice(0, 80)}`);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`);
  const pointed = [...document.querySelectorAll('[aria-labelledby], [aria-describedby]')].flatMap((each) => `${each.getAttribute('aria-labelledby') ?? ''} ${each.getAttribute('aria-describedby') ?? ''}`.trim().split(/\s+/));
  const nowhere = pointed.filter((id) => document.getElementById(id) === null).map((id) => `points nowhere: ${id}`);
  const small = controls.filter((each) => each.matches('button, summary') && each.offsetParent !== null && each.getBoundingClientRect().height < 43.5).map((each) => `small: ${each.textContent}`);
  const h1 = document.querySelectorAll('h1').length === 1 ? [] : ['not one h1'];
  return [...nameless, ...twice, ...nowhere, ...small, ...h1];
});

async function closeClean(reader: Reader): Promise<void> {
  expect(reader.complaints, 'nothing in the console').toEqual([]);
  expect(reader.requests, 'nothing was asked of anybody').toEqual([]);
  await reader.close();
}

describe.each([['a phone', 360, 640, 'zh'], ['a desk', 1280, 800, 'en'], ['the narrowest phone', 320, 568, 'en']] as const)('on %s', (_, width, height, language) => {
  const text = (zh: string, en: string): string => (language === 'zh' ? zh : en);

  it('an empty page explains itself and is whole', async () => {
    const reader = await openPage(browser, address, { width, height, language });
    expect(await reader.page.textContent('h1')).toBe(text('这份结单算得对吗？', 'Does this statement add up?'));
    expect(await reader.page.getAttribute('html', 'lang')).toBe(text('zh-CN', 'en'));
    expect([await faults(reader), await sideways(reader)]).toEqual([[], 0]);
    await closeClean(reader);
  });

  it('a sound statement agrees; the key is confirmed with the published fingerprint and remembered', async () => {
    const reader = await openPage(browser, address, { width, height, language });
    const { page } = reader;
    await drop(page, { name: 'statement.json', text: good });
    expect(await verdict(reader)).toBe(text('数字全部相符，但签名的密钥您还没有确认过', 'All figures agree, but you have not confirmed the key that signed them'));
    expect(await page.evaluate(() => document.activeElement?.id), 'the verdict has the focus').toBe('verdict');
    expect([await faults(reader), await sideways(reader)]).toEqual([[], 0]);
    expect(await page.$$eval('.checks tbody tr', (rows) => rows.length)).toBe(Number(/\d+/.exec((await page.textContent('.verdict [role=status]'))!)![0]));

    await page.fill('#fingerprint', '0'.repeat(64));
    await page.keyboard.press('Enter');
    expect(await page.textContent('#compare-answer')).toContain(text('不一致', 'Not the same'));
    const fingerprint = (await page.textContent('.print-of-key'))!;
    await page.fill('#fingerprint', fingerprint.toUpperCase());
    await page.keyboard.press('Enter');
    await page.waitForSelector('.verdict-agrees');
    expect(await verdict(reader)).toBe(text('全部相符', 'Everything agrees'));

    await page.reload();
    await drop(page, { name: 'statement.json', text: good });
    expect(await page.$('.verdict-agrees'), 'remembered on the next visit').not.toBeNull();
    await closeClean(reader);
  });

  it('a changed repayment is named, with the day and what it says, and one jump leads to it', async () => {
    const reader = await openPage(browser, address, { width, height, language });
    const { page } = reader;
    await drop(page, { name: 'statement.json', text: tamperedEvent });
    expect(await verdict(reader)).toBe(text('不相符', 'It does not agree'));
    const first = (await page.textContent('.first'))!;
    for (const part of ['events[3].payload.amount_fen', text('2026年6月19日', '19 Jun 2026'), '853.42']) expect(first).toContain(part);
    await page.click('.first .plain');
    await page.waitForFunction(() => document.activeElement?.className.includes('entry-touched') === true);
    expect(await page.$eval('.entry-touched details', (each) => (each as HTMLDetailsElement).open), 'why is open').toBe(true);
    expect([await faults(reader), await sideways(reader)]).toEqual([[], 0]);
    await closeClean(reader);
  });
});

describe('what is wrong is told', () => {
  it('a claimed figure: what the statement says beside what it should say, and alone when only that is asked for', async () => {
    const reader = await openPage(browser, address);
    const { page } = reader;
    await drop(page, { name: 'statement.json', text: tamperedClaim });
    const real = BigInt(CLAIM.exec(good)![2]!);
    expect(await page.$$eval('.first .against dd', (each) => each.map(({ textContent }) => textContent))).toEqual(['0.01', `${(real / 100n).toLocaleString('en')}.${(real % 100n).toString().padStart(2, '0')}`]);
    await page.click('.tick');
    expect(await page.$$eval('.checks tbody tr', (rows) => rows.map(({ id }) => id))).toEqual(['at-claimed-principal-outstanding-fen']);
    await page.click('.first .plain');
    await page.waitForFunction(() => document.activeElement?.id === 'at-claimed-principal-outstanding-fen');
    await closeClean(reader);
  });

  it('a signature that is not this key’s, although every figure comes out', async () => {
    const reader = await openPage(browser, address, { language: 'en' });
    await drop(reader.page, { name: 'statement.json', text: tamperedSignature });
    expect(await verdict(reader)).toBe('It does not agree');
    expect(await reader.page.textContent('.first')).toContain('signature.value');
    expect(await reader.page.textContent('.told')).toMatch(/^(\d+) of \1 figures agree$/);
    expect(await reader.page.textContent('#key')).toContain('The signature is not valid');
    await closeClean(reader);
  });

  it('half a statement: the line and column where it breaks', async () => {
    const reader = await openPage(browser, address, { language: 'en' });
    await drop(reader.page, { name: 'statement.json', text: good.slice(0, 900) });
    expect(await verdict(reader)).toBe('It cannot be read');
    expect(await reader.page.textContent('.first')).toMatch(/line \d+, column \d+/);
    await closeClean(reader);
  });

  it('a picture, a letter and a file of 21 MB: which they are', async () => {
    const reader = await openPage(browser, address, { language: 'en' });
    const { page } = reader;
    for (const [given, says] of [
      [{ name: 'photo.json', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]) }, 'not a text file'],
      [{ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear lender') }, 'not a statement'],
    ] as const) {
      await page.setInputFiles('input[type=file]', given);
      await page.waitForSelector(`text=${says}`);
      expect(await page.textContent('.file')).toBe(given.name);
    }
    expect(await faults(reader)).toEqual([]);
    const huge = await page.evaluateHandle(() => { const data = new DataTransfer(); data.items.add(new File([new Uint8Array(21_000_000)], 'huge.json')); return data; });
    await page.dispatchEvent('body', 'drop', { dataTransfer: huge });
    await page.waitForSelector('text=21 MB, more than 20 MB');
    await closeClean(reader);
  });
});

describe('files and text', () => {
  it('a second file takes the place of the first; several are listed, each with its verdict', async () => {
    const reader = await openPage(browser, address, { language: 'en' });
    const { page } = reader;
    await drop(page, { name: 'first.json', text: tamperedEvent });
    await page.setInputFiles('input[type=file]', file('second.json', good));
    await page.waitForSelector('.verdict-agrees_key_unknown');
    expect(await page.textContent('.file')).toContain('second.json');
    expect(await page.$('.files')).toBeNull();

    await page.setInputFiles('input[type=file]', [file('june.json', good), file('july.json', tamperedEvent), file('note.json', '{}')]);
    await page.waitForSelector('.files');
    expect(await page.$$eval('.files .tag', (tags) => tags.map(({ textContent }) => textContent))).toEqual(['agrees, key not confirmed', 'does not agree', 'cannot be read']);
    await page.click('.files li:nth-child(2) button');
    await page.waitForSelector('.verdict-disagrees');
    expect(await page.textContent('.file')).toContain('july.json');
    expect(await faults(reader)).toEqual([]);
    await closeClean(reader);
  });

  it('text is pasted into the field; the keyboard alone is enough', async () => {
    const reader = await openPage(browser, address, { language: 'en' });
    const { page } = reader;
    await page.focus('.paste summary');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.evaluate((text) => { const field = document.querySelector('textarea')!; field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }, good);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.verdict-agrees_key_unknown');
    await page.click('.language');
    expect(await verdict(reader), 'the other language, the same verdict').toContain('数字全部相符');
    await closeClean(reader);
  });

  it('a text cannot make the page run or load anything', async () => {
    const reader = await openPage(browser, address, { language: 'en' });
    const evil = good.replaceAll('示例消费金融公司 (example)', '<img src=https://example.org/x onerror=alert(1)><script>alert(1)</script>');
    await drop(reader.page, { name: '<b>x</b>.json', text: evil });
    expect(await verdict(reader)).toBe('It does not agree');
    expect(await reader.page.$('.columns img, .verdict b, .columns script')).toBeNull();
    await closeClean(reader);
  });
});
