import { addFixed, fixedOf, type Fixed } from './fixed.ts';
import { FEN_MAX, fen, type Fen } from './money.ts';
import type { OfferFee } from './flat-fee.ts';
import type { StatedRate } from './true-cost-rate.ts';
import type { OfferMethod } from './true-cost-rows.ts';
import type { RateBase } from './true-cost.ts';

/** What a seller's words are cut into. `words` is the piece as it was written (widths of characters made one). */
export type OfferToken = { readonly words: string } & (
  | { readonly kind: 'months'; readonly months: number }
  | { readonly kind: 'days' }
  | { readonly kind: 'rate'; readonly rate: Fixed }
  /** 分 and 厘 are tenths by their period: 1 分 is 10 % a year, 1 % a month, 0.1 % a day. In 厘. */
  | { readonly kind: 'li'; readonly li: Fixed }
  | { readonly kind: 'money'; readonly amount: Fen; readonly hasUnit: boolean }
  /** `leads`: may stand before what it belongs to ("每月服务费"), unlike "/月" and "a month". */
  | { readonly kind: 'per'; readonly per: StatedRate['per']; readonly leads: boolean }
  | { readonly kind: 'rate_word'; readonly per: StatedRate['per'] | null }
  | { readonly kind: 'no_interest' }
  | { readonly kind: 'fee_word'; readonly when: OfferFee['when'] | null }
  | { readonly kind: 'when'; readonly when: OfferFee['when'] }
  | { readonly kind: 'base'; readonly base: RateBase }
  | { readonly kind: 'method'; readonly method: OfferMethod; readonly base: RateBase }
  | { readonly kind: 'head'; readonly of: 'principal' | 'received' | 'installment' }
  | { readonly kind: 'hedge' }
  | { readonly kind: 'gap' }
  | { readonly kind: 'unread' }
);

type Made = OfferToken extends infer T ? (T extends OfferToken ? Omit<T, 'words'> : never) : never;
type Pattern = readonly [pattern: RegExp, make: (match: RegExpExecArray) => Made | readonly Made[] | null];

const HAN = '[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?';
const NUM = '\\d{1,3}(?:,\\d{3})+(?!\\d)(?:\\.\\d+)?|\\d+(?:\\.\\d+)?';
const ANY = `(${NUM}|${HAN})`;
const FEE_ZH = '服务|手续|管理|平台|审核|快审|加急|中介|咨询|担保|保险|会员|账户|信息|分期|居间|综合|其他';
const FEE_EN = 'service|handling|processing|management|platform|arrangement|origination|fast[- ]review|review|membership|guarantee|insurance|administration|admin|account|broker|set[- ]?up';

const like = (source: string): RegExp => new RegExp(source, 'y');
const to = (made: Made) => (): Made => made;

const perOf = (per: StatedRate['per']) => (match: RegExpExecArray): Made => ({ kind: 'per', per, leads: !/^(?:\/|a |per )/.test(match[0]) });

