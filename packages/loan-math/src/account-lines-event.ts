import { changeReasons, changeTitle, feeReasons, payoutReasons } from './account-lines-change.ts';
import { interestReasons, unpaidOf, capital } from './account-lines-time.ts';
import { bearingBase, interestFigures, openRow, periodStart, rowOf, runOn, type Book } from './account-lines-book.ts';
import { interestParts } from './account-lines-bases.ts';
import type { Step } from './account-lines-walk.ts';
import type { LoanEvent } from './event.ts';
import type { FigurePart, Reason, Words } from './explain.ts';
import { borneFigures, COMMA, dayWords, joined, money, part, plural, reasoned, rowWords, said, sumFigures, WORD } from './explain-text.ts';
import type { Position, PositionInstallment } from './position.ts';
import type { LoanTerms } from './terms.ts';

/** What an event moved and why, for people. */
export function eventReasons(book: Book, step: Step): readonly Reason[] {
  const { event } = step;
  switch (event?.kind) {
    case 'disbursed': return beginningReasons(book, step.after);
    case 'repayment_received': case 'prepaid': return moneyReasons(book, step, event.amount);
    case 'overpayment_refunded': return refundReasons(step, event.amount);
    case 'fee_charged': return [said('这笔费用从今天起应还，不属于任何一期。', 'This fee is due from today and belongs to no installment.')];
    case 'waived': return waiverReasons(step, event);
    case 'charged_off': return chargeOffReasons(book, step);
    case 'rate_changed': case 'rescheduled': case 'paused': case 'resumed': return changeReasons(book, step);
    case 'recovered': return [said('借款转损失后收到的钱，全部记作收回。', 'Money received after the charge-off counts as recovered, all of it.')];
    default: return [];
  }
}

function beginningReasons({ terms, levels }: Book, position: Position): readonly Reason[] {
  const { installments } = position;
  const reasons: Reason[] = [...feeReasons(terms, ['deducted', 'upfront'], () => terms.principal), ...payoutReasons(terms, position)];
  const level = levels[0]?.level;
  const same = installments.filter((row) => row.principal + row.interest === level).length;
  const interest = installments.reduce((sum, row) => sum + row.interest, 0n);
  if (level !== undefined && same > 0) {
    const last = installments[installments.length - 1]!;
    const rest = installments.filter((row) => row !== last && row.principal + row.interest !== level);
    if (rest.length === 0 && last.principal + last.interest !== level) {
      const figures = sumFigures([part(level, null, same), part(last.principal + last.interest, { zh: '最后一期', en: 'the last one' })]);
      reasons.push(reasoned(`按时还款，每期相同，最后一期还清零头，共 ${installments.length} 期`, `Paid on time, ${plural(installments.length, 'installment')} of the same amount, and the last one takes what rounding left`, figures));
    } else if (rest.length === 0) {
      reasons.push(reasoned(`按时还款，共 ${installments.length} 期，每期相同`, `Paid on time, ${plural(installments.length, 'installment')} of the same amount`, sumFigures([part(level, null, same)])));
    }
  }
  const fees = installments.reduce((sum, row) => sum + row.fee, 0n) + position.due.fee;
  const sum = sumFigures([part(terms.principal, WORD.principal), part(interest, WORD.interest), part(fees, WORD.fee)].filter(({ base }) => base !== 0n));
  reasons.push(reasoned('按时还款，一共要还', 'Paid on time, to be repaid in all', sum));
  return reasons;
}

