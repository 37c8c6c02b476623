import { readFileSync } from 'node:fs';
import {
  annualRatePpm, businessDate, CN_WORKING_CALENDAR, parseYuan, type BusinessDate, type LoanEvent, type LoanFee, type LoanTerms, type PrepaymentEffect, type RollRule,
} from '../src/index.ts';

/** A table under the last code block before it (or under none): how spec pages carry test data. */
export type Example = { readonly block: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Every table of a page of docs/specs whose heading row begins with `firstColumn`. */
export function examplesOf(page: string, firstColumn: string): readonly Example[] {
  const lines = readFileSync(new URL(`../../../docs/specs/${page}`, import.meta.url), 'utf8').split('\n');
  const examples: { block: string[]; rows: string[][] }[] = [];
  let block: string[] = [];
  let isInBlock = false;
  let table: string[][] | null = null;
  for (const line of lines) {
    if (line.startsWith('```')) {
      isInBlock = !isInBlock;
      if (isInBlock) block = [];
    } else if (isInBlock) block.push(line);
    else if (line.startsWith('|')) {
      const cells = line.slice(1, -1).split('|').map((cell) => cell.trim());
      if (table === null) {
        table = [];
        if (cells[0] === firstColumn) examples.push({ block, rows: table });
      } else if (!cells[0]!.startsWith('---')) table.push(cells);
    } else table = null;
  }
  return examples;
}

const percent = (text: string) => annualRatePpm(parseYuan(text) * 100n);

/**
 * `level_installment monthly 12000.00 7.2% 12 months from 2026-01-05 due day 10 penalty 10.8% grace 3 back`, and after it what is rarer:
 * `grace on principal 2`, `grace on interest 2`, `interest free 1`, `first period 15`, `roll following`, `compounding`, `by component`, `fee guarantee upfront 0.5%`.
 */
export function termsFrom(line: string): { readonly terms: LoanTerms; readonly from: BusinessDate | null } {
  const word = (pattern: RegExp): string | null => pattern.exec(line)?.[1] ?? null;
  const [method, basis, principal, rate] = line.split(' ');
  const days = word(/(\d+) days/);
  const dueDay = word(/due day (\d+)/);
  const from = word(/from (\S+)/);
  return {
    from: from === null ? null : businessDate(from),
    terms: {
      principal: parseYuan(principal!),
      method: method as LoanTerms['method'],
      basis: basis as LoanTerms['basis'],
      rate: percent(rate!.replace('%', '')),
      months: Number(word(/(\d+) months/) ?? 1),
      termDays: days === null ? null : Number(days),
      dueDay: dueDay === null ? null : Number(dueDay),
      graceDays: Number(word(/grace (\d+)/) ?? 0),
      graceCountsBack: / grace \d+ back\b/.test(line),
      penaltyRate: percent(word(/penalty ([\d.]+)%/) ?? '0'),
      allocationOrder: ['fee', 'penalty', 'interest', 'principal'],
      allocationScope: line.includes(' by component') ? 'component_first' : 'installment_first',
      ...rareTermsFrom(line, word),
    },
  };
}

function rareTermsFrom(line: string, word: (pattern: RegExp) => string | null): Partial<LoanTerms> {
  const counted = (name: string, pattern: RegExp): object => (word(pattern) === null ? {} : { [name]: Number(word(pattern)) });
  const rule = word(/roll (\S+)/);
  const fees = [...line.matchAll(/fee (\S+) (\S+) ([\d.]+)(%?)/g)].map(([, code, when, size, sign]): LoanFee => (
    { code: code!, when: when as LoanFee['when'], ...(sign === '%' ? { ratePpm: parseYuan(size!) * 100n } : { amount: parseYuan(size!) }) }));
  return {
    ...counted('graceOnPrincipal', /grace on principal (\d+)/), ...counted('graceOnInterest', /grace on interest (\d+)/),
    ...counted('interestFree', /interest free (\d+)/), ...counted('firstPeriodDaysMin', /first period (\d+)/),
    ...(rule === null ? {} : { dueRoll: { rule: rule as RollRule, calendar: CN_WORKING_CALENDAR } }),
    ...(fees.length === 0 ? {} : { fees }),
    ...(line.includes(' compounding') ? { penaltyOn: 'principal_and_interest' as const } : {}),
  };
}

/** `2026-02-05 repayment_received 1039.43` … as events e1, e2, … */
export function eventsFrom(lines: readonly string[]): readonly LoanEvent[] {
  return lines.map((line, index): LoanEvent => {
    const [on, kind, first, second] = line.split(' ');
    const common = { id: `e${index + 1}`, sequence: index + 1, valueOn: businessDate(on!), bookedAt: 0 };
    switch (kind) {
      case 'disbursed': case 'repayment_received': case 'overpayment_refunded': case 'recovered': return { ...common, kind, amount: parseYuan(first!) };
      case 'prepaid': return { ...common, kind, amount: parseYuan(first!), effect: second as PrepaymentEffect };
      case 'repayment_reversed': return { ...common, kind, reverses: first! };
      case 'fee_charged': return { ...common, kind, amount: parseYuan(first!), fee: 'fee' };
      case 'waived': return { ...common, kind, component: first as 'fee', amount: parseYuan(second!) };
      case 'cancelled': case 'charged_off': return { ...common, kind };
      case 'rate_changed': return { ...common, kind, rate: percent(first!.replace('%', '')), penaltyRate: second === undefined ? null : percent(second.replace('%', '')) };
      case 'rescheduled': return { ...common, kind, months: Number(first), dueDay: / due day (\d+)/.test(line) ? Number(/ due day (\d+)/.exec(line)![1]) : null, includesOverdue: line.includes(' with overdue') };
      case 'paused': return { ...common, kind, until: businessDate(first!), interest: second as 'runs' };
      case 'resumed': return { ...common, kind };
      default: throw new Error(`not an event: ${line}`);
    }
  });
}
