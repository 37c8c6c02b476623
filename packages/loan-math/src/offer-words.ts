import { fixedOf, ONE, ZERO, type Fixed } from './fixed.ts';
import type { OfferFee } from './flat-fee.ts';
import type { Fen } from './money.ts';
import { needText } from './needs.ts';
import { offerTokens, type OfferToken } from './offer-words-tokens.ts';
import { checkPrincipal, OFFER_MAX, type StatedRate } from './true-cost-rate.ts';
import type { OfferMethod } from './true-cost-rows.ts';
import type { DescribedFee, OfferDescription, OfferPrice, RateBase } from './true-cost.ts';

/** A piece of the words, and what it was taken for. */
export type UnderstoodWords = { readonly as: 'months' | 'rate' | 'fee' | 'principal' | 'received' | 'installment' | 'method' | 'base' | 'no_interest'; readonly words: string };

/** What the words do not say and how the offer is read in spite of it: always told. */
export type ReadingNote =
  /** No amount is named: the one that was asked about is taken. */
  | 'amount_not_stated'
  /** A monthly fee beside interest, without a base: on the original amount, as such fees are charged. */
  | 'fee_taken_on_original'
  /** Only fees are named: no interest beside them. */
  | 'no_interest_named'
  /** 低至, 起, "as low as": what is asked in the end may be more. */
  | 'price_hedged';

export type OfferWords =
  | { readonly kind: 'read'; readonly offer: OfferDescription; readonly understood: readonly UnderstoodWords[]; readonly notes: readonly ReadingNote[] }
  | { readonly kind: 'refused'; readonly refusal: WordsRefusal; readonly understood: readonly UnderstoodWords[] };

/** Why words are not read, in order of checking. `words` are the seller's own. */
export type WordsRefusal =
  | { readonly code: 'words_not_understood'; readonly words: readonly string[] }
  | { readonly code: 'stated_twice'; readonly what: 'months' | 'rate' | 'principal' | 'received' | 'installment' | 'method' }
  /** Terms in days are repaid at once; offers read here are repaid month by month. */
  | { readonly code: 'term_in_days'; readonly words: string }
  | { readonly code: 'term_not_stated' }
  | { readonly code: 'term_out_of_range'; readonly months: number }
  | { readonly code: 'price_not_stated' }
  | { readonly code: 'too_many_fees'; readonly fees: number }
  /** 18 %, but of a day, a month or a year? */
  | { readonly code: 'rate_period_not_stated'; readonly words: string }
  | { readonly code: 'rate_out_of_range'; readonly words: string }
  | { readonly code: 'value_not_stated'; readonly words: string }
  /** Neither held back, nor paid on the first day, nor monthly, nor with the first installment. */
  | { readonly code: 'fee_time_not_stated'; readonly words: string }
  /** An installment is stated, and a fee that may be in it or on top of it. */
  | { readonly code: 'fee_beside_installment'; readonly words: string }
  | { readonly code: 'principal_not_stated' }
  | { readonly code: 'amount_out_of_range'; readonly what: 'principal' | 'received' | 'installment' | 'fee' };

const TEXT_MAX = 500;
const MONTHS_MAX = 480;
const FEES_MAX = 20;

/**
 * Reads an offer in its seller's words, Chinese or English: "12 期, 日息万五, 服务费 0.3%/月".
 *
 * Keeps   nothing is guessed in silence: a word it does not know is a refusal that names it, what is taken for granted is a note,
 *         and what a rate is a rate of stays `open` unless it is said.
 * Refuses as `WordsRefusal` lists, in that order; with what was understood.
 * Needs   `text` of at most 500 characters: no offer is longer; `askedPrincipal` of 1 fen to 100 million yuan.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/true-cost.md §4 (D3).
 */