/** Where money received went, in the order in which the contract lets it pay. */
function moneyReasons(book: Book, step: Step, amount: bigint): readonly Reason[] {
  const { before, after } = step;
  const moved = movedOf(before, after);
  if (before.status === 'charged_off') return [said('借款已转损失，这笔钱全部记作收回。', 'The loan was charged off: all of this money counts as recovered.')];
  const reasons: Reason[] = [];
  const spread: FigurePart[] = [];
  const reclaimed = before.totals.refundLiability < 0n ? moved.refundLiability < -before.totals.refundLiability ? moved.refundLiability : -before.totals.refundLiability : 0n;
  if (reclaimed > 0n) {
    spread.push(part(reclaimed, { zh: '补回已退的款', en: 'refund made good' }));
    reasons.push(said(`先补回 ${money(reclaimed).zh}：这是以前退给您、后来银行又把原款收回的钱。`, `First ${money(reclaimed).en} makes good a refund already sent for money the bank took back later.`));
  }
  const dues = before.installments.filter((row) => row.dueOn <= before.on && row.status !== 'paid');
  if (before.due.total > 0n) reasons.push(orderReason(book.terms));
  const rowFees = after.installments.reduce((sum, row) => sum + row.feePaid - (rowOf(before, row.number)?.feePaid ?? 0n), 0n);
  if (moved.feePaid !== rowFees) spread.push(part(moved.feePaid - rowFees, WORD.fee));
  for (const row of dues) reasons.push(...duePaidReasons(row, rowOf(after, row.number)!, spread));
  const open = openRow(before);
  if (open !== null) reasons.push(...openPaidReasons(book, step, { open, spread }));
  const over = moved.refundLiability - reclaimed;
  if (over > 0n) {
    spread.push(part(over, { zh: '多还', en: 'too much' }));
    reasons.push(said(`多还的 ${money(over).zh}会退给您，不会自动抵以后各期。`, `${money(over).en} is too much: it goes back to you and is not used for later installments by itself.`));
  }
  reasons.push(reasoned('这笔钱的去向', 'Where the money went', sumFigures(spread)));
  if (sumFigures(spread).result !== amount) reasons.push(said(`收到 ${money(amount).zh}。`, `${money(amount).en} was received.`));
  if (after.status === 'settled' && before.status !== 'settled') reasons.push(said('至此借款全部还清。', 'With this the loan is repaid in full.'));
  return reasons;
}

function orderReason({ allocationOrder, allocationScope }: LoanTerms): Reason {
  const order = joined(allocationOrder.map((component) => WORD[component]), COMMA);
  return allocationScope === 'installment_first'
    ? said(`按合同的冲销顺序，先还最早到期的一期，一期之内依次还：${order.zh}。`, `By the order of the contract the oldest installment is paid first, and within it: ${order.en}.`)
    : said(`按合同的冲销顺序，依次还各期的：${order.zh}，每一项都从最早到期的一期开始。`, `By the order of the contract, over all installments and oldest first: ${order.en}.`);
}

function duePaidReasons(before: PositionInstallment, after: PositionInstallment, spread: FigurePart[]): readonly Reason[] {
  const name = rowWords(before.number);
  const paid = { fee: after.feePaid - before.feePaid, penalty: after.penaltyPaid - before.penaltyPaid, interest: after.interestPaid - before.interestPaid, principal: after.principalPaid - before.principalPaid };
  const parts = (['fee', 'penalty', 'interest', 'principal'] as const).filter((component) => paid[component] !== 0n).map((component) => part(paid[component], WORD[component]));
  if (parts.length === 0) return [];
  for (const each of parts) spread.push({ ...each, label: { zh: `${name.zh}${each.label!.zh}`, en: `${name.en} ${each.label!.en}` } });
  const figures = sumFigures(parts);
  const [owed, left] = [unpaidOf(before), unpaidOf(after)];
  const rest = left === 0n
    ? said(`${name.zh}已还清。`, `${capital(name.en)} is paid.`)
    : reasoned(`${name.zh}还欠`, `Left on ${name.en}`, sumFigures([part(owed, { zh: '原欠', en: 'owed' }), part(-figures.result, { zh: '这次还', en: 'paid now' })]));
  return [reasoned(`还${name.zh}`, `Paid on ${name.en}`, figures), rest];
}

type Opened = { readonly open: PositionInstallment; readonly spread: FigurePart[] };

