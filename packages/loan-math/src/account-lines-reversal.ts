import { movedOf } from './account-lines-event.ts';
import { compareEvents } from './event-order.ts';
import type { LoanEvent } from './event.ts';
import type { Reason, Words } from './explain.ts';
import { dayWords, part, reasoned, said, sumFigures } from './explain-text.ts';
import { positionOn } from './position-on.ts';
import type { Totals } from './position.ts';
import type { LoanTerms } from './terms.ts';

/** Beside a repayment that was taken back: when, and what that means. */
export function reversedReasons(reversal: LoanEvent): readonly Reason[] {
  const on = dayWords(reversal.valueOn);
  return [said(`这笔还款在 ${on.zh}被收回，一切按从未收到计算。`, `This repayment was taken back on ${on.en}; everything is computed as if it had never come.`)];
}

const UNDONE: readonly (readonly [keyof Totals, Words])[] = [
  ['received', { zh: '收到的钱', en: 'Money received' }],
  ['feePaid', { zh: '已还费用', en: 'Fees paid' }],
  ['penaltyPaid', { zh: '已还罚息', en: 'Penalty paid' }],
  ['interestPaid', { zh: '已还利息', en: 'Interest paid' }],
  ['principalPaid', { zh: '已还本金', en: 'Principal repaid' }],
  ['refundLiability', { zh: '应退款', en: 'To be refunded' }],
  ['interestCharged', { zh: '已计利息', en: 'Interest charged' }],
  ['penaltyCharged', { zh: '已计罚息', en: 'Penalty charged' }],
  ['recovered', { zh: '转损失后收回', en: 'Recovered' }],
];

/** What a reversal undid: the totals of its day as if the money counted, and as they are. */
export function reversalReasons(terms: LoanTerms, counting: readonly LoanEvent[], { reversal, reverses }: { readonly reversal: LoanEvent; readonly reverses: LoanEvent }): readonly Reason[] {
  const on = dayWords(reverses.valueOn);
  const reasons = [said(`一切按 ${on.zh}的这笔还款从未收到计算。`, `Everything is computed as if the repayment of ${on.en} had never come.`)];
  if (reverses.valueOn > reversal.valueOn) return reasons;
  const without = counting.filter((event) => event.valueOn <= reversal.valueOn);
  const counted = positionOn(terms, [...without, reverses].sort(compareEvents), reversal.valueOn, Number.MAX_SAFE_INTEGER);
  const actual = positionOn(terms, without, reversal.valueOn, Number.MAX_SAFE_INTEGER);
  const moved = movedOf(counted, actual);
  for (const [key, word] of UNDONE) {
    if (moved[key] === 0n) continue;
    reasons.push(reasoned(word.zh, word.en, sumFigures([part(counted.totals[key], { zh: '若算这笔', en: 'with it' }), part(moved[key])])));
  }
  return reasons;
}