/** Tried in this order at each place; the first that fits is the piece. */
const PATTERNS: readonly Pattern[] = [
  [like('[\\s\\u200b]+'), to({ kind: 'gap' })],
  [like('(?:随首期|随第一期|首期|第一期)(?:一并|一次性)?(?:收取|支付|扣除|缴纳|收|付|扣)?|(?:with|in) the first (?:installment|instalment|payment|month)'), to({ kind: 'when', when: 'with_first' })],
  [like('(\\d+)\\s*(?:monthly |equal |level )*(?:installments|instalments|payments)\\s+of(?=\\s)|(\\d+)\\s*期?\\s*[x×]\\s*(?=\\d)'), (m) => whole((m[1] ?? m[2])!, 1, (months) => [{ kind: 'months', months }, { kind: 'head', of: 'installment' }])],
  [like(`(?:共|分|x|×)?\\s*${ANY}\\s*(?:个月|月期|期)`), (m) => whole(m[1]!, 1, (months) => ({ kind: 'months', months }))],
  [like('(?:over |for |in )?(\\d+)\\s*-?\\s*(?:monthly |equal |level )*(?:installments?|instalments?|payments?|months?|mths?)\\b'), (m) => whole(m[1]!, 1, (months) => ({ kind: 'months', months }))],
  [like(`${ANY}\\s*年期?(?!化|利|息|费)|(\\d+)\\s*-?\\s*(?:years?|yrs?)\\b`), (m) => whole((m[1] ?? m[2])!, 12, (months) => ({ kind: 'months', months }))],
  [like('半年'), to({ kind: 'months', months: 6 })],
  [like(`${ANY}(?:天|日)(?!利|息|费)|(\\d+)\\s*-?\\s*days?\\b`), to({ kind: 'days' })],
  [like('\\d+\\s*-\\s*\\d+'), to({ kind: 'unread' })],
  [like('免息|零利息|无利息|无息|0利息|0息|interest[- ]free|no interest|without interest'), to({ kind: 'no_interest' })],
  [like(`${ANY}\\s*(?:%|percent\\b|per cent\\b|pct\\b)|百分之${ANY}`), (m) => rateOf((m[1] ?? m[2])!, 100n)],
  [like(`${ANY}\\s*‰|千(?:分之)?\\s*${ANY}`), (m) => rateOf((m[1] ?? m[2])!, 1000n)],
  // 1万5 is 15,000 to some; it must not become a 1 and a rate of 5/10,000.
  [like(`${ANY}\\s*万(?=[\\d一二三四五六七八九])`), to({ kind: 'unread' })],
  [like(`万(?:分之)?\\s*${ANY}`), (m) => rateOf(m[1]!, 10_000n)],
  [like('(\\d{1,2}(?:\\.\\d+)?|[一二两三四五六七八九])分(?:([\\d一二三四五六七八九])厘?)?(?![\\d之期])|(\\d{1,2}(?:\\.\\d+)?|[一二两三四五六七八九])厘'), (m) => liOf(m[1], m[2] ?? m[3])],
  [like(`[¥]\\s*${ANY}|${ANY}\\s*(?:元|块钱?|yuan\\b|rmb\\b|cny\\b)`), (m) => moneyOf((m[1] ?? m[2])!, 1n, true)],
  [like(`${ANY}\\s*万(?![\\d分一二三四五六七八九])(?:元|块)?|(\\d+(?:\\.\\d+)?)w\\b`), (m) => moneyOf((m[1] ?? m[2])!, 10_000n, true)],
  [like('(\\d+(?:\\.\\d+)?)k\\b'), (m) => moneyOf(m[1]!, 1000n, true)],
  [like('按?(?:先息后本|每月付息到期还本|按月付息到期还本)|interest[- ](?:only|first)'), to({ kind: 'method', method: 'interest_first', base: 'outstanding' })],
  [like('每个?(?:月|期)\\s*(?:只|仅|应|需|要)?(?:还本付息|还款|支付|还|付|供)款?额?|每期本息|月供|月付|月还款?额?|monthly (?:payments?|installments?|instalments?|repayments?)|(?:installments?|instalments?)\\b'), to({ kind: 'head', of: 'installment' })],
  [like('(?:实际)?到手|实际到账|到账|实得|实到|实收|(?:you )?(?:receive|get)[sd]?\\b|received\\b|paid out\\b'), to({ kind: 'head', of: 'received' })],
  [like('按?(?:等额本息)|level[- ]installments? loan|equal[- ]installments? loan'), to({ kind: 'method', method: 'level_installment', base: 'outstanding' })],
  [like('按?等额本金|level[- ]principal|equal[- ]principal'), to({ kind: 'method', method: 'level_principal', base: 'outstanding' })],
  [like('按?等本等息|flat(?: rate)?\\b|add-on(?: rate)?\\b'), to({ kind: 'method', method: 'level_installment', base: 'original' })],
  [like('(?:按|以)?(?:原始|初始|最初|全额)(?:的)?(?:借款|贷款)?(?:本金|金额|总额)?|(?:按|以)(?:借款|贷款|放款|合同)(?:本金|金额|总额|额)|(?:on|of) (?:the )?(?:original|initial|full|whole)(?: (?:principal|amount|balance|loan))?'), to({ kind: 'base', base: 'original' })],
  [like('(?:按|以)?(?:剩余|未还|剩下|未偿还?|余下|在贷)(?:的)?(?:本金|余额|金额)?|(?:on|of) (?:the )?(?:outstanding|remaining|reducing|declining|unpaid)(?: (?:principal|amount|balance|loan))?|reducing balance'), to({ kind: 'base', base: 'outstanding' })],
  [like('砍头息'), to({ kind: 'fee_word', when: 'deducted' })],
  [like(`(?:${FEE_ZH})费率?|费用|保费|保证金|(?:(?:${FEE_EN}) )(?:fees?|charges?|premiums?)\\b|insurance\\b|fees?\\b`), to({ kind: 'fee_word', when: null })],
  [like('日(?:利率|利息|息|费率|利)'), to({ kind: 'rate_word', per: 'day' })],
  [like('月(?:利率|利息|息|费率|利)'), to({ kind: 'rate_word', per: 'month' })],
  [like('年(?:化利率|化率|化|利率|利息|息|利|费率)|apr\\b'), to({ kind: 'rate_word', per: 'year' })],
  [like('利率|利息|费率|interest rate\\b|interest\\b|rate\\b'), to({ kind: 'rate_word', per: null })],
  [like('(?:一次性)?(?:先|预先|提前|放款时|前期|一次性|直接)(?:被)?扣除?掉?|预扣|扣除|砍头|deducted(?: up[- ]?front| first| at payout)?|withheld\\b|held back\\b|taken off\\b'), to({ kind: 'when', when: 'deducted' })],
  [like('(?:放款前|预先|先|提前)(?:支付|缴纳|收取|付|交)|预付|up[- ]?front|in advance'), to({ kind: 'when', when: 'paid_up_front' })],
  [like('/\\s*(?:每)?(?:月|个月|期|month\\b|mo\\b|installment\\b|instalment\\b)|每个?(?:月|期)|按月|按期|(?:a|per|each|every) (?:month|installment|instalment|period)\\b|monthly\\b|月'), perOf('month')],
  [like('/\\s*(?:每)?(?:日|天|day\\b)|每(?:日|天)|按日|按天|(?:a|per|each|every) day\\b|daily\\b|日|天'), perOf('day')],
  [like('/\\s*(?:每)?(?:年|year\\b|yr\\b)|每年|(?:a|per|each) (?:year|annum)\\b|annual(?:ly)?\\b|yearly\\b|p\\.\\s?a\\.?|pa\\b'), perOf('year')],
  [like('(?:借款|贷款)(?:金额|本金|总额)?|借|贷|本金|loan(?: amount)?\\b|borrow(?:ing)?\\b|principal\\b'), to({ kind: 'head', of: 'principal' })],
  [like('低至|最低|大约|约|起(?!息)|as low as\\b|from\\b|about\\b|approx(?:\\.|imately\\b)?'), to({ kind: 'hedge' })],
  [like('还款|信用卡|账单|收取|另收|另加|加收|外加|加上|计息|计算|计收|计费|只需|只要|期限|分期|一次性|仅|另|加|再|还|收|为|是|的|按|以|计|共|分|我|你|of\\b|at\\b|and\\b|plus\\b|with\\b|the\\b|an?\\b|for\\b|is\\b|on\\b|over\\b|in\\b|only\\b|just\\b|pay(?:ing|able|s)?\\b|back\\b|paid\\b|repaid\\b|repay\\b|charged\\b|you\\b|i\\b|each\\b|term\\b'), to({ kind: 'gap' })],
  [like('[,;:，、。！!()\\[\\]|+&"“”\'.]+'), to({ kind: 'gap' })],
  [like(`(${NUM})`), (m) => moneyOf(m[1]!, 1n, false)],
];

