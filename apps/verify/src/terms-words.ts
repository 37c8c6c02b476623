import type { Component, InterestBasis, LoanTerms, RepaymentMethod, Words } from '@mingdai/loan-math';
import { groupedYuan, percent } from './format.ts';
import { furtherTerms, type Term } from './terms-further.ts';

const METHODS: Readonly<Record<RepaymentMethod, Words>> = {
  level_installment: { zh: '等额本息：每期还款额相同', en: 'Level installments: the same amount each month' },
  level_principal: { zh: '等额本金：每期本金相同，利息逐期减少', en: 'Level principal: the same principal each month, less interest each time' },
  interest_first: { zh: '先息后本：每期还利息，最后一期还本金', en: 'Interest each month, principal with the last installment' },
  any_time: { zh: '随借随还：按日计息，一次到期', en: 'Daily interest, repayable any day, one due day' },
};

const thirty = (name: string): Words => ({ zh: `每月按 30 天、一年 360 天（${name}）`, en: `by months of 30 days, 360 to the year (${name})` });

const BASES: Readonly<Record<InterestBasis, Words>> = {
  thirty_bond_basis: thirty('30/360 Bond Basis'), thirty_us: thirty('30/360 US'), thirty_european: thirty('30E/360'), thirty_european_plus: thirty('30E+/360'),
  thirty_isda: thirty('30E/360 ISDA'), thirty_excel_nasd: thirty('30/360 NASD'),
  monthly: { zh: '按月：每期为年利率的十二分之一，期内按天数比例', en: 'by months: a twelfth of the yearly rate a period, inside it by days' },
  act_360: { zh: '按实际天数，一年 360 天', en: 'by actual days, 360 to the year' },
  act_365: { zh: '按实际天数，一年 365 天', en: 'by actual days, 365 to the year' },
  act_act: { zh: '按实际天数，一年按该年实际天数', en: 'by actual days, each in its own year' },
};

const COMPONENTS: Readonly<Record<Component, Words>> = {
  fee: { zh: '费用', en: 'fee' }, penalty: { zh: '罚息', en: 'penalty' }, interest: { zh: '利息', en: 'interest' }, principal: { zh: '本金', en: 'principal' },
};

/** A contract's arithmetic terms as sentences, each with the name of what it settles. */
export function termsInWords(terms: LoanTerms): readonly Term[] {
  const basis = BASES[terms.basis];
  const rate = percent(terms.rate);
  const order = terms.allocationOrder.map((component) => COMPONENTS[component]);
  return [
    { name: { zh: '借款本金', en: 'Principal' }, says: { zh: `${groupedYuan(terms.principal)} 元`, en: `${groupedYuan(terms.principal)} yuan` } },
    { name: { zh: '还款方式', en: 'Repayment' }, says: METHODS[terms.method] },
    { name: { zh: '利率', en: 'Interest' }, says: { zh: `年利率 ${rate}，${basis.zh}`, en: `${rate} a year, ${basis.en}` } },
    { name: { zh: '期限', en: 'Term' }, says: termOf(terms) },
    { name: { zh: '宽限', en: 'Grace' }, says: graceOf(terms) },
    { name: { zh: '罚息', en: 'Penalty' }, says: penaltyOf(terms) },
    {
      name: { zh: '冲销顺序', en: 'Payments pay' },
      says: terms.allocationScope === 'installment_first'
        ? { zh: `先还最早的一期，期内依次冲销${order.map(({ zh }) => zh).join('、')}`, en: `the oldest installment first, in it ${order.map(({ en }) => en).join(', then ')}` }
        : { zh: `所有到期各期合在一起，依次冲销${order.map(({ zh }) => zh).join('、')}`, en: `over all due installments, ${order.map(({ en }) => en).join(', then ')}` },
    },
    ...furtherTerms(terms),
  ];
}

function termOf({ months, termDays, dueDay }: LoanTerms): Words {
  if (termDays !== null) return { zh: `放款后第 ${termDays} 天到期`, en: `due ${termDays} days after payout` };
  return {
    zh: `${months} 期，每月${dueDay === null ? '与放款日相同的日子' : ` ${dueDay} 日`}到期`,
    en: `${months} installments, due each month on ${dueDay === null ? 'the day of the month of the payout' : `day ${dueDay}`}`,
  };
}

function graceOf({ graceDays, graceCountsBack }: LoanTerms): Words {
  if (graceDays === 0) return { zh: '没有宽限期', en: 'none' };
  return graceCountsBack
    ? { zh: `到期后 ${graceDays} 天内还清不收罚息；超过则从到期日算起`, en: `no penalty within ${graceDays} days of the due day; after them it counts from the due day` }
    : { zh: `到期后 ${graceDays} 天不收罚息；之后从宽限期满算起`, en: `no penalty for ${graceDays} days from the due day; it counts from their end` };
}

function penaltyOf({ penaltyRate, penaltyOn = 'principal' }: LoanTerms): Words {
  const rate = percent(penaltyRate);
  return penaltyOn === 'principal'
    ? { zh: `逾期本金按年利率 ${rate}，代替合同利率`, en: `${rate} a year on overdue principal, in place of the contract rate` }
    : { zh: `逾期本金和逾期利息按年利率 ${rate}（复利），代替合同利率`, en: `${rate} a year on overdue principal and overdue interest (compound), in place of the contract rate` };
}
