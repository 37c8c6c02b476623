import type { Component, LoanTerms, Words } from '@mingdai/loan-math';
import { groupedYuan, percent } from './format.ts';

const METHODS: Readonly<Record<string, Words>> = {
  level_installment: { zh: '等额本息：每期还款额相同', en: 'Level installments: the same amount each month' },
  level_principal: { zh: '等额本金：每期本金相同，利息逐期减少', en: 'Level principal: the same principal each month, less interest each time' },
  interest_first: { zh: '先息后本：每期还利息，最后一期还本金', en: 'Interest each month, principal with the last installment' },
  any_time: { zh: '随借随还：按日计息，一次到期', en: 'Daily interest, repayable any day, one due day' },
};

const BASES: Readonly<Record<string, Words>> = {
  monthly: { zh: '按月：每期为年利率的十二分之一，期内按天数比例', en: 'by months: a twelfth of the yearly rate a period, inside it by days' },
  act_360: { zh: '按实际天数，一年 360 天', en: 'by actual days, 360 to the year' },
  act_365: { zh: '按实际天数，一年 365 天', en: 'by actual days, 365 to the year' },
  act_act: { zh: '按实际天数，一年按该年实际天数', en: 'by actual days, each in its own year' },
};

const COMPONENTS: Readonly<Record<Component, Words>> = {
  fee: { zh: '费用', en: 'fee' }, penalty: { zh: '罚息', en: 'penalty' }, interest: { zh: '利息', en: 'interest' }, principal: { zh: '本金', en: 'principal' },
};

const named = (names: Readonly<Record<string, Words>>, code: string): Words => names[code] ?? { zh: code, en: code };

/** A contract's arithmetic terms as sentences, each with the name of what it settles. */
export function termsInWords(terms: LoanTerms): readonly { readonly name: Words; readonly says: Words }[] {
  const basis = named(BASES, terms.basis);
  const rate = percent(terms.rate);
  const order = terms.allocationOrder.map((component) => COMPONENTS[component]);
  return [
    { name: { zh: '借款本金', en: 'Principal' }, says: { zh: `${groupedYuan(terms.principal)} 元`, en: `${groupedYuan(terms.principal)} yuan` } },
    { name: { zh: '还款方式', en: 'Repayment' }, says: named(METHODS, terms.method) },
    { name: { zh: '利率', en: 'Interest' }, says: { zh: `年利率 ${rate}，${basis.zh}`, en: `${rate} a year, ${basis.en}` } },
    { name: { zh: '期限', en: 'Term' }, says: termOf(terms) },
    { name: { zh: '宽限', en: 'Grace' }, says: graceOf(terms) },
    { name: { zh: '罚息', en: 'Penalty' }, says: penaltyOf(terms) },
    {
      name: { zh: '还款冲抵', en: 'Payments pay' },
      says: terms.allocationScope === 'installment_first'
        ? { zh: `先还最早的一期，期内依次冲抵${order.map(({ zh }) => zh).join('、')}`, en: `the oldest installment first, in it ${order.map(({ en }) => en).join(', then ')}` }
        : { zh: `所有到期各期合在一起，依次冲抵${order.map(({ zh }) => zh).join('、')}`, en: `over all due installments, ${order.map(({ en }) => en).join(', then ')}` },
    },
    ...further(terms),
  ];
}

function termOf({ months, termDays, dueDay }: LoanTerms): Words {
  if (termDays !== null) return { zh: `放款后第 ${termDays} 天到期`, en: `due ${termDays} days after payout` };
  return {
    zh: `${months} 期，每月 ${dueDay === null ? '与放款日相同的日子' : `${dueDay} 日`}到期`,
    en: `${months} installments, due each month on ${dueDay === null ? 'the day of the month of the payout' : `day ${dueDay}`}`,
  };
}

function graceOf({ graceDays, graceCountsBack }: LoanTerms): Words {
  if (graceDays === 0) return { zh: '没有宽限期', en: 'none' };
  return graceCountsBack
    ? { zh: `到期后 ${graceDays} 天内还清不收罚息；超过则从到期日算起`, en: `no penalty within ${graceDays} days of the due day; after them it counts from the due day` }
    : { zh: `到期后 ${graceDays} 天不收罚息；之后从宽限期满算起`, en: `no penalty for ${graceDays} days from the due day; it counts from their end` };
}

const penaltyOf = ({ penaltyRate }: LoanTerms): Words => ({
  zh: `逾期本金按年利率 ${percent(penaltyRate)}，代替合同利率`, en: `${percent(penaltyRate)} a year on overdue principal, in place of the contract rate`,
});

/** What only some contracts have: each as the data states it, so that no term goes unsaid. */
function further(terms: LoanTerms): readonly { readonly name: Words; readonly says: Words }[] {
  return Object.entries(terms)
    .filter(([name, value]) => !PLAIN.has(name) && value !== undefined)
    .map(([name, value]) => ({ name: named(FURTHER, name), says: { zh: said(value), en: said(value) } }));
}

const PLAIN = new Set(['principal', 'method', 'basis', 'rate', 'months', 'termDays', 'dueDay', 'graceDays', 'graceCountsBack', 'penaltyRate', 'allocationOrder', 'allocationScope']);

const FURTHER: Readonly<Record<string, Words>> = {
  graceOnPrincipal: { zh: '只还利息的期数', en: 'Installments of interest only' },
  graceOnInterest: { zh: '暂不收利息的期数', en: 'Installments without interest asked' },
  interestFree: { zh: '免息期数', en: 'Interest-free installments' },
  firstPeriodDaysMin: { zh: '首期最少天数', en: 'Fewest days of the first period' },
  dueRoll: { zh: '到期日遇休息日', en: 'Due days on days off' },
  fees: { zh: '费用', en: 'Fees' },
  penaltyOn: { zh: '罚息基数', en: 'Penalty is borne by' },
};

const said = (value: unknown): string =>
  isRoll(value) ? `${value.rule} (${value.calendar.name})` : typeof value === 'object' && value !== null ? JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)) : String(value);

/** A roll names its calendar; the days of it would say nothing to anybody. */
const isRoll = (value: unknown): value is { readonly rule: string; readonly calendar: { readonly name: string } } =>
  typeof value === 'object' && value !== null && 'rule' in value && 'calendar' in value;