export function readOffer(text: string, askedPrincipal: Fen): OfferWords {
  needText('text', text, TEXT_MAX);
  checkPrincipal('askedPrincipal', askedPrincipal);
  const heard = hear(offerTokens(text));
  const refusal = refusalOf(heard, askedPrincipal);
  if (refusal !== null) return { kind: 'refused', refusal, understood: heard.understood };
  return { kind: 'read', understood: heard.understood, ...offerOf(heard, askedPrincipal) };
}

type HeardRate = { words: string; value: Fixed | null; isLi: boolean; per: StatedRate['per'] | null; base: RateBase | null };
type HeardFee = { words: string; share: Fixed | null; amount: Fen | null; when: OfferFee['when'] | null; base: RateBase | null };
type Head = 'principal' | 'received' | 'installment';

/** What has been heard so far, and words that wait for the one they belong to. */
type Heard = {
  readonly understood: UnderstoodWords[];
  readonly unread: string[];
  readonly rates: HeardRate[];
  readonly fees: HeardFee[];
  readonly money: Partial<Record<Head, Fen>>;
  twice: (WordsRefusal & { code: 'stated_twice' })['what'] | null;
  months: number | null;
  days: string | null;
  method: { readonly method: OfferMethod; readonly base: RateBase } | null;
  isHedged: boolean;
  hasNoInterest: boolean;
  open: { readonly kind: 'rate'; readonly rate: HeardRate } | { readonly kind: 'fee'; readonly fee: HeardFee } | null;
  head: Head | null;
  per: (OfferToken & { kind: 'per' }) | null;
  when: (OfferToken & { kind: 'when' }) | null;
  base: (OfferToken & { kind: 'base' }) | null;
};

/** The two tokens that follow. */
type Ahead = { readonly next: OfferToken | undefined; readonly afterNext: OfferToken | undefined };

function hear(tokens: readonly OfferToken[]): Heard {
  const heard: Heard = {
    understood: [], unread: [], rates: [], fees: [], money: {}, twice: null, months: null, days: null, method: null,
    isHedged: false, hasNoInterest: false, open: null, head: null, per: null, when: null, base: null,
  };
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const next = tokens[index + 1];
    if (token.kind === 'rate' || token.kind === 'li' || token.kind === 'money') index += hearValue(heard, token, { next, afterNext: tokens[index + 2] });
    else hearWord(heard, token, { next, afterNext: tokens[index + 2] });
    if (token.kind !== 'head') heard.head = null;
  }
  for (const { value, words } of heard.rates) if (value !== null) heard.understood.push({ as: 'rate', words });
  for (const { share, amount, words } of heard.fees) if (share !== null || amount !== null) heard.understood.push({ as: 'fee', words });
  // A word that waited in vain for what it belongs to was not understood.
  for (const left of [heard.per, heard.when, heard.base]) if (left !== null) heard.unread.push(left.words);
  return heard;
}

function hearWord(heard: Heard, token: OfferToken, ahead: Ahead): void {
  const { understood } = heard;
  switch (token.kind) {
    case 'months':
      if (heard.months !== null && heard.months !== token.months) heard.twice ??= 'months';
      heard.months = token.months;
      understood.push({ as: 'months', words: token.words.trim() });
      return;
    case 'days': heard.days = token.words; return;
    case 'rate_word': return hearRateWord(heard, token, ahead.next);
    case 'fee_word': openFee(heard, token); return;
    case 'per': return hearPer(heard, token, ahead);
    case 'when':
      if (heard.open?.kind === 'fee' && heard.open.fee.when === null) heard.open.fee.when = token.when;
      else wait(heard, 'when', token);
      return;
    case 'base': {
      const open = heard.open?.kind === 'fee' ? heard.open.fee : heard.open?.rate;
      if (open !== undefined && open.base === null) open.base = token.base;
      else wait(heard, 'base', token);
      understood.push({ as: 'base', words: token.words });
      return;
    }
    case 'method':
      if (heard.method !== null && (heard.method.method !== token.method || heard.method.base !== token.base)) heard.twice ??= 'method';
      heard.method = token;
      understood.push({ as: 'method', words: token.words });
      return;
    case 'no_interest':
      heard.hasNoInterest = true;
      understood.push({ as: 'no_interest', words: token.words });
      return;
    case 'head':
      // "借款到手 9500" is what is received; any other two in a row ("每期还本金") are something else than either.
      if (heard.head !== null && heard.head !== token.of && !(heard.head === 'principal' && token.of === 'received')) heard.unread.push(token.words);
      heard.head = token.of;
      return;
    case 'hedge': heard.isHedged = true; return;
    case 'unread': heard.unread.push(token.words); return;
  }
}

