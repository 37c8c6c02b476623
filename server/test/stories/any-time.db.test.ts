import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, annualRatePpm, businessDate, formatYuan, parseYuan } from '@mingdai/loan-math';
import { by, contractOf, DAILY_12 } from '../../src/modules/servicing/examples.ts';
import { harness, provesOut, type Harness } from '../support/servicing.ts';
import { parseStory, type Step } from './story.ts';

// The same plain text as the stories of the whole server, played on servicing with a real ledger and real payments.
const story = parseStory(readFileSync(join(import.meta.dirname, 'servicing', 'any-time.txt'), 'utf8'));
const ANY_TIME = { ...DAILY_12, method: 'any_time', months: 1, termDays: 90, rate: annualRatePpm(90_000n), penaltyRate: annualRatePpm(135_000n) } as const;

let h: Harness;
beforeAll(async () => { h = await harness(); });
afterAll(async () => h.database.drop());

it(story.title, async () => {
  const loans = new Map<string, string>();
  for (const step of story.steps) {
    h.on(step.on);
    const yesterday = addDays(businessDate(step.on), -1);
    expect(await h.servicing.closeDay(yesterday, by(`close-${yesterday}`, h.now()))).toMatchObject({ ok: true });
    const seen = await play(step, loans);
    expect(Object.fromEntries(step.expected.map(([name]) => [name, seen[name]])), `line ${step.line}: ${step.text}`).toEqual(Object.fromEntries(step.expected));
  }
});

async function play({ words: [who = '', verb, amount = '0'], line }: Step, loans: Map<string, string>): Promise<Readonly<Record<string, string>>> {
  if (who === 'check') {
    await provesOut(h);
    return { faults: 'none' };
  }
  if (verb === 'borrows') loans.set(who, await h.lend(contractOf(who, { terms: { ...ANY_TIME, principal: parseYuan(amount) } })));
  const loanId = loans.get(who)!;
  if (verb === 'transfers') await h.transfer(loanId, { id: `line-${line}`, amountFen: parseYuan(amount) });
  const view = await h.servicing.loan(loanId);
  if (!view.ok) throw new Error(view.error.code);
  const { position: at } = view.value;
  const quote = await h.servicing.quoteSettlement(loanId);
  return {
    status: at.status, outstanding: formatYuan(at.principalOutstanding), due: formatYuan(at.due.total), days_past_due: String(at.daysPastDue), bucket: at.bucket,
    accrued: formatYuan(at.accruedInterest.at.numerator / at.accruedInterest.at.denominator), to_refund: formatYuan(at.totals.refundLiability), refunded: formatYuan(at.totals.refunded), quote: quote.ok ? formatYuan(quote.value.total) : quote.error.code,
  };
}
