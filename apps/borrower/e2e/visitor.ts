import type { Browser, Page } from 'playwright-core';
import type { Applicant } from '../../../server/src/demo/journey.ts';
import type { World } from '../../../server/src/demo/world.ts';

export type Language = 'zh' | 'en';
export type Visitor = { readonly page: Page; readonly errors: readonly string[]; close(): Promise<void> };

/** A person with a phone (or a desk) before the borrower's page. What the page complains about is kept. */
export async function visit(browser: Browser, world: World, { language = 'zh', width = 360, height = 640 }: { readonly language?: Language; readonly width?: number; readonly height?: number } = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width, height }, locale: language === 'zh' ? 'zh-CN' : 'en-GB' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  // A session that has ended answers 401, which a browser writes down as an error: the page says it in its own words.
  page.on('console', (line) => { if (line.type() === 'error' && !line.text().includes('401')) errors.push(`${line.text()} ${line.location().url}`); });
  page.setDefaultTimeout(60_000);
  await page.goto(`${world.serverUrl}/`);
  await page.waitForSelector('h1');
  return { page, errors, close: () => context.close() };
}

export const BEGINS = '2026-10-08T09:00:00+08:00';
let moments = 0;
const aMomentLater = (): string => new Date(Date.parse(BEGINS) + ++moments * 60_000).toISOString();

let codes = 0;
export const loginCode = ({ openid }: Applicant): string => `code-${openid}-page${process.pid}x${++codes}`;

/** Step 1: what the money is for, and on. */
export async function choose(page: Page, purpose = 'electronics'): Promise<void> {
  await page.selectOption('#purpose', purpose);
  await page.click('[data-cta]');
}

export async function signIn(page: Page, person: Applicant): Promise<void> {
  await page.fill('#wechat-code', loginCode(person));
  await page.click('dialog button[type=submit]');
  await page.waitForSelector('#wechat-code', { state: 'detached' });
}

/** Step 2, filled in but not sent. */
export async function fillIn(page: Page, person: Applicant): Promise<void> {
  await page.fill('#name', person.name);
  await page.fill('#id-number', person.idNumber);
  await page.fill('#phone', person.phone);
  await page.check('#student-no');
  await page.check('#consent-bureau_query');
  await page.check('#consent-funder_share');
}

/** Step 3. */
export async function identify(page: Page, person: Applicant): Promise<void> {
  await page.waitForSelector('#consent-identity_check');
  await page.fill('#card', person.cardNumber);
  await page.fill('#face', person.faceTicket);
  await page.check('#consent-identity_check');
  await page.click('[data-cta]');
}

/** Step 4 up to the confirmed sheet. The business clock, by which the server counts the reading time, moves on meanwhile. */
export async function readSheet(page: Page, world: World): Promise<void> {
  await page.waitForSelector('.dots i.on:nth-of-type(4)');
  await page.click('[data-cta]');
  await page.waitForSelector('dialog[open]');
  await world.moveClock(aMomentLater());
  await page.waitForSelector('dialog[open] .main:not([disabled])');
  await page.click('dialog[open] .main');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
}

/** All five steps, from the first page to the loan's. */
export async function borrow(page: Page, world: World, person: Applicant): Promise<void> {
  await choose(page);
  await signIn(page, person);
  await fillIn(page, person);
  await page.click('[data-cta]');
  await page.waitForURL(/#\/application\//);
  await page.waitForSelector('[data-cta]');
  await page.click('[data-cta]');
  await identify(page, person);
  await readSheet(page, world);
  await page.click('[data-cta]');
  await page.waitForSelector('.states li.on:nth-of-type(3)');
  await page.click('.actions .main');
  await page.waitForSelector('.rows');
}
