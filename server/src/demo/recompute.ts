import { annualRatePpm, businessDate, fen, type BusinessDate, type LoanEvent, type LoanTerms } from '@mingdai/loan-math';
import { inParallel, succeeded } from './api-client.ts';
import type { DemoLoan } from './days.ts';
import { signIn } from './journey.ts';
import type { World } from './world.ts';

export type Recomputed = { readonly loans: number; readonly differing: readonly string[] };

const SAMPLE = 200;

type NaivePosition = {
  readonly status: string;
  readonly principalOutstanding: bigint;
  readonly due: Readonly<Record<string, bigint>>;
  readonly totals: Readonly<Record<string, bigint>>;
  readonly daysPastDue: number;
};
type Naive = { readonly naivePosition: (terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate) => NaivePosition };

/**
 * Takes loans, spread evenly over the book, as their own borrowers see them, and recomputes each by the second computation
 * that lives in the tests: day by day, in exact fractions, sharing no arithmetic with the server.
 */
export async function recomputed(world: World, loans: readonly DemoLoan[], on: BusinessDate): Promise<Recomputed> {
  // Kept out of the program's own imports: it is a test's code, loaded only to contradict us.
  const naive = (await import(new URL('../../../packages/loan-math/test/naive.ts', import.meta.url).href)) as Naive;
  const chosen = spread(loans, SAMPLE);
  const differing: string[] = [];
  await inParallel(chosen, 4, async (loan) => {
    const { api } = await signIn(world.api, loan.openid, `recompute${on}`);
    const record = succeeded('record', await api.get(`/v1/loans/${loan.loanId}/record`)) as unknown as LoanRecord;
    const difference = differenceOf(record, naive);
    if (difference !== null) differing.push(`${loan.loanId}: ${difference}`);
  });
  return { loans: chosen.length, differing: differing.sort() };
}

/** At most so many, at even distances from the first to the last. */
export const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)]!);

/** GET /v1/loans/:id/record: all that a loan's figures follow from, and the figures claimed. */
type LoanRecord = {
  readonly on: string;
  readonly terms: Record<string, unknown>;
  readonly events: readonly { readonly id: string; readonly sequence: number; readonly kind: string; readonly value_on: string; readonly booked_at: string; readonly payload: Readonly<Record<string, string | number>> }[];
  readonly position: { readonly status: string; readonly principal_outstanding_fen: string; readonly days_past_due: number; readonly due_fen: string; readonly totals: Readonly<Record<string, string>> };
};

function differenceOf({ on, terms, events, position }: LoanRecord, { naivePosition }: Naive): string | null {
  const again = naivePosition(termsFrom(terms), events.map(eventFrom), businessDate(on));
  if (again.status !== position.status) return `status ${position.status} against ${again.status}`;
  if (`${again.principalOutstanding}` !== position.principal_outstanding_fen) return `principal ${position.principal_outstanding_fen} against ${again.principalOutstanding}`;
  if (again.daysPastDue !== position.days_past_due) return `days past due ${position.days_past_due} against ${again.daysPastDue}`;
  const due = Object.values(again.due).reduce((sum, amount) => sum + amount, 0n);
  if (`${due}` !== position.due_fen) return `due ${position.due_fen} against ${due}`;
  for (const [name, amount] of Object.entries(again.totals)) {
    const claimed = position.totals[name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) + '_fen'];
    if (claimed !== `${amount}`) return `${name} ${claimed} against ${amount}`;
  }
  return null;
}

const termsFrom = (terms: Record<string, unknown>): LoanTerms => ({
  principal: fen(BigInt(String(terms['principal_fen']))),
  method: terms['method'] as LoanTerms['method'],
  basis: terms['basis'] as LoanTerms['basis'],
  rate: annualRatePpm(BigInt(String(terms['rate_ppm']))),
  months: Number(terms['months']),
  termDays: terms['term_days'] as number | null,
  dueDay: terms['due_day'] as number | null,
  graceDays: Number(terms['grace_days']),
  graceCountsBack: terms['grace_counts_back'] as boolean,
  penaltyRate: annualRatePpm(BigInt(String(terms['penalty_rate_ppm']))),
  allocationOrder: terms['allocation_order'] as LoanTerms['allocationOrder'],
  allocationScope: terms['allocation_scope'] as LoanTerms['allocationScope'],
});

function eventFrom({ id, sequence, kind, value_on, booked_at, payload }: LoanRecord['events'][number]): LoanEvent {
  const rest = Object.fromEntries(Object.entries(payload).map(([name, value]) => (name.endsWith('_fen') ? [name.slice(0, -4), BigInt(value)] : [name, value])));
  return { id, sequence, kind, valueOn: businessDate(value_on), bookedAt: Date.parse(booked_at), ...rest } as LoanEvent;
}
