import { describe, expect, it } from 'vitest';
import { businessDate, formatDate } from './business-date.ts';
import { fixedOf } from './fixed.ts';
import { costFlowsOf, flatFeeSchedule, withFees, type OfferFee, type OfferRow } from './flat-fee.ts';
import { fen } from './money.ts';

const unchecked = <T>(value: unknown): T => value as T;
const LENT = fen(10_000n);
const START = businessDate('2026-01-31');
const MOST = 1_000_000_000_000_000n;
/** Two months at 1 % a month: 50.00 and a charge of 1.00 each. */
const rows = flatFeeSchedule({ principal: LENT, months: 2, rate: { rate: fixedOf(1n, 100n), per: 'month' } });
const [row] = rows as readonly [OfferRow, OfferRow];
const share = (when: OfferFee['when'], of: 'original' | 'outstanding', thousandths = 3n): OfferFee => ({ when, size: { kind: 'share', share: fixedOf(thousandths, 1000n), of } });
const amount = (when: OfferFee['when'], size: bigint): OfferFee => ({ when, size: { kind: 'amount', amount: fen(size) } });
const feesOf = (...fees: readonly OfferFee[]): readonly bigint[] => withFees(LENT, rows, fees).rows.map(({ fee }) => fee);

describe('a flat-fee loan', () => {
  it('asks the same share and the same charge each month, and the last month the rest', () => {
    expect(flatFeeSchedule({ principal: fen(1000n), months: 3, rate: { rate: fixedOf(12n, 100n), per: 'year' } })).toEqual([
      { number: 1, principal: 333n, interest: 10n, fee: 0n, total: 343n, balance: 667n },
      { number: 2, principal: 333n, interest: 10n, fee: 0n, total: 343n, balance: 334n },
      { number: 3, principal: 334n, interest: 10n, fee: 0n, total: 344n, balance: 0n },
    ]);
  });
  it('counts a rate a day for thirty days', () => {
    expect(flatFeeSchedule({ principal: LENT, months: 1, rate: { rate: fixedOf(5n, 10_000n), per: 'day' } })[0]!.interest).toBe(150n);
  });
});

describe('fees', () => {
  it('are held back, paid on the first day, monthly, or with the first installment', () => {
    const flows = withFees(LENT, rows, [amount('deducted', 200n), amount('deducted', 30n), amount('paid_up_front', 45n), amount('monthly', 7n), amount('with_first', 20n)]);
    expect([flows.principal, flows.deducted, flows.paidUpFront, flows.received]).toEqual([10_000n, 230n, 45n, 9_725n]);
    expect(flows.rows).toEqual([
      { number: 1, principal: 5000n, interest: 100n, fee: 27n, total: 5127n, balance: 5000n },
      { number: 2, principal: 5000n, interest: 100n, fee: 7n, total: 5107n, balance: 0n },
    ]);
  });
  it('may be a share of what was lent or, month by month, of what is out', () => {
    expect(feesOf(share('monthly', 'original'))).toEqual([30n, 30n]);
    expect(feesOf(share('monthly', 'outstanding'))).toEqual([30n, 15n]);
    expect(feesOf(share('with_first', 'outstanding'))).toEqual([30n, 0n]);
    expect(feesOf(share('monthly', 'original'), share('with_first', 'original'))).toEqual([60n, 30n]);
    expect(withFees(LENT, rows, [share('deducted', 'outstanding'), share('paid_up_front', 'original')])).toMatchObject({ deducted: 30n, paidUpFront: 30n });
  });
  it('of a half of a fen are rounded up, each time', () => {
    const odd = flatFeeSchedule({ principal: fen(500n), months: 2, rate: { rate: fixedOf(0n), per: 'month' } });
    expect(withFees(fen(500n), odd, [share('monthly', 'original')]).rows.map(({ fee }) => fee)).toEqual([2n, 2n]);
    expect(withFees(fen(500n), odd, [share('monthly', 'outstanding')]).rows.map(({ fee }) => fee)).toEqual([2n, 1n]);
  });
  it('come on top of fees a row already has', () => {
    const again = withFees(LENT, withFees(LENT, rows, [amount('monthly', 7n)]).rows, [amount('monthly', 5n)]);
    expect(again.rows.map(({ fee, total }) => [fee, total])).toEqual([[12n, 5112n], [12n, 5112n]]);
  });
  it('leave none of it where there are none', () => expect(withFees(LENT, rows, [])).toEqual({ principal: 10_000n, deducted: 0n, paidUpFront: 0n, received: 10_000n, rows }));
});

