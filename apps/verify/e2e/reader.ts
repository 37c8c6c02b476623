import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';

export type Reader = { readonly page: Page; readonly complaints: readonly string[]; readonly requests: readonly string[]; close(): Promise<void> };

/** The page as its source says now, built into a folder where nothing else is, under a name with a space. */
export async function builtPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mingdai-verify-'));
  await build({ configFile: join(import.meta.dirname, '..', 'vite.config.ts'), logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } });
  const place = join(folder, 'kept anywhere.html');
  await rename(join(folder, 'index.html'), place);
  return pathToFileURL(place).href;
}

type As = { readonly language?: 'zh' | 'en'; readonly width?: number; readonly height?: number; readonly dark?: boolean };

/** Somebody who opens the file from a folder, with no network. What the page complains about or asks for is kept. */
export async function openPage(browser: Browser, address: string, { language = 'zh', width = 360, height = 640, dark = false }: As = {}): Promise<Reader> {
  const context = await browser.newContext({ viewport: { width, height }, locale: language === 'zh' ? 'zh-CN' : 'en-GB', offline: true, colorScheme: dark ? 'dark' : 'light', deviceScaleFactor: 1 });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => { if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text()); });
  page.on('request', (request) => { if (request.url() !== address && !request.url().startsWith('data:')) requests.push(request.url()); });
  page.setDefaultTimeout(20_000);
  await page.goto(address);
  await page.waitForSelector('h1');
  return { page, complaints, requests, close: () => context.close() };
}

export const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

/** Lets files go over the page, as from a folder window. */
export async function drop(page: Page, ...files: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const { name, text } of given) data.items.add(new File([text], name, { type: 'application/json' }));
    return data;
  }, files);
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await page.waitForSelector('#verdict');
}
