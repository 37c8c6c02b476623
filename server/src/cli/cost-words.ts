import { formatYuan, type FeeForm, type OfferRefusal, type RateBase, type ReadingNote, type UnderstoodWords, type WordsRefusal } from '@mingdai/loan-math';
import type { LenderType } from '../modules/compliance/index.ts';

export type CostLanguage = 'en' | 'zh';

/** Every word `mingdai cost` says, in one language. */
export type CostWords = {
  readonly understood: string;
  readonly as: Readonly<Record<UnderstoodWords['as'], string>>;
  readonly takenForGranted: string;
  readonly notes: (note: ReadingNote, amount: string) => string;
  readonly notRead: string;
  readonly advertised: (nominal: string, nominal365: string | null, compounded: string) => string;
  readonly open: string;
  readonly noOpen: string;
  readonly column: (interestOn: RateBase | null, feesOn: RateBase | null, shows: { readonly interest: boolean; readonly fees: boolean }) => string;
  readonly rows: Readonly<Record<'received' | 'repaid' | 'first' | 'last' | 'charges' | 'per100' | 'irr' | 'effective' | 'simple' | 'dated' | 'aprc', string>>;
  readonly cap: (percent: string, lenders: readonly LenderType[], rule: string) => string;
  readonly broken: string;
  readonly kept: string;
  readonly bank: (percent: string) => Readonly<Record<'first' | 'charges' | 'dearer', string>>;
  readonly footnote: (day: string) => string;
  readonly reach: (percent: string, nominal: string) => string;
  readonly reachHeads: readonly [form: string, irr: string, effective: string];
  readonly form: Readonly<Record<FeeForm, string>>;
  readonly on: Readonly<Record<RateBase, string>>;
  readonly dearerAlready: string;
  readonly refusal: (refusal: WordsRefusal | OfferRefusal) => string;
};