describe('the flows of an offer', () => {
  it('fall due so many months after the first day, or on the last of a shorter month', () => {
    const flows = costFlowsOf(withFees(LENT, rows, [amount('deducted', 200n), amount('with_first', 20n)]), START);
    expect([flows.received, flows.receivedOn]).toEqual([9800n, START]);
    expect(flows.payments.map(({ dueOn, principal, charges }) => [formatDate(dueOn), principal, charges])).toEqual([['2026-02-28', 5000n, 120n], ['2026-03-31', 5000n, 100n]]);
  });
});

describe('what is refused', () => {
  const laid = (...fees: readonly unknown[]) => () => withFees(LENT, rows, unchecked(fees));
  const onRows = (...over: readonly unknown[]) => () => withFees(LENT, unchecked(over), []);
  const flows = withFees(LENT, rows, []);
  const sized = (size: unknown) => laid({ when: 'monthly', size });
  const outside: readonly (readonly [message: string, act: () => unknown])[] = [
    ['terms is null: an object', () => flatFeeSchedule(unchecked(null))],
    ['principal is 0: 1 to 10000000000', () => flatFeeSchedule({ principal: fen(0n), months: 1, rate: { rate: fixedOf(0n), per: 'year' } })],
    ['months is 481: 1 to 480', () => flatFeeSchedule({ principal: LENT, months: 481, rate: { rate: fixedOf(0n), per: 'year' } })],
    ['rate.per is "week": one of day, month, year', () => flatFeeSchedule({ principal: LENT, months: 1, rate: unchecked({ rate: fixedOf(0n), per: 'week' }) })],
    ['principal is 0: 1 to 10000000000', () => withFees(fen(0n), rows, [])],
    ['rows is a list of 481: at most 480 entries', onRows(...Array.from({ length: 481 }, () => row))],
    ['rows[1] is undefined: an object', onRows(row, undefined)],
    ['rows[0].number is 481: 1 to 480', onRows({ ...row, number: 481 })],
    ['rows[0].number is 0: 1 to 480', onRows({ ...row, number: 0 })],
    ...(['principal', 'interest', 'fee', 'total', 'balance'] as const).map((name) => [`rows[0].${name} is -1: 0 to ${MOST}`, onRows({ ...row, [name]: -1n })] as const),
    ['fees is a list of 21: at most 20 entries', laid(...Array.from({ length: 21 }, () => amount('monthly', 1n)))],
    ['fees[1] is undefined: an object', laid(amount('monthly', 1n), undefined)],
    ['fees[0].when is "never": one of deducted, paid_up_front, monthly, with_first', laid({ ...amount('monthly', 1n), when: 'never' })],
    ['fees[0].size is 5: an object', sized(5)],
    ['fees[0].size.kind is "part": one of amount, share', sized({ kind: 'part' })],
    ['fees[0].size.amount is 10001: 0 to 10000', sized({ kind: 'amount', amount: 10_001n })],
    [`fees[0].size.share is ${fixedOf(1n) + 1n}: a bigint, 0 to 1 (${fixedOf(1n)} at 40 digits)`, sized({ kind: 'share', share: fixedOf(1n) + 1n, of: 'original' })],
    ['fees[0].size.of is "paid": one of original, outstanding', sized({ kind: 'share', share: 0n, of: 'paid' })],
    ['flows is 5: an object', () => costFlowsOf(unchecked(5), START)],
    ['receivedOn is "today": a day as businessDate() makes one, -719162 to 2932896 (years 1 to 9999)', () => costFlowsOf(flows, unchecked('today'))],
    [`flows.received is ${MOST + 1n}: -${MOST} to ${MOST}`, () => costFlowsOf({ ...flows, received: unchecked(MOST + 1n) }, START)],
    [`flows.received is ${-MOST - 1n}: -${MOST} to ${MOST}`, () => costFlowsOf({ ...flows, received: unchecked(-MOST - 1n) }, START)],
    ['flows.rows is undefined: a list of at most 480', () => costFlowsOf({ ...flows, rows: unchecked(undefined) }, START)],
  ];
  it.each(outside)('%s', (message, act) => expect(act).toThrow(expect.objectContaining({ name: 'ArgumentError', message })));
  it('but not what is just within', () => {
    expect(withFees(LENT, Array.from({ length: 480 }, () => ({ ...row, number: 480 })), Array.from({ length: 20 }, () => amount('monthly', 10_000n))).rows).toHaveLength(480);
    expect(withFees(LENT, rows, [share('deducted', 'original', 1000n)]).received).toBe(0n);
    expect(costFlowsOf({ ...flows, received: fen(-MOST), rows: [] }, START)).toEqual({ received: -MOST, receivedOn: START, payments: [] });
  });
});
