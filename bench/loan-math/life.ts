import { addDays, annualRatePpm, businessDate, fen, scheduleOf, type LoanEvent, type LoanTerms } from '@mingdai/loan-math';

/** A loan of 24 months by the day, and 30 events of it: the disbursement, then payments on time, early and late, some in two parts. */
export const terms: LoanTerms = {
  principal: fen(1_200_000n), method: 'level_installment', basis: 'act_360', rate: annualRatePpm(72_000n), months: 24, termDays: null, dueDay: null,
  graceDays: 0, graceCountsBack: true, penaltyRate: annualRatePpm(108_000n),
  allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
};
export const start = businessDate('2026-10-08');
export const on = addDays(start, 24 * 31);

export function history(): readonly LoanEvent[] {
  const events: LoanEvent[] = [{ id: 'e1', sequence: 1, valueOn: start, bookedAt: 0, kind: 'disbursed', amount: terms.principal }];
  for (const [index, row] of scheduleOf(terms, start).entries()) {
    const days = [0, -4, 9][index % 3]!;
    const parts = index % 3 === 2 ? [row.total / 2n, row.total - row.total / 2n] : [row.total];
    for (const [part, amount] of parts.entries()) {
      if (events.length === 30) break;
      events.push({ id: `e${events.length + 1}`, sequence: events.length + 1, valueOn: addDays(row.dueOn, days + part * 2), bookedAt: 0, kind: 'repayment_received', amount: fen(amount) });
    }
  }
  return events;
}