/** What money did to the installment that has not fallen due yet: paid ahead, repaid early, or the loan ended. */
function openPaidReasons(book: Book, step: Step, { open, spread }: Opened): readonly Reason[] {
  const then = rowOf(step.after, open.number);
  if (then === null) return [];
  const [fee, interest, principal] = [then.feePaid - open.feePaid, then.interestPaid - open.interestPaid, then.principalPaid - open.principalPaid];
  if (fee === 0n && interest === 0n && principal === 0n) return [];
  const name = rowWords(open.number);
  const kind = step.event?.kind === 'prepaid' ? { zh: '提前还', en: 'repaid early' } : { zh: '提前付', en: 'paid ahead' };
  for (const [component, amount] of [['fee', fee], ['interest', interest], ['principal', principal]] as const) {
    if (amount !== 0n) spread.push(part(amount, { zh: `${kind.zh}${name.zh}${WORD[component].zh}`, en: `${name.en} ${WORD[component].en} ${kind.en}` }));
  }
  const reasons = [...prepaidInterestReasons(book, step, { open, then }), ...openInterestReasons(book, step, { open, then })];
  const saved = savedReason(book, step);
  return saved === null ? reasons : [...reasons, saved];
}

type OpenPaid = { readonly open: PositionInstallment; readonly then: PositionInstallment };

/** What principal repaid early has borne in this period goes with it. */
function prepaidInterestReasons(book: Book, step: Step, { open, then }: OpenPaid): readonly Reason[] {
  const principal = then.principalPaid - open.principalPaid;
  if (step.event?.kind !== 'prepaid' || book.terms.method === 'any_time' || bearingBase(step.after) === 0n || principal <= 0n) return [];
  const from = periodStart(book, step.before, open.number);
  const run = { ...runOn(book, step.before, step.on), base: principal, from };
  const figures = borneFigures(interestParts(book.terms, step.on === from ? [] : [run], { from, to: open.dueOn }));
  const interest = then.interestPaid - open.interestPaid;
  if (figures.result !== interest || interest === 0n) return [];
  return [reasoned('这部分本金在本期已生的利息，随本金一起还', 'What this principal has borne in this period is paid with it', figures)];
}

function openInterestReasons(book: Book, step: Step, paid: OpenPaid): readonly Reason[] {
  const { open, then } = paid;
  const isEnded = bearingBase(step.after) === 0n;
  if (book.terms.method === 'any_time' && !isEnded) return anyTimeReasons(book, step, paid);
  if (isEnded) return endedReasons(book, step, paid);
  if (then.interest === open.interest) return [];
  const name = rowWords(open.number);
  const figures = interestFigures(book, step.before, open, [runOn(book, step.after, open.dueOn)]);
  if (figures.result !== then.interest) return [];
  const principal = then.principalPaid - open.principalPaid;
  const figuresOf = sumFigures([part(open.interest, { zh: '原来', en: 'before' }), part(-then.interest, { zh: '现在', en: 'now' })]);
  return [
    reasoned(
      `从今天起 ${money(principal).zh}本金不再计息，${name.zh}的利息变为`,
      `From today ${money(principal).en} of principal bears no interest, so that interest of ${name.en} becomes`, figures,
    ),
    reasoned(`${name.zh}的利息少付`, `Interest saved on ${name.en}`, figuresOf),
  ];
}

/** The loan ends: interest to the day and no further. */
function endedReasons(book: Book, step: Step, { open, then }: OpenPaid): readonly Reason[] {
  const ended = { ...then, dueOn: open.dueOn };
  const name = rowWords(open.number);
  const reasons = interestReasons(book, ended, step.before).map((reason, index) =>
    index === 0 && reason.figures !== null
      ? reasoned(`${name.zh}的利息只算到今天`, `Interest of ${name.en} runs to today only`, reason.figures) : reason);
  if (open.interestPaid === 0n) return reasons;
  const figures = sumFigures([part(then.interest, { zh: '算到今天', en: 'to today' }), part(-open.interestPaid, { zh: '此前已付', en: 'paid before' })]);
  return [...reasons, reasoned(`${name.zh}的利息，这次付`, `Interest of ${name.en} paid now`, figures)];
}

