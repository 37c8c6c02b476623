import { bearingBase, openRow, type Book } from './account-lines-book.ts';
import type { Step } from './account-lines-walk.ts';
import type { LoanEvent } from './event.ts';
import type { FigurePart, Reason, Words } from './explain.ts';
import { borneFigures, dayWords, part, plural, reasoned, said, sumFigures } from './explain-text.ts';
import { fen } from './money.ts';
import type { Position } from './position.ts';
import { annualRatePpm, formatPercent } from './rate.ts';
import type { FeeTime, LoanFee, LoanTerms } from './terms.ts';

type Changed<Kind extends LoanEvent['kind']> = Extract<LoanEvent, { kind: Kind }>;

/** What a change of the contract makes of the installments to come. */
export function changeReasons(book: Book, step: Step): readonly Reason[] {
  const { event } = step;
  switch (event?.kind) {
    case 'rate_changed': return [...rateReasons(event), ...planReasons(step)];
    case 'rescheduled': return [...rescheduledReasons(book, step, event), ...planReasons(step)];
    case 'paused': return [...pausedReasons(event), ...planReasons(step)];
    case 'resumed': return [said('暂停从今天起结束，照常到期，照常计息。', 'The pause ends today: installments fall due and interest runs as usual.'), ...planReasons(step)];
    default: return [];
  }
}

function rateReasons(event: Changed<'rate_changed'>): readonly Reason[] {
  const rate = formatPercent(event.rate);
  const reasons = [said(`从今天起年利率为 ${rate}%，此前的日子仍按原来的利率算。`, `From today the yearly rate is ${rate}%; the days before keep the rate they had.`)];
  if (event.penaltyRate === null) return reasons;
  const penalty = formatPercent(event.penaltyRate);
  return [...reasons, said(`从今天起罚息年利率为 ${penalty}%。`, `From today the yearly penalty rate is ${penalty}%.`)];
}

function rescheduledReasons(book: Book, { before, after }: Step, event: Changed<'rescheduled'>): readonly Reason[] {
  const [was, is] = [bearingBase(before), bearingBase(after)];
  const parts = [part(was, { zh: '未到期本金', en: 'principal not yet due' })];
  if (is !== was) parts.push(part(is - was, { zh: '已到期未还的本金', en: 'principal due and unpaid' }));
  const carried = book.carried.get(openRow(after)?.number ?? 0) ?? 0n;
  const reasons = [reasoned(`分 ${event.months} 期重新安排的本金`, `Principal spread anew over ${plural(event.months, 'installment')}`, sumFigures(parts.filter(({ base }) => base !== 0n)))];
  if (carried > 0n) reasons.push(reasoned('到今天为止的利息，随新的第一期收', 'Interest up to today, asked with the first of the new installments', sumFigures([part(carried, { zh: '利息', en: 'interest' })])));
  return reasons;
}

function pausedReasons(event: Changed<'paused'>): readonly Reason[] {
  const until = dayWords(event.until);
  const interest = event.interest === 'runs'
    ? { zh: '利息照常计算', en: 'interest runs on' } : { zh: '也不计利息', en: 'and no interest runs' };
  return [said(`到 ${until.zh}为止没有一期到期，不计罚息，逾期天数不增加，${interest.zh}。`, `Through ${until.en} no installment falls due, no penalty runs and days past due stand still, ${interest.en}.`)];
}

/** What was paid ahead is divided afresh where the interest it was paid for has changed. */
function dividedReasons({ before, after }: Step): readonly Reason[] {
  const parts = (['feePaid', 'interestPaid', 'principalPaid', 'refundLiability'] as const)
    .map((key) => part(after.totals[key] - before.totals[key], DIVIDED[key])).filter(({ base }) => base !== 0n);
  if (parts.length === 0) return [];
  return [reasoned('已提前付的钱按新的利息重新划分', 'What was paid ahead is divided afresh by the new interest', sumFigures(parts))];
}

const DIVIDED = {
  feePaid: { zh: '费用', en: 'fee' }, interestPaid: { zh: '利息', en: 'interest' }, principalPaid: { zh: '本金', en: 'principal' }, refundLiability: { zh: '退还', en: 'to be refunded' },
} as const;

