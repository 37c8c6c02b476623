import { verifyStatement } from '@mingdai/statement';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../../server/src/demo/world.ts';
import { castMember, settleCast, testWorld } from '../../../server/test/stories/cast.ts';
import { launchBrowser } from './browser.ts';
import { disclosureFaults } from './disclosure.ts';
import { BEGINS, borrow, choose, fillIn, identify, readSheet, signIn, visit } from './visitor.ts';

const cast = [1, 2, 3, 4, 5].map((index) => castMember(100 + index)) as [ReturnType<typeof castMember>, ...ReturnType<typeof castMember>[]];
const READING_SECONDS = 2;
let world: World;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = await Promise.all([testWorld(BEGINS, { MINIMUM_READING_SECONDS: String(READING_SECONDS) }), launchBrowser()]);
  await settleCast(world, cast);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

describe('a borrower with a phone of 360 × 640', () => {
  it('goes through the five stages, sees the three elements before every yes, and settles early', async () => {
    const [person] = cast;
    const { page, errors, close } = await visit(browser, world);
    const atTop = async () => { await page.evaluate(() => window.scrollTo(0, 0)); return disclosureFaults(page); };
    const unticked = () => page.$$eval('input[type=checkbox], input[name=student]', (boxes) => boxes.filter((box) => (box as HTMLInputElement).checked).length);
    expect(await atTop()).toEqual([]);
    await page.fill('#amount', '200000');
    expect(await page.$eval('.schedule .wide', (table) => table.scrollWidth - table.clientWidth), 'the largest loan fits without scrolling sideways').toBe(0);
    await page.fill('#amount', '12000');
    await choose(page);
    await signIn(page, person);
    await page.waitForSelector('#consent-funder_share');
    expect(await unticked(), 'nothing is ticked for anybody (RATE-031)').toBe(0);
    expect(await atTop()).toEqual([]);
    await fillIn(page, person);
    await page.click('[data-cta]');
    await page.waitForURL(/#\/application\//);

    await page.waitForSelector('text=为什么是这个价格');
    expect(await atTop()).toEqual([]);
    expect(await page.textContent('[data-disclosure=apr]')).toMatch(/^9\.12%$/);
    await page.click('[data-cta]');
    await page.waitForSelector('#consent-identity_check');
    expect(await unticked()).toBe(0);
    expect(await atTop()).toEqual([]);
    await identify(page, person);

    await page.waitForSelector('.dots i.on:nth-of-type(4)');
    expect(await atTop()).toEqual([]);
    await page.click('[data-cta]');
    await page.waitForSelector('dialog[open]');
    expect(await page.isDisabled('dialog[open] .main'), 'reading time is not over').toBe(true);
    expect(await page.textContent('dialog[open]')).toContain('除上述项目外，不收取任何其他费用');
    await page.keyboard.press('Escape');
    await readSheet(page, world);
    expect(await atTop()).toEqual([]);
    await page.click('[data-cta]');
    await page.waitForSelector('.states li.on:nth-of-type(3)');
    await page.click('.actions .main');

    await page.waitForSelector('.rows');
    expect(await page.$$eval('.row', (rows) => rows.length)).toBe(12);
    expect(await page.textContent('.events')).toContain('放款 12000.00 元');
    expect(await page.textContent('[data-disclosure=apr]')).toMatch(/^9\.12%$/);
    await page.waitForSelector('text=/\\d+ 个数字与出借人的记录一分不差/');
    expect(await page.textContent('.terms'), 'who lends, by name').toMatch(/出资机构微众银行/);
    await page.click('text=试算提前还本');
    await page.fill('#prepay-amount', '5000');
    const promised = Number(await page.textContent('.changes tbody tr:first-child td:last-child'));
    expect(await page.textContent('.changes tbody tr:first-child')).toBe(`剩余期数12${promised}`);
    expect(promised, 'the same amount each month ends sooner').toBeLessThan(12);
    await page.click('text=提前还 ¥5,000.00');
    await page.waitForSelector('text=还款成功');
    await page.waitForFunction((rows) => document.querySelectorAll('.row').length === rows, promised);
    await page.waitForSelector('text=/\\d+ 个数字与出借人的记录一分不差/');
    await page.click('text=查看结清金额');
    await page.click('text=/^支付 .* 结清$/');
    await page.waitForSelector('text=已全部结清');
    expect(errors).toEqual([]);
    await close();
  });

  it('who taps twice borrows once, and pays once', async () => {
    const person = cast[1]!;
    const { page, close } = await visit(browser, world);
    await choose(page);
    await signIn(page, person);
    await fillIn(page, person);
    await page.dblclick('[data-cta]');
    await page.waitForSelector('text=接受报价');
    await page.click('[data-cta]');
    await identify(page, person);
    await readSheet(page, world);
    await page.dblclick('[data-cta]');
    await page.waitForSelector('.states li.on:nth-of-type(3)');
    await page.click('.actions .main');
    await page.waitForSelector('.rows');
    await page.dblclick('text=/^提前还本期/');
    await page.waitForSelector('text=还款成功');
    await page.waitForFunction(() => document.querySelectorAll('.row-paid').length > 0);
    expect(await page.$$eval('.row-paid', (rows) => rows.length)).toBe(1);
    const payouts = await world.askProvider('/bank/statement?from=2026-10-08&to=2026-10-08');
    const ofPerson = (payouts.body['lines'] as { kind: string; amount_fen: string }[]).filter(({ kind }) => /payout/.test(kind));
    expect(ofPerson.length, 'one payout for each of the two borrowers so far').toBe(2);
    await close();
  });

  it('whose session ends keeps what was entered', async () => {
    const person = cast[2]!;
    const { page, close } = await visit(browser, world);
    await choose(page);
    await signIn(page, person);
    await fillIn(page, person);
    await page.evaluate(() => sessionStorage.setItem('mingdai.session', JSON.stringify({ token: 'gone', customerId: 'cus_gone' })));
    await page.click('[data-cta]');
    await page.waitForSelector('text=登录已过期');
    await signIn(page, person);
    expect(await page.inputValue('#name')).toBe(person.name);
    expect(await page.inputValue('#id-number')).toBe(person.idNumber);
    expect(await page.isChecked('#consent-bureau_query')).toBe(true);
    await page.click('[data-cta]');
    await page.waitForSelector('text=接受报价');
    await page.click('text=不借了');
    await page.waitForSelector('#purpose');
    await close();
  });

  it('without a connection is told so, and goes on where it stopped', async () => {
    const { page, close } = await visit(browser, world);
    await choose(page);
    await signIn(page, cast[3]!);
    await fillIn(page, cast[3]!);
    await page.route('**/v1/**', (route) => route.abort('internetdisconnected'));
    await page.click('[data-cta]');
    await page.waitForSelector('text=网络没有连上');
    await page.unroute('**/v1/**');
    await page.click('[role=alert] button');
    await page.waitForSelector('text=接受报价');
    await close();
  });
});

describe('a borrower at a desk of 1280 × 800, in English', () => {
  it('sees what the server would quote, by keyboard too, and later what being late costs', async () => {
    const person = cast[4]!;
    const { page, errors, close } = await visit(browser, world, { language: 'en', width: 1280, height: 800 });
    expect(await disclosureFaults(page)).toEqual([]);
    const quote = await world.api.post('/v1/quotes', { product_code: 'weilidai', amount_fen: '1200000', months: 12, method: 'level_installment' }, 'quote');
    const { all_in_ppm } = quote.body['annual_cost'] as { all_in_ppm: string };
    const hundredths = Math.round(Number(all_in_ppm) / 100);
    expect(await page.textContent('[data-disclosure=apr]'), 'two decimals at most, half up').toBe(`${hundredths / 100}%`);

    await page.focus('input[type=range]');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => (document.getElementById('amount') as HTMLInputElement).value > '12,000');
    await page.keyboard.press('ArrowLeft');

    await borrow(page, world, person);
    await world.moveClock('2026-12-01T09:00:00+08:00');
    await page.reload();
    await page.waitForSelector('text=Your session has ended');
    await signIn(page, person);
    await page.waitForSelector('.next-overdue');
    expect(await page.textContent('.next-overdue')).toMatch(/23 days overdue.*of penalty for each overdue day/);
    expect(await page.textContent('.row-overdue')).toContain('Penalty');
    await page.waitForSelector('text=/all \\d+ figures agree/');

    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download the statement')]);
    const { keys } = (await world.api.get('/v1/statement-keys')).body as { keys: { fingerprint: string }[] };
    const report = verifyStatement(readFileSync(await download.path(), 'utf8'), { trustedKeyIds: keys.map(({ fingerprint }) => fingerprint) });
    expect(report).toMatchObject({ verdict: 'agrees', problems: [], position: { daysPastDue: 23 } });
    expect(errors).toEqual([]);
    await close();
  });
});

