import { addDays, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { succeeded } from './api-client.ts';
import type { DemoLoan } from './days.ts';
import { compareBooks, proofLines, type BankBooks, type Books, type ProofLine, type ServerProofs } from './proofs.ts';
import { recomputed } from './recompute.ts';
import type { DemoApplicant } from './cast.ts';
import type { World } from './world.ts';

/** What a lender asks at the end of a year; amounts are decimal strings of fen, rates of ppm. */
export type DemoReport = {
  readonly seed: string;
  readonly from: string;
  readonly through: string;
  readonly funnel: readonly { readonly stage: string; readonly count: number }[];
  /** Why people did not get a loan: the first named rule, feature or end of each. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly offers: { readonly made: number; readonly lowest_ppm: string; readonly median_ppm: string; readonly highest_ppm: string; readonly cap_ppm: string; readonly cap_rule: string };
  readonly portfolio: Portfolio;
  readonly close: { readonly days: number; readonly days_not_balanced: readonly string[] };
  readonly proofs: { readonly all_hold: boolean; readonly lines: readonly ProofLine[] };
  readonly trial_balance: readonly { readonly entity: string; readonly debit_fen: string; readonly credit_fen: string; readonly net_fen: string }[];
};

/** The answer of GET /v1/operations/report, as far as the report prints it. */
export type Portfolio = {
  readonly loans: Readonly<Record<string, number>>;
  readonly disbursed_fen: string; readonly received_fen: string; readonly refund_liability_fen: string;
  readonly principal_outstanding_fen: string; readonly principal_overdue_fen: string;
  readonly interest_charged_fen: string; readonly interest_paid_fen: string; readonly penalty_charged_fen: string; readonly penalty_paid_fen: string;
  readonly buckets: readonly { readonly bucket: string; readonly loans: number; readonly principal_fen: string }[];
  readonly funders: readonly {
    readonly funder: string; readonly disbursed_fen: string; readonly principal_outstanding_fen: string; readonly interest_earned_fen: string; readonly penalty_earned_fen: string; readonly due_from_lender_fen: string;
  }[];
};

export type DemoOutcome = {
  readonly seed: string;
  readonly applicants: readonly DemoApplicant[];
  readonly loans: readonly DemoLoan[];
  readonly from: BusinessDate;
  readonly lastDay: BusinessDate;
  readonly unbalanced: readonly string[];
  readonly daysClosed: number;
};

/** Asks the server, the bank and the naive computation, and puts their answers side by side. */
export async function gather(world: World, outcome: DemoOutcome): Promise<DemoReport> {
  const portfolio = succeeded('report', await world.operator.get('/v1/operations/report')) as unknown as Portfolio;
  const proofs = succeeded('proofs', await world.operator.post('/v1/operations/proofs', {}, 'proofs')) as unknown as ServerProofs;
  const balance = succeeded('trial balance', await world.operator.get('/v1/operations/trial-balance')) as unknown as TrialBalance;
  const bank = await bankAgainstUs(world, outcome, balance);
  const naive = await recomputed(world, outcome.loans, outcome.lastDay);
  const lines = proofLines({ ...outcome, proofs, bank, naive });
  return {
    seed: outcome.seed,
    from: formatDate(outcome.from),
    through: formatDate(outcome.lastDay),
    funnel: funnelOf(outcome.applicants),
    reasons: reasonsOf(outcome.applicants),
    offers: offersOf(outcome.applicants, await capOf(world)),
    portfolio,
    close: { days: outcome.daysClosed, days_not_balanced: outcome.unbalanced },
    proofs: { all_hold: lines.every(({ holds }) => holds), lines },
    trial_balance: balance.entities.map(({ entity, accounts, net_fen }) => ({
      entity, net_fen, debit_fen: sumOf(accounts.map(({ debit_fen }) => debit_fen)), credit_fen: sumOf(accounts.map(({ credit_fen }) => credit_fen)),
    })),
  };
}

type TrialBalance = { readonly entities: readonly { readonly entity: string; readonly net_fen: string; readonly accounts: readonly { readonly account: string; readonly debit_fen: string; readonly credit_fen: string; readonly net_fen: string }[] }[] };
const sumOf = (amounts: readonly string[]): string => amounts.reduce((sum, amount) => sum + BigInt(amount), 0n).toString();

const statusOf = ({ ended }: DemoApplicant): string => (ended?.end === 'application' ? String(ended.application['status']) : 'refused');
const reached = (applicants: readonly DemoApplicant[], holds: (applicant: DemoApplicant) => boolean): number => applicants.filter(holds).length;
const applicationOf = ({ ended }: DemoApplicant): Record<string, unknown> => (ended?.end === 'application' ? ended.application : {});
const decisionOf = (applicant: DemoApplicant) => (applicationOf(applicant)['decision'] ?? null) as { outcome: string; reasons: readonly { code: string; name: string }[] } | null;
const offerOf = (applicant: DemoApplicant) => (applicationOf(applicant)['offer'] ?? null) as { all_in_cost_ppm: string } | null;
const isApproved = (applicant: DemoApplicant): boolean => decisionOf(applicant)?.outcome === 'approve';

/** How many got how far. An offer that was closed over a card that is not the applicant's was an offer. */
export function funnelOf(applicants: readonly DemoApplicant[]): DemoReport['funnel'] {
  return [
    { stage: 'applied', count: applicants.length },
    { stage: 'decided', count: reached(applicants, (each) => decisionOf(each) !== null) },
    { stage: 'approved', count: reached(applicants, isApproved) },
    { stage: 'offered', count: reached(applicants, (each) => offerOf(each) !== null || closeReason(each) === 'identity_failed') },
    { stage: 'identified', count: reached(applicants, (each) => ['identified', 'signed', 'completed'].includes(statusOf(each))) },
    { stage: 'signed', count: reached(applicants, (each) => ['signed', 'completed'].includes(statusOf(each))) },
    { stage: 'paid out', count: reached(applicants, (each) => statusOf(each) === 'completed') },
  ];
}

const closeReason = (applicant: DemoApplicant): string => String(applicationOf(applicant)['close_reason'] ?? '');

/** Why the others got no loan, the commonest first. */
export function reasonsOf(applicants: readonly DemoApplicant[]): DemoReport['reasons'] {
  const why = (applicant: DemoApplicant): string | null => {
    if (statusOf(applicant) === 'completed') return null;
    if (applicant.ended?.end === 'refused') return `refused at the door: ${applicant.ended.code}`;
    const reason = decisionOf(applicant)?.reasons[0];
    if (reason !== undefined) return `declined: ${reason.code} (${reason.name})`;
    return statusOf(applicant) === 'closed' ? `closed: ${closeReason(applicant)}` : 'left the offer open: it ran out';
  };
  const counts = Map.groupBy(applicants.flatMap((each) => why(each) ?? []), (reason) => reason);
  return [...counts].map(([reason, of]) => ({ reason, count: of.length })).sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

function offersOf(applicants: readonly DemoApplicant[], cap: { readonly cap_ppm: string; readonly cap_rule: string }): DemoReport['offers'] {
  const costs = applicants.flatMap((each) => offerOf(each)?.all_in_cost_ppm ?? []).map(Number).sort((a, b) => a - b);
  const at = (share: number): string => String(costs[Math.floor((costs.length - 1) * share)] ?? 0);
  return { made: costs.length, lowest_ppm: at(0), median_ppm: at(0.5), highest_ppm: at(1), ...cap };
}

async function capOf(world: World): Promise<{ readonly cap_ppm: string; readonly cap_rule: string }> {
  const { products } = succeeded('products', await world.api.get('/v1/products')) as { products: readonly { code: string; all_in_cost: { cap_ppm: string; cap_rule: string } }[] };
  const { cap_ppm, cap_rule } = products.find(({ code }) => code === 'weilidai')!.all_in_cost;
  return { cap_ppm, cap_rule };
}

/** The bank's own statement and our two books of the same money, gathered for `compareBooks`. */
async function bankAgainstUs(world: World, { from, lastDay }: DemoOutcome, balance: TrialBalance): Promise<BankBooks> {
  const span = `from=${formatDate(from)}&to=${formatDate(addDays(lastDay, 1))}`;
  const { moved } = succeeded('payments book', await world.operator.get(`/v1/operations/payments-book?${span}`)) as { moved: Books['payments'] };
  const { lines } = succeeded('bank statement', await world.askProvider(`/bank/statement?${span}`)) as { lines: Books['bank'] };
  const cash = balance.entities.flatMap(({ accounts }) => accounts).filter(({ account }) => account === CASH_AT_BANK);
  return compareBooks({ bank: lines, payments: moved, cashFen: cash.reduce((sum, { net_fen }) => sum + BigInt(net_fen), 0n) });
}

const CASH_AT_BANK = '1002';
