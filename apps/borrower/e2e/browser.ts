import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import subsetFont from 'subset-font';

/**
 * A browser for tests that comes with the packages: Chromium, the libraries it lacks on a bare machine, and a font with
 * Chinese letters, without which pages are blank. `CHROMIUM_PATH` names another browser instead.
 */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'];
  const place = await unpacked();
  const env = {
    ...(process.env as Record<string, string>),
    HOME: place, FONTCONFIG_FILE: join(place, 'noto', 'fonts.conf'),
    LD_LIBRARY_PATH: [join(place, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter((path) => path !== '').join(':'),
  };
  return chromium.launch({ executablePath: given ?? join(place, 'chromium'), args: FLAGS, env, timeout: 60_000 });
}

/** Ours, not the package's: those end runs with several contexts and hide faults of cross-origin requests. */
const FLAGS = [
  '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-domain-reliability',
  '--no-default-browser-check', '--no-first-run', '--no-pings', '--font-render-hinting=none', '--force-color-profile=srgb',
];

const resolve = createRequire(import.meta.url).resolve;
const CHROMIUM = join(dirname(resolve('@sparticuz/chromium')), '..');
const FONT = dirname(resolve('@fontsource/noto-sans-sc/package.json'));

/** The folder that holds all of it, made once per version and user: unpacked beside and renamed, so that two runs at once never see half of it. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(CHROMIUM, 'package.json'), 'utf8')) as { version: string };
  const place = join(tmpdir(), `mingdai-chromium-${version}-${userInfo().uid}-1`);
  if (existsSync(join(place, 'done'))) return place;
  const making = await mkdtemp(`${place}-`);
  await inFolder(making, async () => {
    const { default: packed, inflate } = await import('@sparticuz/chromium');
    await packed.executablePath();
    await inflate(join(CHROMIUM, 'bin', 'al2023.tar.br'));
  });
  await makeFonts(join(making, 'noto'), join(place, 'noto'));
  await writeFile(join(making, 'done'), '');
  await rename(making, place).catch(async (cause) => {
    await rm(making, { recursive: true, force: true });
    if (!existsSync(join(place, 'done'))) throw cause;
  });
  return place;
}

/** The package unpacks to wherever TMPDIR says; it must be a folder of our own. */
async function inFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** TTFs from the package's woff2 (Chromium reads no woff2 from a folder), and a fonts.conf that knows only them. */
async function makeFonts(folder: string, asSeenLater: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const part of ['chinese-simplified', 'latin']) {
    for (const weight of [400, 700]) {
      const font = await readFile(join(FONT, 'files', `noto-sans-sc-${part}-${weight}-normal.woff2`));
      await writeFile(join(folder, `${part}-${weight}.ttf`), await subsetFont(font, LETTERS, { targetFormat: 'sfnt' }));
    }
  }
  const alias = ['sans-serif', 'system-ui', 'monospace', 'serif'].map((name) => `<alias><family>${name}</family><prefer><family>Noto Sans SC</family></prefer></alias>`);
  await writeFile(join(folder, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${asSeenLater}</dir><cachedir>${asSeenLater}/cache</cachedir>${alias.join('')}</fontconfig>`);
}

const range = (from: number, through: number): string => String.fromCodePoint(...Array.from({ length: through - from + 1 }, (_, index) => from + index));
const LETTERS = range(0x20, 0x17f) + range(0x2000, 0x22ff) + range(0x3000, 0x303f) + range(0xff00, 0xffef) + range(0x4e00, 0x7000) + range(0x7001, 0x9fff);