function anyTimeReasons(book: Book, step: Step, { open, then }: OpenPaid): readonly Reason[] {
  const { parts } = interestFigures(book, step.before, open);
  const paid = then.interestPaid - open.interestPaid;
  const down = borneFigures(parts, 'down');
  const toNow = down.result - open.interestPaid === paid ? down : borneFigures(parts);
  if (parts.length === 0) return [];
  const reasons = [reasoned('到今天为止的利息', 'Interest up to today', toNow)];
  if (open.interestPaid > 0n || toNow.result !== paid) {
    const left = toNow.result - open.interestPaid - paid;
    const sum = [part(toNow.result, { zh: '到今天', en: 'up to today' })];
    if (open.interestPaid > 0n) sum.push(part(-open.interestPaid, { zh: '此前已付', en: 'paid before' }));
    if (left !== 0n) sum.push(part(-left, { zh: '这次不够付', en: 'more than this money' }));
    reasons.push(reasoned('这次付的利息', 'Interest paid now', sumFigures(sum)));
  }
  return reasons;
}

/** What paying early saves over the whole life, if the rest is paid on time. */
function savedReason({ terms }: Book, { before, after }: Step): Reason | null {
  const interestOf = (position: Position): bigint => position.installments.reduce((sum, row) => sum + row.interest, 0n);
  const [was, is] = [interestOf(before), interestOf(after)];
  if (was <= is) return null;
  const figures = sumFigures([part(was, { zh: '原来全部利息', en: 'all interest before' }), part(-is, { zh: '现在', en: 'now' })]);
  if (bearingBase(after) === 0n) return reasoned('今天还清，与按原计划还相比少付利息', 'Interest saved by ending the loan today, against the plan so far', figures);
  const from = terms.method === 'any_time' ? { zh: '到期再还', en: 'repaid on the due day' } : { zh: '其余按时还', en: 'paid on time from here' };
  return reasoned(`与按原计划还相比（${from.zh}），一共少付利息`, `Interest saved over the whole loan, the rest ${from.en}`, figures);
}

function refundReasons({ before, after }: Step, amount: bigint): readonly Reason[] {
  const figures = sumFigures([part(before.totals.refundLiability, { zh: '原应退', en: 'to be refunded before' }), part(-amount, { zh: '这次退', en: 'refunded now' })]);
  return [
    reasoned('还应退给您', 'Still to be refunded', figures),
    ...(after.totals.refundLiability < 0n ? [said('退出的款比应退的多，多退的部分会从下一笔还款中扣回。', 'More was refunded than there was to refund: the difference comes out of the next payment.')] : []),
  ];
}

function waiverReasons({ before, after }: Step, event: Extract<LoanEvent, { kind: 'waived' }>): readonly Reason[] {
  const reasons: Reason[] = [];
  const word = WORD[event.component];
  const key = event.component === 'fee' ? 'feeWaived' : event.component === 'penalty' ? 'penaltyWaived' : 'interestWaived';
  for (const row of after.installments) {
    const was = rowOf(before, row.number)?.[key] ?? 0n;
    if (row[key] === was) continue;
    const name = rowWords(row.number);
    reasons.push(said(`减免${name.zh}的${word.zh} ${money(row[key] - was).zh}。`, `${capital(word.en)} of ${name.en} is waived by ${money(row[key] - was).en}.`));
  }
  const waived = after.totals[key] - before.totals[key];
  const ofRows = after.installments.reduce((sum, row) => sum + row[key] - (rowOf(before, row.number)?.[key] ?? 0n), 0n);
  if (waived !== ofRows) reasons.push(said(`减免不属于任何一期的费用 ${money(waived - ofRows).zh}。`, `A fee that belongs to no installment is waived by ${money(waived - ofRows).en}.`));
  if (waived === event.amount) return reasons;
  const figures = sumFigures([part(event.amount, { zh: '准予减免', en: 'granted' }), part(-waived, { zh: '实际减免', en: 'waived' })].filter(({ base }) => base !== 0n));
  return [...reasons, reasoned(`应还的${word.zh}没有这么多，其余不再有效`, `There was not so much ${word.en} due; the rest lapses`, figures)];
}