/** What all installments ask from here, before and after. */
function planReasons(step: Step): readonly Reason[] {
  const { before, after } = step;
  const interestOf = (position: Position): bigint => position.installments.reduce((sum, row) => sum + row.interest, 0n);
  const change = interestOf(after) - interestOf(before);
  const reasons: Reason[] = [...dividedReasons(step)];
  if (change !== 0n) {
    const figures = sumFigures([part(interestOf(after), { zh: '现在', en: 'now' }), part(-interestOf(before), { zh: '原来', en: 'before' })]);
    reasons.push(reasoned('整笔借款的利息变化（其余按时还）', 'Change of all interest of the loan, the rest paid on time', figures));
  }
  const next = openRow(after);
  if (next === null) return reasons;
  const on = dayWords(next.dueOn);
  const parts = [part(next.interest, { zh: '利息', en: 'interest' }), part(next.principal, { zh: '本金', en: 'principal' })];
  if (next.fee > 0n) parts.push(part(next.fee, { zh: '费用', en: 'fee' }));
  return [...reasons, reasoned(`第 ${next.number} 期在 ${on.zh}到期，共要`, `Installment ${next.number} falls due on ${on.en} and asks in all`, sumFigures(parts.filter(({ base }) => base !== 0n)))];
}

const FEE_TIME: Readonly<Record<FeeTime, Words>> = {
  deducted: { zh: '放款时扣下', en: 'set off on the payout day' },
  upfront: { zh: '放款当天应付', en: 'due on the payout day' },
  monthly_on_original: { zh: '每期收取，按借款本金算', en: 'asked with each installment, on the principal lent' },
  monthly_on_outstanding: { zh: '每期收取，按期初未到期本金算', en: 'asked with each installment, on the principal not yet due' },
  first_installment: { zh: '随第 1 期收取', en: 'asked with the first installment' },
  overdue: { zh: '每有一期宽限期满仍未还清收一次', en: 'once for each installment not paid when its grace is used up' },
};

/** How a fee of the contract comes about on an amount. */
export function feeReason(fee: LoanFee, base: bigint): Reason {
  const time = FEE_TIME[fee.when];
  const parts: readonly FigurePart[] = fee.amount === undefined
    ? [{ label: null, base: fen(base), count: 1, bears: { rate: annualRatePpm(fee.ratePpm ?? 0n), units: 1, perYear: 1, share: null } }]
    : [part(fee.amount, { zh: '定额', en: 'fixed' })];
  return reasoned(`费用（${time.zh}）`, `Fee (${time.en})`, borneFigures(parts));
}

/** The fees of the contract that are asked at one of the given times, each by itself. */
export function feeReasons({ fees }: LoanTerms, times: readonly FeeTime[], baseOf: (when: FeeTime) => bigint): readonly Reason[] {
  return (fees ?? []).filter(({ when }) => times.includes(when)).map((fee) => feeReason(fee, baseOf(fee.when)));
}

/** What the borrower gets in hand. */
export function payoutReasons({ principal, fees }: LoanTerms, { totals }: Position): readonly Reason[] {
  if (fees === undefined || totals.feePaid === 0n) return [];
  return [reasoned('到手金额', 'What you get in hand', sumFigures([part(principal, { zh: '放款', en: 'paid out' }), part(-totals.feePaid, { zh: '扣下费用', en: 'fees set off' })]))];
}

/** Titles of changes of the contract. */
export function changeTitle(event: Changed<'rate_changed' | 'rescheduled' | 'paused' | 'resumed'>): Words {
  switch (event.kind) {
    case 'rate_changed': return { zh: `利率改为每年 ${formatPercent(event.rate)}%`, en: `The rate changes to ${formatPercent(event.rate)}% a year` };
    case 'rescheduled': return { zh: `还款计划重新安排为 ${event.months} 期`, en: `The schedule is spread anew over ${plural(event.months, 'installment')}` };
    case 'paused': return { zh: `暂停还款到 ${dayWords(event.until).zh}`, en: `Payments are paused through ${dayWords(event.until).en}` };
    case 'resumed': return { zh: '暂停结束', en: 'The pause is over' };
  }
}