const en: CostWords = {
  understood: 'Understood',
  as: { months: 'term', rate: 'rate', fee: 'fee', principal: 'amount lent', received: 'received', installment: 'installment', method: 'repaid by', base: 'charged on', no_interest: 'no interest' },
  takenForGranted: 'Not said, and taken for granted',
  notes: (note, amount) => ({
    amount_not_stated: `no amount is named: figured on ${amount} yuan (--amount)`,
    fee_taken_on_original: 'the monthly fee is a share of the original amount, as such fees are charged; if it is of what is still out, say "of the outstanding principal"',
    no_interest_named: 'no interest beside the fee',
    price_hedged: '"as low as": what is asked of you in the end may be more',
  })[note],
  notRead: 'Not read, because nothing is guessed',
  advertised: (nominal, nominal365, compounded) => `Advertised: ${nominal} % a year${nominal365 === null ? '' : ` (× 360; × 365 it is ${nominal365} %)`}, compounded ${compounded} %, before any fee`,
  open: 'The words do not say whether it is charged on the original principal or on what is still out. Both are shown; ask the seller, in writing, which it is.',
  noOpen: 'What it really costs:',
  column: (interestOn, feesOn, { interest, fees }) => [interest && interestOn !== null ? `rate on ${interestOn}` : '', fees && feesOn !== null ? `fee on ${feesOn}` : ''].filter(Boolean).join(', ') || 'as described',
  rows: {
    received: 'You receive', repaid: 'You pay back', first: 'First installment', last: 'Last installment', charges: 'It costs you', per100: 'On each 100 yuan received',
    irr: 'A year: monthly rate × 12', effective: 'A year: effective (compounded)', simple: 'A year: simple', dated: 'A year: by the calendar, nominal', aprc: 'A year: EU APRC',
  },
  cap: (percent, lenders, rule) => `Cap ${percent} %: ${lenders.map((lender) => ({ bank: 'bank', consumer_finance: 'consumer finance', microloan: 'micro-loan' })[lender]).join(', ') || 'any lender'} (${rule})`,
  broken: 'BROKEN', kept: 'kept',
  bank: (percent) => ({ first: `The same money at ${percent} %: installment`, charges: `The same money at ${percent} %: costs`, dearer: 'This offer costs more by' }),
  footnote: (day) => `Paid out on ${day}, every installment paid on its day. A rate a day counts 30 days a month. A cap is broken when the monthly rate × 12 or the rate by the calendar is above it.`,
  reach: (percent, nominal) => `Which fee makes ${nominal} % a year cost ${percent} %? In per cent, each time it is taken:`,
  reachHeads: ['fee', 'monthly rate × 12', 'effective'],
  form: { up_front: 'once, up front', monthly_on_original: 'each month, of the original', monthly_on_outstanding: 'each month, of the outstanding', with_first: 'once, with the first installment' },
  on: { original: 'rate on original', outstanding: 'rate on outstanding' },
  dearerAlready: 'dearer already',
  refusal: (refusal) => {
    switch (refusal.code) {
      case 'words_not_understood': return `these words are not understood: ${refusal.words.map((word) => `"${word}"`).join(' ')}`;
      case 'stated_twice': return `two different things are said of the ${refusal.what}`;
      case 'term_in_days': return `a term in days ("${refusal.words}"): only offers repaid month by month are read`;
      case 'term_not_stated': return 'for how many months is not said';
      case 'term_out_of_range': return `the term is 1 to 480 months, not ${refusal.months}`;
      case 'price_not_stated': return 'neither a rate, nor a fee, nor an installment is said';
      case 'too_many_fees': return `an offer has at most 20 fees, not ${refusal.fees}`;
      case 'rate_period_not_stated': return `"${refusal.words}" of a day, a month or a year is not said`;
      case 'rate_out_of_range': return `"${refusal.words}" is above 100 % (a rate a year: 1000 %)`;
      case 'value_not_stated': return `how much "${refusal.words}" is, is not said`;
      case 'fee_time_not_stated': return `when "${refusal.words}" is taken is not said: deducted, paid up front, a month, or with the first installment`;
      case 'fee_beside_installment': return `whether the installment holds "${refusal.words}" is not said: state the installment with all that is paid each month, and leave the fee out`;
      case 'principal_not_stated': return 'how much is borrowed is not said';
      case 'amount_out_of_range': return `the ${refusal.what} is out of range: from 0.01 to 100 million yuan, and nothing is more than what is lent`;
      case 'nothing_received': return `fees of ${formatYuan(refusal.taken)} yuan take all of the ${formatYuan(refusal.principal)} that are lent`;
      case 'received_disagrees': return `${formatYuan(refusal.stated)} yuan are said to be received, but the fees leave ${formatYuan(refusal.byFees)}`;
      case 'installment_does_not_repay': return `installments of together ${formatYuan(refusal.repaid)} yuan do not repay ${formatYuan(refusal.principal)} at any rate within reach`;
      case 'no_rate': return 'no yearly rate within reach explains these payments';
    }
  },
};

