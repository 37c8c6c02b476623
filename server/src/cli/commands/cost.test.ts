import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../cli.ts';

type Told = { readonly code: number; readonly out: string; readonly err: string };

async function mingdai(...args: readonly string[]): Promise<Told> {
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { out.push(String(text)); return true; });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => { err.push(String(text)); return true; });
  const code = await main(['cost', ...args]);
  vi.restoreAllMocks();
  return { code, out: out.join(''), err: err.join('') };
}
afterEach(() => { vi.restoreAllMocks(); });

const OFFER = '12期 日息万五 服务费0.3%/月';
const row = (text: string, label: string): readonly string[] => text.split('\n').find((line) => line.startsWith(label))?.slice(label.length).trim().split(/\s{2,}/) ?? [];

describe('mingdai cost', () => {
  it("shows both readings of the article's offer: 45.00 % against 27.13 % (D3)", async () => {
    const { code, out, err } = await mingdai(OFFER, '--on', '2026-11-23');
    expect([code, err]).toEqual([0, '']);
    expect(row(out, 'A year: effective (compounded)')).toEqual(['45.00 %', '27.13 %']);
    expect(row(out, 'A year: monthly rate × 12')).toEqual(['37.74 %', '24.25 %']);
    expect(row(out, 'A year: EU APRC')).toEqual(['45.00 %', '27.13 %']);
    expect(row(out, 'On each 100 yuan received')).toEqual(['21.60', '13.62']);
    expect(row(out, 'Cap 24 %: bank, consumer finance (RATE-011)')).toEqual(['BROKEN', 'BROKEN']);
    expect(row(out, 'Cap 36 %: any lender (RATE-024)')).toEqual(['BROKEN', 'kept']);
    expect(row(out, 'This offer costs more by')).toEqual(['1765.72', '967.33']);
    expect(out).toContain('Advertised: 18.00 % a year (× 360; × 365 it is 18.25 %)');
    expect(out).toContain('charged on the original principal or on what is still out');
    expect(out).toContain('figured on 10000.00 yuan');
  });

  it('says the same in Chinese', async () => {
    const { code, out } = await mingdai(OFFER, '--on', '2026-11-23', '--lang', 'zh');
    expect(code).toBe(0);
    expect(row(out, '年化：实际（复利）')).toEqual(['45.00 %', '27.13 %']);
    expect(row(out, '上限 36 %：任何放款人（RATE-024）')).toEqual(['超过', '未超过']);
  });

  it('aligns its columns, a Chinese character counting as two letters', async () => {
    const { out } = await mingdai(OFFER, '--on', '2026-11-23', '--lang', 'zh');
    const width = (line: string): number => [...line].reduce((sum, letter) => sum + (/[\u2e80-\u9fff\u3000-\u303f\uff00-\uff60]/.test(letter) ? 2 : 1), 0);
    const lines = out.split('\n');
    const table = lines.slice(lines.findIndex((line) => line.startsWith('到手')), lines.findIndex((line) => line.startsWith('本产品多付')) + 1);
    expect(new Set(table.map(width)).size).toBe(1);
  });

  it('reads an offer given as several words, and takes the amount and the bank asked for', async () => {
    const { out } = await mingdai('12', 'months,', '1%', 'a', 'month', 'on', 'the', 'outstanding', 'balance', '--amount', '5000', '--bank-rate', '12');
    expect(row(out, 'You receive')).toEqual(['5000.00']);
    expect(row(out, 'This offer costs more by')).toEqual(['0.00']);
  });

  it('holds the offer against the caps of the day of payout (RATE-019: 4 × the prime rate from 2028)', async () => {
    const { out } = await mingdai('12期 年化18% 等额本息', '--on', '2028-01-03');
    expect(out).toMatch(/Cap 12 %: micro-loan \(RATE-019\)\s+BROKEN/);
    expect(out).toMatch(/Cap 24 %: bank, consumer finance \(RATE-011\)\s+kept/);
  });

  it('answers which fee makes it 45 %', async () => {
    const { out } = await mingdai('12期 日息万五', '--reach', '45');
    expect(row(out, 'rate on outstanding: once, up front')).toEqual(['12.695949', '9.525498']);
    expect(row(out, 'rate on original: each month, of the original')).toEqual(['0.667897', '0.299908']);
    expect(row((await mingdai('12期 日息万五', '--reach', '20')).out, 'rate on original: once, up front')).toEqual(['dearer already', 'dearer already']);
  });

  it('prints JSON and nothing else with --json: fen and ppm as strings', async () => {
    const { code, out } = await mingdai(OFFER, '--json', '--on', '2026-11-23', '--reach', '45');
    const answer = JSON.parse(out) as { readonly readings: readonly { readonly rows: readonly unknown[] }[] };
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      kind: 'cost', is_interest_open: true, are_fees_open: false, start_on: '2026-11-23', advertised: { nominal_ppm: '180000', nominal_365_ppm: '182500' }, notes: ['amount_not_stated', 'fee_taken_on_original'],
      readings: [{ interest_on: 'original', charges_fen: '216000', annual_cost: { effective_ppm: '450024' } }, { interest_on: 'outstanding', annual_cost: { effective_ppm: '271340' } }],
    });
    expect(answer.readings[0]!.rows).toHaveLength(12);
  });

  it('names what it cannot read, tells what it understood, and ends with 1', async () => {
    const { code, out, err } = await mingdai('12期 日息万五 不收服务费');
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe('Not read, because nothing is guessed: these words are not understood: "不".\nUnderstood: term "12期", rate "日息 万五"\n');
    expect((await mingdai('12期 日息万五 服务费3%', '--lang', 'zh')).err).toContain('没有说明“服务费 3%”何时收取');
  });

  it('tells the refusal under --json too', async () => {
    const { code, out } = await mingdai('12期 利率18%', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([1, { kind: 'refused', refusal: { code: 'rate_period_not_stated', words: '利率 18%' }, understood: [{ as: 'months' }, { as: 'rate' }] }]);
  });

  it('names an offer whose figures contradict each other', async () => {
    const { code, err } = await mingdai('借10000到手9000 12期 日息万五 先扣服务费500元');
    expect([code, err.split('\n')[0]]).toEqual([1, 'Not read, because nothing is guessed: 9000.00 yuan are said to be received, but the fees leave 9500.00.']);
  });

  it.each([
    [[]],
    [['12期', '--lang', 'fr']],
    [['12期', '--amount', '0']],
    [['12期', '--amount', 'ten']],
    [['12期', '--bank-rate', '1001']],
    [['12期', '--bank-rate', '-1']],
    [['12期', '--reach', '1e3']],
    [['12期', '--on', '2026-02-30']],
    [['12期', '--on', '9999-12-31']],
    [['12期', '--what']],
    [['a'.repeat(501)]],
  ])('is asked wrongly with %j: exit code 2', async (args) => {
    const { code, out, err } = await mingdai(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('mingdai cost');
  });
});
