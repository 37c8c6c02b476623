import { formatPercent, formatYuan } from '@mingdai/loan-math';
import type { CostSheet, SheetWords } from './cost-sheet-document.ts';

type Facts = Omit<CostSheet, 'words'>;
type Language = 'zh' | 'en';

const METHODS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  level_installment: { zh: '等额本息', en: 'level installments' },
  interest_first: { zh: '先息后本', en: 'interest first, principal at the end' },
  any_time: { zh: '随借随还', en: 'repay at any time' },
};
const REASONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  product: { zh: '产品约定', en: 'the product’s own figure' },
  contract_uplift: { zh: '合同利率上浮50%封顶', en: 'the contract rate plus 50 % at most' },
  cap: { zh: '综合成本上限', en: 'what the yearly ceiling leaves' },
};

/** The sentences of a sheet. Pure: the same facts read the same. Source docs/specs/cost-sheet.md §3. */
export function wordsOf(facts: Facts, language: Language): SheetWords {
  return language === 'zh' ? chinese(facts) : english(facts);
}

const percent = (ppm: string): string => formatPercent(BigInt(ppm));
/** A day's rate of a 360-day year, to five digits of a per cent. */
const dayRate = (ppm: string): string => {
  const hundredThousandths = (BigInt(ppm) * 10n + 180n) / 360n;
  return `${hundredThousandths / 100_000n}.${(hundredThousandths % 100_000n).toString().padStart(5, '0').replace(/0+$/, '') || '0'}`;
};
const yuan = (fen: string): string => formatYuan(BigInt(fen));

function chinese(facts: Facts): SheetWords {
  const { elements, annual_cost: cost, schedule } = facts;
  const rate = percent(elements.annual_rate_ppm);
  const overdue = percent(elements.overdue_rate_ppm);
  return {
    title: '个人贷款综合融资成本明示表',
    elements: [`年化综合成本${percent(cost.all_in_ppm)}%（单利；其中合同年利率${rate}%，无其他费用）`, `还款方式：${METHODS[elements.repayment_method]!.zh}`, `逾期成本：逾期本金按年化${overdue}%计收罚息，不再计收正常利息`],
    lines: [
      `贷款本金：${yuan(facts.principal_fen)}元，分${facts.months}期`,
      `利息：按剩余本金每日计收，日利率${dayRate(elements.annual_rate_ppm)}%（年化${rate}%，一年按360天），由出借人收取，合计${yuan(schedule.interest_fen)}元`,
      `正常履约的综合融资成本：年化${percent(cost.all_in_ppm)}%（月内部收益率×12：${percent(cost.irr_times_12_ppm)}%；按实际天数：${percent(cost.dated_ppm)}%；复利：${percent(cost.effective_ppm)}%；单利：${percent(cost.simple_ppm)}%）`,
      `监管上限：年化${percent(cost.cap_ppm)}%（${cost.cap_rule}）`,
      `逾期：罚息年化${overdue}%，依据：${REASONS[facts.penalty_reason.binding]!.zh}，由出借人收取，不计复利`,
      ...(facts.penalty_reason.cut_ppm === '0' ? [] : [`产品原定罚息年化${percent(facts.penalty_reason.product_ppm)}%，超出部分依法不收`]),
      '提前还款：不收取任何费用，利息按实际用款天数计算',
      ...facts.lenders.map((lender) => `出借人：${lender.name_zh}，出资${percent(lender.share_ppm)}%，年化利率${percent(lender.annual_rate_ppm)}%，许可证号${lender.licence_no}`),
      `还款合计：${yuan(schedule.total_fen)}元`,
      '除上述项目外，不收取任何其他费用',
    ],
  };
}

function english(facts: Facts): SheetWords {
  const { elements, annual_cost: cost, schedule } = facts;
  const rate = percent(elements.annual_rate_ppm);
  const overdue = percent(elements.overdue_rate_ppm);
  return {
    title: 'All-in cost of this personal loan',
    elements: [`All-in annual cost ${percent(cost.all_in_ppm)} % (simple; contract rate ${rate} %, no other fees)`, `Repayment: ${METHODS[elements.repayment_method]!.en}`, `If overdue: ${overdue} % a year on the overdue principal, instead of interest`],
    lines: [
      `Principal: ${yuan(facts.principal_fen)} yuan in ${facts.months} installments`,
      `Interest: charged daily on what is still owed, ${dayRate(elements.annual_rate_ppm)} % a day (${rate} % a year of 360 days), collected by the lenders, ${yuan(schedule.interest_fen)} yuan in all`,
      `All-in cost if you pay on time: ${percent(cost.all_in_ppm)} % a year (monthly internal rate × 12: ${percent(cost.irr_times_12_ppm)} %; by actual days: ${percent(cost.dated_ppm)} %; compounded: ${percent(cost.effective_ppm)} %; simple: ${percent(cost.simple_ppm)} %)`,
      `Legal ceiling: ${percent(cost.cap_ppm)} % a year (${cost.cap_rule})`,
      `Overdue: ${overdue} % a year, set by ${REASONS[facts.penalty_reason.binding]!.en}, collected by the lenders, without compound interest`,
      ...(facts.penalty_reason.cut_ppm === '0' ? [] : [`The product's own overdue figure is ${percent(facts.penalty_reason.product_ppm)} % a year; the law does not allow the difference, so it is not charged`]),
      'Paying early: no charge; interest only for the days used',
      ...facts.lenders.map((lender) => `Lender: ${lender.name_en}, ${percent(lender.share_ppm)} % of the loan, at ${percent(lender.annual_rate_ppm)} % a year, licence ${lender.licence_no}`),
      `To be repaid in all: ${yuan(schedule.total_fen)} yuan`,
      'Nothing else is charged',
    ],
  };
}