function chargeOffReasons(book: Book, { before, after }: Step): readonly Reason[] {
  const open = openRow(before);
  const then = open === null ? null : rowOf(after, open.number);
  const reasons = open === null || then === null ? [] : endedReasons(book, { on: after.on, event: null, before, after }, { open, then });
  const figures = sumFigures([part(before.principalOutstanding, { zh: '未还本金', en: 'principal outstanding' })]);
  return [
    ...reasons,
    reasoned('转损失的本金', 'Principal charged off', figures),
    said('从今天起不再计利息和罚息；这笔债仍然要还。', 'From today no interest and no penalty runs; the debt is still owed.'),
  ];
}

/** Differences of two positions' totals, all of them. */
export function movedOf(before: Position, after: Position): Readonly<Record<keyof Position['totals'], bigint>> {
  const moved: Partial<Record<keyof Position['totals'], bigint>> = {};
  for (const key of Object.keys(after.totals) as (keyof Position['totals'])[]) moved[key] = after.totals[key] - before.totals[key];
  return moved as Readonly<Record<keyof Position['totals'], bigint>>;
}

/** The title of an event's line. */
export function eventTitle(event: LoanEvent, lines: { readonly reversedBy: LoanEvent | null; readonly reverses: LoanEvent | null }): Words {
  const sum = 'amount' in event ? money(event.amount) : { zh: '', en: '' };
  switch (event.kind) {
    case 'disbursed': return { zh: `放款 ${sum.zh}`, en: `${sum.en} is paid out to you` };
    case 'cancelled': return { zh: '借款取消', en: 'The loan is cancelled' };
    case 'repayment_received': return withReversal({ zh: `收到还款 ${sum.zh}`, en: `${sum.en} received` }, lines.reversedBy);
    case 'prepaid': return withReversal(prepaidTitle(event.effect, sum), lines.reversedBy);
    case 'repayment_reversed': return reversalTitle(lines.reverses);
    case 'overpayment_refunded': return { zh: `退还多还款 ${sum.zh}`, en: `${sum.en} paid too much goes back to you` };
    case 'fee_charged': return { zh: `收取费用 ${sum.zh}`, en: `A fee of ${sum.en} is charged` };
    case 'waived': return { zh: `减免${WORD[event.component].zh}`, en: `${capital(WORD[event.component].en)} is waived` };
    case 'rate_changed': case 'rescheduled': case 'paused': case 'resumed': return changeTitle(event);
    case 'charged_off': return { zh: '停止计息并转损失', en: 'The loan is charged off' };
    case 'recovered': return { zh: `转损失后收回 ${sum.zh}`, en: `${sum.en} is recovered after the charge-off` };
    default: return { zh: event.kind, en: event.kind };
  }
}

function prepaidTitle(effect: Extract<LoanEvent, { kind: 'prepaid' }>['effect'], sum: Words): Words {
  if (effect === 'settle') return { zh: `收到 ${sum.zh}，用于提前结清`, en: `${sum.en} received to settle the loan early` };
  return effect === 'shorter_term'
    ? { zh: `收到 ${sum.zh}，提前还部分本金，期数减少`, en: `${sum.en} received to repay part early, for fewer installments` }
    : { zh: `收到 ${sum.zh}，提前还部分本金，每期减少`, en: `${sum.en} received to repay part early, for smaller installments` };
}

function withReversal(title: Words, reversal: LoanEvent | null): Words {
  return reversal === null ? title : { zh: `${title.zh}（已冲正，不算数）`, en: `${title.en} (taken back, does not count)` };
}

function reversalTitle(reversed: LoanEvent | null): Words {
  if (reversed === null || !('amount' in reversed)) return { zh: '冲正一笔还款', en: 'A repayment is taken back' };
  const [sum, on] = [money(reversed.amount), dayWords(reversed.valueOn)];
  return { zh: `冲正 ${on.zh}的还款 ${sum.zh}`, en: `The repayment of ${sum.en} of ${on.en} is taken back` };
}