function wait<K extends 'per' | 'when' | 'base'>(heard: Heard, slot: K, token: NonNullable<Heard[K]>): void {
  const before = heard[slot];
  if (before !== null) heard.unread.push(before.words);
  heard[slot] = token as Heard[K];
}

function take<K extends 'per' | 'when' | 'base'>(heard: Heard, slot: K): Heard[K] {
  const waiting = heard[slot];
  heard[slot] = null as Heard[K];
  return waiting;
}

const isValue = (token: OfferToken | undefined): boolean => token?.kind === 'rate' || token?.kind === 'li' || token?.kind === 'money';

/** 日息, "interest": opens a rate, unless it stands behind one that lacks its period ("18 % 年化"). */
function hearRateWord(heard: Heard, token: OfferToken & { kind: 'rate_word' }, next: OfferToken | undefined): void {
  if (heard.open?.kind === 'rate' && heard.open.rate.value !== null && !isValue(next) && next?.kind !== 'hedge') {
    if (token.per !== null && heard.open.rate.per !== null && token.per !== heard.open.rate.per) heard.twice ??= 'rate';
    heard.open.rate.per ??= token.per;
    heard.open.rate.words += ` ${token.words}`;
    return;
  }
  openRate(heard, token.words, token.per ?? take(heard, 'per')?.per ?? null);
}

function openRate(heard: Heard, words: string, per: StatedRate['per'] | null): HeardRate {
  // "daily interest rate": two words for one rate.
  if (heard.open?.kind === 'rate' && heard.open.rate.value === null) {
    if (per !== null && heard.open.rate.per !== null && per !== heard.open.rate.per) heard.twice ??= 'rate';
    heard.open.rate.per ??= per;
    heard.open.rate.words += ` ${words}`;
    return heard.open.rate;
  }
  const rate: HeardRate = { words, value: null, isLi: false, per, base: take(heard, 'base')?.base ?? null };
  heard.rates.push(rate);
  heard.open = { kind: 'rate', rate };
  return rate;
}

function openFee(heard: Heard, token: OfferToken & { kind: 'fee_word' }): HeardFee {
  const per = heard.per?.per === 'month' ? take(heard, 'per') : null;
  const waiting = take(heard, 'when');
  if (per !== null && waiting !== null) heard.unread.push(waiting.words);
  const when = token.when ?? (per !== null ? 'monthly' : (waiting?.when ?? null));
  const fee: HeardFee = { words: token.words, share: null, amount: null, when, base: take(heard, 'base')?.base ?? null };
  heard.fees.push(fee);
  heard.open = { kind: 'fee', fee };
  return fee;
}

/** 每月, "a day": belongs to what is open, unless a head that it leads follows at once ("每月服务费"). */
function hearPer(heard: Heard, token: OfferToken & { kind: 'per' }, { next, afterNext }: Ahead): void {
  const leads = token.leads && (next?.kind === 'fee_word' || (next?.kind === 'rate_word' && next.per === null && isValue(afterNext)));
  if (heard.open?.kind === 'rate' && heard.open.rate.per === null && !leads) {
    heard.open.rate.per = token.per;
    heard.open.rate.words += ` ${token.words}`;
  } else if (heard.open?.kind === 'fee' && heard.open.fee.when === null && token.per === 'month' && !leads) {
    heard.open.fee.when = 'monthly';
    heard.open.fee.words += ` ${token.words}`;
  } else wait(heard, 'per', token);
}