const STRAY = /[a-z]+|\d+|[^\s]/uy;
const STOP = /[,;，、。()|+&]/;

/** Cuts words into pieces. What no pattern knows is a piece of kind `unread`; a comma is a `gap` whose words hold it. */
export function offerTokens(text: string): readonly OfferToken[] {
  const written = text.normalize('NFKC').toLowerCase();
  const tokens: OfferToken[] = [];
  for (let at = 0; at < written.length; ) {
    const [words, made] = pieceAt(written, at);
    const last = tokens[tokens.length - 1];
    if (last?.kind === 'unread' && made[0]!.kind === 'unread') tokens[tokens.length - 1] = { kind: 'unread', words: last.words + words };
    else for (const each of made) tokens.push({ ...each, words } as OfferToken);
    at += words.length;
  }
  return tokens.filter((token) => token.kind !== 'gap' || STOP.test(token.words));
}

function pieceAt(written: string, at: number): readonly [words: string, made: readonly Made[]] {
  for (const [pattern, make] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(written);
    if (match === null) continue;
    const made = make(match);
    if (made !== null) return [match[0], Array.isArray(made) ? (made as readonly Made[]) : [made as Made]];
  }
  STRAY.lastIndex = at;
  return [STRAY.exec(written)![0], [{ kind: 'unread' }]];
}

