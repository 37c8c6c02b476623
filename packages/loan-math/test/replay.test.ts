import { describe, expect, it } from 'vitest';
import { businessDate, replay, type LoanEvent, type Replay } from '../src/index.ts';
import { eventsFrom, termsFrom } from './spec-page.ts';

const unchecked = <T>(value: unknown): T => value as T;
const { terms } = termsFrom('interest_first act_360 10000.00 7.2% 3 months penalty 10.8% grace 5');
/** The first events are known, the rest are added. */
function replayed(known: number, lines: readonly string[], on: string, order: 'as listed' | 'reversed' = 'as listed'): Replay {
  const events = eventsFrom(lines);
  const added = events.slice(known);
  const result = replay(terms, events.slice(0, known), order === 'reversed' ? [...added].reverse() : added, businessDate(on));
  if (!result.ok) throw new Error(result.error.code);
  return result;
}
/** What is given as the cause of the change in money received. */
const causes = (...call: Parameters<typeof replayed>) => {
  const why = replayed(...call).net.find(({ component }) => component === 'received')?.why;
  return why === undefined ? null : [why.zh.split('：')[1], why.en.split(', as ')[1]];
};
const LENT = '2026-01-05 disbursed 10000.00';

describe('what a replay gives as the cause', () => {
  it('is what was added, in order of days and then of entry, however it is listed', () => {
    const lines = [LENT, '2026-01-08 repayment_received 30.00', '2026-01-07 repayment_received 20.00', '2026-01-07 repayment_received 10.00'];
    const told = [
      '补记 2026 年 1 月 7 日的还款 20.00 元、补记 2026 年 1 月 7 日的还款 10.00 元、补记 2026 年 1 月 8 日的还款 30.00 元。',
      'the repayment of CNY 20.00 of 7 January 2026 is added, the repayment of CNY 10.00 of 7 January 2026 is added, the repayment of CNY 30.00 of 8 January 2026 is added.',
    ];
    expect(causes(1, lines, '2026-01-10')).toEqual(told);
    expect(causes(1, lines, '2026-01-10', 'reversed')).toEqual(told);
  });

  it('names four, and counts what is more', () => {
    const paid = (count: number) => [LENT, ...Array.from({ length: count }, (_, index) => `2026-01-0${index + 6} repayment_received 1.00`)];
    expect(causes(1, paid(4), '2026-01-10')![1]).toBe('the repayment of CNY 1.00 of 6 January 2026 is added, the repayment of CNY 1.00 of 7 January 2026 is added, the repayment of CNY 1.00 of 8 January 2026 is added, the repayment of CNY 1.00 of 9 January 2026 is added.');
    expect(causes(1, paid(4), '2026-01-10')![0]).not.toContain('等');
    const five = causes(1, paid(4).concat('2026-01-10 repayment_received 1.00'), '2026-01-10')!;
    expect([five[0]!.endsWith('2026 年 1 月 9 日的还款 1.00 元等共 5 笔。'), five[1]!.endsWith('of 9 January 2026 is added and 1 more.')]).toEqual([true, true]);
  });

  it('leaves out what was added and taken back again, and what lies after the day', () => {
    const lines = [LENT, '2026-01-07 repayment_received 20.00', '2026-01-08 repayment_received 30.00', '2026-01-09 repayment_reversed e2', '2026-01-20 repayment_received 40.00'];
    expect(causes(1, lines, '2026-01-10')).toEqual(['补记 2026 年 1 月 8 日的还款 30.00 元。', 'the repayment of CNY 30.00 of 8 January 2026 is added.']);
  });

  it('names what was taken back, whenever the bank did it, if it would have counted by the day', () => {
    const lines = [LENT, '2026-01-07 repayment_received 20.00', '2026-01-20 repayment_received 30.00', '2026-01-25 repayment_reversed e2', '2026-01-25 repayment_reversed e3'];
    expect(causes(3, lines, '2026-01-07')).toEqual(['冲正 2026 年 1 月 7 日的还款 20.00 元。', 'the repayment of CNY 20.00 of 7 January 2026 is taken back.']);
    expect(causes(3, lines, '2026-01-06')).toBeNull();
  });

  it('calls a prepayment by what it is for', () => {
    expect(causes(1, [LENT, '2026-01-10 prepaid 12000.00 settle'], '2026-01-10')).toEqual(['补记 2026 年 1 月 10 日的提前结清 12,000.00 元。', 'the early settlement of CNY 12,000.00 of 10 January 2026 is added.']);
    expect(causes(1, [LENT, '2026-01-10 prepaid 1000.00 smaller_installment'], '2026-01-10')![0]).toBe('补记 2026 年 1 月 10 日的提前还款 1,000.00 元。');
    expect(causes(2, [LENT, '2026-01-10 prepaid 1000.00 smaller_installment', '2026-01-11 repayment_reversed e2'], '2026-01-12')![1]).toBe('the prepayment of CNY 1,000.00 of 10 January 2026 is taken back.');
  });

  it('is never a mark that the close of a day made', () => {
    const on = businessDate('2026-02-06');
    const marks = [{ id: 'm1', sequence: 7, valueOn: businessDate('2026-02-05'), bookedAt: 0, kind: 'fell_due', installment: 1 }, { id: 'm2', sequence: 8, valueOn: on, bookedAt: 0, kind: 'crossed_bucket', bucket: 'M1' }];
    const [lent, paid] = eventsFrom([LENT, '2026-01-07 repayment_received 20.00']) as [LoanEvent, LoanEvent];
    const result = replay(terms, [lent], [...unchecked<LoanEvent[]>(marks), paid], on);
    expect(result.ok && result.net[0]!.why.en.split(', as ')[1]).toBe('the repayment of CNY 20.00 of 7 January 2026 is added.');
  });
});

describe('what a replay says of days', () => {
  it('within its grace a loan is, and then is not', () => {
    const grace = replayed(2, [LENT, '2026-02-05 repayment_received 62.00', '2026-02-06 repayment_reversed e2'], '2026-02-08').facts.find(({ fact }) => fact === 'isInGrace')!;
    expect([grace.before, grace.after, grace.why.zh.split('：')[0], grace.why.en.split(', as')[0]]).toEqual([false, true, '现在在宽限期内', 'The loan is within grace now']);
  });
});

describe('a replay is asked with', () => {
  const events = eventsFrom([LENT]);
  const on = businessDate('2026-01-10');
  it.each([
    ['events is 7: ', () => replay(terms, unchecked(7), [], on)],
    ['added is 7: ', () => replay(terms, events, unchecked(7), on)],
    ['added is a list of 1000: at most 999 entries', () => replay(terms, events, unchecked(Array.from({ length: 1000 }, () => events[0])), on)],
    ['on is 0.5: ', () => replay(terms, events, [], unchecked(0.5))],
    ['months', () => replay({ ...terms, months: 0 }, events, [], on)],
  ])('what it needs: %s', (said, call) => expect(call).toThrow(said));

  it('events that could have been, each list by itself', () => {
    const [lent, paid] = eventsFrom([LENT, '2026-01-07 repayment_received 20.00']) as [LoanEvent, LoanEvent];
    expect(replay(terms, [paid], [lent], on)).toMatchObject({ ok: false });
    expect(replay(terms, [lent], [paid, paid], on)).toMatchObject({ ok: false });
  });
});
