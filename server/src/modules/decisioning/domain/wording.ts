import { featureFields } from './features.ts';

/** A sentence in both languages of the borrower's page. */
export type Sentence = { readonly zh: string; readonly en: string };

/** `{value}` is what was found, `{bound}` what the row takes. Every reason code of a strategy must be here. */
const sentences: Readonly<Record<string, Sentence>> = {
  under_age: { zh: '您的年龄为 {value} 岁，未满 18 周岁不能借款。', en: 'You are {value} years old; nobody under 18 may borrow.' },
  student_microloan: { zh: '小额贷款公司不得向大学生发放贷款。', en: 'Micro-loan companies may not lend to students.' },
  student_second_source: { zh: '您声明为在校学生，需人工核实第二还款来源。', en: 'You declared that you are a student: a person must first check a second source of repayment.' },
  not_invited: { zh: '本产品仅限受邀用户，您目前不在邀请名单中。', en: 'This product is by invitation only, and you are not on the list of those invited.' },
  no_evidence: { zh: '征信与行为数据均查无记录，资料不足，转人工审核。', en: 'Neither source knows you: too little data. A person will look at your application.' },
  figure_unknown: { zh: '报告缺少必要数据“{label}”，转人工审核。', en: 'Your report does not say: {label}. A person will look at your application.' },
  overdue_now: { zh: '您当前有逾期未还金额 {value}，须先还清。', en: 'You have {value} overdue now; it has to be repaid first.' },
  accounts_overdue: { zh: '您当前有 {value} 个账户逾期。', en: '{value} of your accounts are overdue now.' },
  often_overdue: { zh: '近24个月逾期30天以上 {value} 次，达到拒绝标准（{bound}）。', en: 'You were 30 or more days overdue {value} times in 24 months; we decline at {bound}.' },
  many_enquiries: { zh: '近12个月征信查询 {value} 次，达到拒绝标准（{bound}）。', en: 'Your credit was enquired about {value} times in 12 months; we decline at {bound}.' },
  debt_stacking: { zh: '近12个月新开分期贷款 {value} 笔，达到拒绝标准（{bound}）：请勿以贷养贷。', en: 'You opened {value} installment loans in 12 months; we decline at {bound}, so that nobody borrows to repay borrowings.' },
  income_too_low: { zh: '可见年收入 {value}，低于最低要求（{bound} 即拒绝）。', en: 'Your visible yearly income is {value}; we decline at {bound}.' },
  risk_too_high: { zh: '评分模型估计的违约概率为 {value}，超过上限（{bound} 即拒绝）。', en: 'The scorecard puts the probability of default at {value}; we decline at {bound}.' },
  points_lost: { zh: '{label}：{value}（{bin}），比平均少 {lost} 分。', en: '{label}: {value} ({bin}), {lost} points below average.' },
  cannot_afford: { zh: '按可计收入扣除已有分期还款后，每月可用于还款 {value}，不足以支持最低额度（{bound}）。', en: 'After what you already repay, {value} a month is left for repaying; that does not carry the smallest limit ({bound}).' },
  value_missing: { zh: '必要信息“{label}”缺失，转人工审核。', en: 'We could not learn {label}. A person will look at your application.' },
  value_missing_declined: { zh: '必要信息“{label}”缺失，无法批准。', en: 'We could not learn {label}, and cannot approve without it.' },
  value_out_of_range: { zh: '“{label}”的数值 {value} 超出可信范围，转人工审核。', en: '{label} is {value}, outside what we can believe. A person will look at your application.' },
};

export const hasWording = (code: string): boolean => Object.hasOwn(sentences, code);

/** The sentence of a reason code, filled in. Throws when the code has no words: loading a strategy made sure that it has. */
export function sentenceOf(code: string, words: Readonly<Record<string, string | Sentence>>): Sentence {
  const sentence = Object.hasOwn(sentences, code) ? sentences[code]! : undefined;
  if (sentence === undefined) throw new Error(`the reason ${code} has words`);
  const fill = (language: 'zh' | 'en'): string =>
    sentence[language].replace(/\{(\w+)\}/g, (_, name: string) => {
      const word = words[name];
      return typeof word === 'string' ? word : (word?.[language] ?? '');
    });
  return { zh: fill('zh'), en: fill('en') };
}

const facts: Readonly<Record<string, Sentence>> = {
  age_years: { zh: '年龄', en: 'your age' },
  is_student: { zh: '是否在校学生', en: 'whether you are a student' },
  lender_type: { zh: '贷款机构类型', en: "the lender's licence" },
  access: { zh: '准入方式', en: 'how the product is entered' },
  is_invited: { zh: '是否受邀', en: 'whether you are invited' },
  bureau_file: { zh: '征信档案', en: 'your bureau file' },
  behaviour_file: { zh: '行为数据档案', en: 'your behaviour file' },
  file_depth: { zh: '资料完整度', en: 'how much is known of you' },
  bad_ppm: { zh: '违约概率', en: 'the probability of default' },
  counted_income_fen: { zh: '可计收入', en: 'the income we can count' },
};

/** What a feature, report field or fact is called in a sentence. */
export function labelOf(name: string): Sentence {
  const field = featureFields.find((one) => one.feature === name || one.name === name);
  return field === undefined ? (facts[name] ?? { zh: name, en: name }) : { zh: field.zh, en: field.en };
}

/** A value as a person reads it: fen as yuan, ppm and permille as per cent. `name` tells the unit by its ending. */
export function valueInWords(name: string, value: bigint | number | string | boolean | null): Sentence {
  if (value === null) return { zh: '未知', en: 'unknown' };
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (typeof value === 'string') return { zh: value, en: value };
  const text = `${value}`;
  const whole = BigInt(text);
  if (name.endsWith('_fen')) return { zh: `${decimal(whole, 2)} 元`, en: `${decimal(whole, 2)} yuan` };
  if (name.endsWith('_yuan')) return { zh: `${text} 元`, en: `${text} yuan` };
  if (name.endsWith('_ppm')) return { zh: `${decimal(whole, 4)}%`, en: `${decimal(whole, 4)} %` };
  if (name.endsWith('_permille')) return { zh: `${decimal(whole, 1)}%`, en: `${decimal(whole, 1)} %` };
  return { zh: text, en: text };
}

/** A cell's bound in the same units as the value: `>= 4`, `< 60000.00 yuan`. */
export function boundInWords(name: string, cell: string): Sentence {
  const inLanguage = (language: 'zh' | 'en'): string => cell.replace(/\d[\d_]*/g, (digits) => valueInWords(name, BigInt(digits.replaceAll('_', '')))[language]);
  return { zh: inLanguage('zh'), en: inLanguage('en') };
}

function decimal(value: bigint, places: number): string {
  const digits = `${value < 0n ? -value : value}`.padStart(places + 1, '0');
  const cut = digits.length - places;
  return `${value < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}