function whole(text: string, times: number, make: (months: number) => Made | readonly Made[]): Made | readonly Made[] | null {
  const number = decimalOf(text);
  if (number === null || number.bottom !== 1n || number.top > 100_000n) return null;
  return make(Number.parseInt(number.top.toString(), 10) * times);
}

function rateOf(text: string, unit: bigint): Made | null {
  const number = decimalOf(text);
  return number === null ? null : { kind: 'rate', rate: fixedOf(number.top, number.bottom * unit) };
}

function liOf(fen10: string | undefined, li: string | undefined): Made | null {
  const [tens, ones] = [decimalOf(fen10 ?? '0'), decimalOf(li ?? '0')];
  if (tens === null || ones === null) return null;
  return { kind: 'li', li: addFixed(fixedOf(tens.top * 10n, tens.bottom), fixedOf(ones.top, ones.bottom)) };
}

function moneyOf(text: string, yuan: bigint, hasUnit: boolean): Made | null {
  const number = decimalOf(text);
  if (number === null) return null;
  const whole100 = number.top * yuan * 100n;
  if (whole100 % number.bottom !== 0n || whole100 / number.bottom > FEN_MAX) return null;
  return { kind: 'money', amount: fen(whole100 / number.bottom), hasUnit };
}

const HAN_DIGITS = '零一二三四五六七八九';
/** No digit is 0. */
const digitOf = (han: string): bigint => BigInt(HAN_DIGITS.indexOf(han === '〇' ? '零' : han === '两' ? '二' : han));

/** 一百零五, 一百二十, 十五. A bare 一百二 is 120 to some and 102 to others: it is no number here. */
const HAN_NUMBER = /^(?:([一二两三四五六七八九])百(?:零|(?=.?十|$)))?(?:([一二两三四五六七八九]?)十)?([零〇一二两三四五六七八九]?)$/;

/** A number in digits or Chinese numerals as an exact fraction; null when it is none, or has more digits than any offer. */
function decimalOf(text: string): { readonly top: bigint; readonly bottom: bigint } | null {
  if (text.length > 30) return null;
  if (/^\d/.test(text)) {
    const [units, decimals = ''] = text.replace(/,/g, '').split('.');
    return { top: BigInt(units! + decimals), bottom: 10n ** BigInt(decimals.length) };
  }
  const [units, decimals = ''] = text.split('点');
  const match = HAN_NUMBER.exec(units!);
  if (match === null) return null;
  const [, hundreds, tens, ones] = match;
  let top = (hundreds === undefined ? 0n : digitOf(hundreds)) * 100n + (tens === undefined ? 0n : tens === '' ? 1n : digitOf(tens)) * 10n + digitOf(ones!);
  for (const digit of decimals) top = top * 10n + digitOf(digit);
  return { top, bottom: 10n ** BigInt(decimals.length) };
}