describe('the check of the three elements', () => {
  it.each([
    ['too small', 'DISC-2', '.three dd { font-size: 12px !important }'],
    ['pale', 'DISC-3', '.three dd { color: #999 !important }'],
    ['faded', 'DISC-3', '.three { opacity: 0.5 }'],
    ['labels pale', 'DISC-3', '.three dt { color: #b5b5b5 !important }'],
    ['below the fold', 'DISC-4', '.step { margin-bottom: 500px }'],
    ['covered by what sticks to the bottom', 'DISC-4', '.actions { position: fixed; bottom: 0; left: 0; right: 0; height: 420px; background: #fff; z-index: 5 }'],
    ['after the button', 'DISC-5', 'main { display: flex; flex-direction: column } .three { order: 9 } .actions { order: 1 } .step, .amount { order: 0 }'],
    ['cut off', 'DISC-7', '.three dd { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; width: 90px }'],
    ['hidden', 'DISC-6', '.three { visibility: hidden }'],
    ['moving', 'DISC-7', '@keyframes m { to { transform: translateX(-2px) } } .three dd { animation: m 5s infinite }'],
    ['beside a larger promise', 'DISC-2', '.step .hint::after { } .step h1 { font-size: 60px !important }'],
  ])('notices figures that are %s', async (_what, criterion, css) => {
    const { page, close } = await visit(browser, world);
    if (css.includes('60px')) await page.evaluate(() => { document.querySelector('h1')!.textContent = '7.2%'; });
    await page.addStyleTag({ content: css });
    expect((await disclosureFaults(page)).map((fault) => fault.split(' ')[0])).toContain(criterion);
    await close();
  });
});