/** Gives a value to what waits for one. Answers how many tokens more it took. */
function hearValue(heard: Heard, token: OfferToken & { kind: 'rate' | 'li' | 'money' }, ahead: Ahead): number {
  const { open } = heard;
  if (open?.kind === 'fee' && open.fee.share === null && open.fee.amount === null && token.kind !== 'li' && (token.kind === 'rate' || token.hasUnit || open.fee.words === '砍头息')) {
    giveFee(open.fee, token);
    return 0;
  }
  if (ahead.next?.kind === 'fee_word' && !isValue(ahead.afterNext) && token.kind !== 'li' && (token.kind === 'rate' || token.hasUnit) && !(open?.kind === 'rate' && open.rate.value === null)) {
    giveFee(openFee(heard, ahead.next), token);
    return 1;
  }
  if (token.kind !== 'money') {
    const rate = open?.kind === 'rate' && open.rate.value === null ? open.rate : openNewRate(heard);
    rate.value = token.kind === 'rate' ? token.rate : token.li;
    rate.isLi = token.kind === 'li';
    rate.words = `${rate.words} ${token.words}`.trim();
    return 0;
  }
  return hearMoney(heard, token, ahead.next);
}

function openNewRate(heard: Heard): HeardRate {
  const per = take(heard, 'per');
  heard.open = null;
  return openRate(heard, per?.words ?? '', per?.per ?? null);
}

function giveFee(fee: HeardFee, token: OfferToken & { kind: 'rate' | 'money' }): void {
  if (token.kind === 'rate') fee.share = token.rate;
  else fee.amount = token.amount;
  fee.words += ` ${token.words}`;
}

function hearMoney(heard: Heard, token: OfferToken & { kind: 'money' }, next: OfferToken | undefined): number {
  const leads = heard.head === null && heard.per?.per === 'month';
  const follows = heard.head === null && !leads && next?.kind === 'per' && next.per === 'month';
  const of = heard.head ?? (leads || follows ? 'installment' : token.hasUnit && heard.open === null && heard.money.principal === undefined ? 'principal' : null);
  if (of === null) {
    heard.unread.push(token.words);
    return 0;
  }
  if (leads) take(heard, 'per');
  if (heard.money[of] !== undefined && heard.money[of] !== token.amount) heard.twice ??= of;
  heard.money[of] = token.amount;
  heard.understood.push({ as: of, words: token.words });
  // "916.80 a month", "每期 916.8 元/月": the period is said with the installment.
  return of === 'installment' && next?.kind === 'per' && next.per === 'month' ? 1 : 0;
}

function refusalOf(heard: Heard, asked: Fen): WordsRefusal | null {
  const { unread, twice, days, months, rates, fees, money, method } = heard;
  if (unread.length > 0) return { code: 'words_not_understood', words: unread };
  if (twice !== null) return { code: 'stated_twice', what: twice };
  if (rates.length > 1 || (heard.hasNoInterest && rates.length > 0)) return { code: 'stated_twice', what: 'rate' };
  if (days !== null) return { code: 'term_in_days', words: days };
  if (months === null) return { code: 'term_not_stated' };
  if (months < 1 || months > MONTHS_MAX) return { code: 'term_out_of_range', months };
  if (rates.length === 0 && fees.length === 0 && money.installment === undefined && !heard.hasNoInterest) return { code: 'price_not_stated' };
  if (fees.length > FEES_MAX) return { code: 'too_many_fees', fees: fees.length };
  const base = rates[0]?.base ?? null;
  if (base !== null && method !== null && method.method !== 'interest_first' && method.base !== base) return { code: 'stated_twice', what: 'method' };
  return rateRefusal(rates[0]) ?? feeRefusal(heard) ?? amountRefusal(heard, asked);
}

function rateRefusal(rate: HeardRate | undefined): WordsRefusal | null {
  if (rate === undefined) return null;
  if (rate.value === null) return { code: 'value_not_stated', words: rate.words };
  if (rate.per === null && rate.value !== 0n) return { code: 'rate_period_not_stated', words: rate.words };
  return statedOf(rate).rate > (rate.per === 'year' ? 10n : 1n) * ONE ? { code: 'rate_out_of_range', words: rate.words } : null;
}