const zh: CostWords = {
  understood: '读到',
  as: { months: '期限', rate: '利率', fee: '费用', principal: '借款金额', received: '到手', installment: '每期还款', method: '还款方式', base: '计费基数', no_interest: '免息' },
  takenForGranted: '没有说明，按以下理解',
  notes: (note, amount) => ({
    amount_not_stated: `没有说明金额：按 ${amount} 元计算（--amount）`,
    fee_taken_on_original: '每月费用按原始借款金额收取（通常如此）；若按剩余本金，请写明“按剩余本金”',
    no_interest_named: '费用之外没有利息',
    price_hedged: '“低至”“起”：最终向您收取的可能更高',
  })[note],
  notRead: '没有读懂，不作猜测',
  advertised: (nominal, nominal365, compounded) => `宣传利率：年 ${nominal} %${nominal365 === null ? '' : `（×360；×365 为 ${nominal365} %）`}，复利 ${compounded} %，不含任何费用`,
  open: '原话没有说明按原始本金还是按剩余本金计算。两种都列出；请让对方书面说明是哪一种。',
  noOpen: '真实成本：',
  column: (interestOn, feesOn, { interest, fees }) => {
    const base = (on: RateBase): string => (on === 'original' ? '按原始本金' : '按剩余本金');
    return [interest && interestOn !== null ? `利率${base(interestOn)}` : '', fees && feesOn !== null ? `费用${base(feesOn)}` : ''].filter(Boolean).join('，') || '按原话';
  },
  rows: {
    received: '到手', repaid: '总还款', first: '首期还款', last: '末期还款', charges: '总成本', per100: '每到手100元的成本',
    irr: '年化：月利率×12（单利）', effective: '年化：实际（复利）', simple: '年化：简单平均', dated: '年化：按日历天数（名义）', aprc: '年化：欧盟 APRC',
  },
  cap: (percent, lenders, rule) => `上限 ${percent} %：${lenders.map((lender) => ({ bank: '银行', consumer_finance: '消费金融公司', microloan: '小额贷款公司' })[lender]).join('、') || '任何放款人'}（${rule}）`,
  broken: '超过', kept: '未超过',
  bank: (percent) => ({ first: `同样的钱按年 ${percent} %：每期还款`, charges: `同样的钱按年 ${percent} %：总成本`, dearer: '本产品多付' }),
  footnote: (day) => `假设 ${day} 放款，每期按时还款。日利率按每月30天折算。月利率×12 或按日历天数的年化高于上限，即为超过。`,
  reach: (percent, nominal) => `收多少费用，会使年 ${nominal} % 变成 ${percent} %？每次收取的百分比：`,
  reachHeads: ['费用', '月利率×12', '实际（复利）'],
  form: { up_front: '一次性，期初收取', monthly_on_original: '每月，按原始本金', monthly_on_outstanding: '每月，按剩余本金', with_first: '一次性，随首期收取' },
  on: { original: '利率按原始本金', outstanding: '利率按剩余本金' },
  dearerAlready: '不收费已超过',
  refusal: (refusal) => {
    switch (refusal.code) {
      case 'words_not_understood': return `以下文字没有读懂：${refusal.words.map((word) => `“${word}”`).join('')}`;
      case 'stated_twice': return `${{ months: '期限', rate: '利率', principal: '借款金额', received: '到手金额', installment: '每期还款', method: '还款方式' }[refusal.what]}说了两次，且不一致`;
      case 'term_in_days': return `期限按天（“${refusal.words}”）：只读按月还款的产品`;
      case 'term_not_stated': return '没有说明期数';
      case 'term_out_of_range': return `期限为1至480个月，不是 ${refusal.months}`;
      case 'price_not_stated': return '没有说明利率、费用或每期还款';
      case 'too_many_fees': return `费用最多20项，不是 ${refusal.fees} 项`;
      case 'rate_period_not_stated': return `没有说明“${refusal.words}”是日、月还是年`;
      case 'rate_out_of_range': return `“${refusal.words}”高于100 %（年利率：1000 %）`;
      case 'value_not_stated': return `没有说明“${refusal.words}”是多少`;
      case 'fee_time_not_stated': return `没有说明“${refusal.words}”何时收取：先扣、预付、每月，或首期收取`;
      case 'fee_beside_installment': return `没有说明每期还款是否已含“${refusal.words}”：请写每月一共要还多少，不再另写费用`;
      case 'principal_not_stated': return '没有说明借款金额';
      case 'amount_out_of_range': return `${{ principal: '借款金额', received: '到手金额', installment: '每期还款', fee: '费用' }[refusal.what]}超出范围：0.01元至1亿元，且不高于借款金额`;
      case 'nothing_received': return `费用 ${formatYuan(refusal.taken)} 元，占尽借款 ${formatYuan(refusal.principal)} 元`;
      case 'received_disagrees': return `说到手 ${formatYuan(refusal.stated)} 元，但扣除费用后应为 ${formatYuan(refusal.byFees)} 元`;
      case 'installment_does_not_repay': return `各期合计 ${formatYuan(refusal.repaid)} 元，在可计算的利率内还不清 ${formatYuan(refusal.principal)} 元`;
      case 'no_rate': return '没有可计算的年利率能解释这些还款';
    }
  },
};

export const COST_WORDS: Readonly<Record<CostLanguage, CostWords>> = { en, zh };