function feeRefusal({ fees, money }: Heard): WordsRefusal | null {
  for (const { words, share, amount, when } of fees) {
    if (share === null && amount === null) return { code: 'value_not_stated', words };
    if (when === null) return { code: 'fee_time_not_stated', words };
    if (money.installment !== undefined && (when === 'monthly' || when === 'with_first')) return { code: 'fee_beside_installment', words };
    if (share !== null && share > ONE) return { code: 'rate_out_of_range', words };
  }
  return null;
}

function amountRefusal({ money, fees, rates }: Heard, asked: Fen): WordsRefusal | null {
  // Only 到手 and installments: what is received repays them. With a rate or fees, what they are a share of must be said.
  if (money.principal === undefined && money.received !== undefined && (money.installment === undefined || rates.length + fees.length > 0)) return { code: 'principal_not_stated' };
  if (money.principal === undefined && money.received === undefined && money.installment !== undefined) return { code: 'principal_not_stated' };
  const principal = principalOf(money, asked);
  for (const what of ['principal', 'received', 'installment'] as const) {
    const amount = money[what];
    if (amount !== undefined && (amount < 1n || amount > OFFER_MAX || (what === 'received' && amount > principal))) return { code: 'amount_out_of_range', what };
  }
  return fees.some(({ amount }) => amount !== null && amount > principal) ? { code: 'amount_out_of_range', what: 'fee' } : null;
}

const principalOf = (money: Heard['money'], asked: Fen): Fen => money.principal ?? money.received ?? asked;

/** 1 分 = 10 厘; 1 厘 is 1 % a year, 0.1 % a month, 0.01 % a day. */
function statedOf({ value, isLi, per }: HeardRate): StatedRate {
  const period = per ?? 'year';
  return { per: period, rate: isLi ? fixedOf(value!, ONE * { year: 100n, month: 1000n, day: 10_000n }[period]) : value! };
}

function offerOf(heard: Heard, asked: Fen): { readonly offer: OfferDescription; readonly notes: readonly ReadingNote[] } {
  const { money, fees, method } = heard;
  const [rate] = heard.rates;
  const price = priceOf(heard);
  // Beside another price a monthly fee is on the original amount; alone it is the price, and its base is as open as a rate's.
  const isAlone = rate === undefined && money.installment === undefined;
  const unstated = isAlone ? (method === null ? 'open' : method.base) : 'original';
  const described = fees.map(({ share, amount, when, base }): DescribedFee => ({
    when: when!,
    size: share === null ? { kind: 'amount', amount: amount! } : { kind: 'share', share, of: when === 'monthly' ? (base ?? unstated) : 'original' },
  }));
  const notes: ReadingNote[] = [];
  if (money.principal === undefined && money.received === undefined) notes.push('amount_not_stated');
  if (!isAlone && fees.some(({ when, base, share }) => when === 'monthly' && base === null && share !== null)) notes.push('fee_taken_on_original');
  if (isAlone && !heard.hasNoInterest) notes.push('no_interest_named');
  if (heard.isHedged) notes.push('price_hedged');
  return { offer: { principal: principalOf(money, asked), received: money.received ?? null, months: heard.months!, price, fees: described }, notes };
}

function priceOf({ money, rates, method }: Heard): OfferPrice {
  const [rate] = rates;
  const stated = rate === undefined ? null : statedOf(rate);
  if (money.installment !== undefined) return { kind: 'installment', amount: money.installment, stated };
  if (stated === null) return { kind: 'rate', stated: { rate: ZERO, per: 'year' }, base: 'outstanding', method: method?.method ?? 'level_installment' };
  return { kind: 'rate', stated, base: rate!.base ?? method?.base ?? 'open', method: method?.method ?? 'level_installment' };
}
