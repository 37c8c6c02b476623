import type { ProductReply } from '@mingdai/contract';
import { annualRatePpm, businessDate, fen, formatDate, quoteOf, type QuoteTerms, type RepaymentMethod } from '@mingdai/loan-math';

/** What somebody wishes to borrow. */
export type Wish = { readonly amountFen: bigint; readonly months: number; readonly method: RepaymentMethod; readonly purpose: string };

export type QuoteRow = { readonly number: number; readonly dueOn: string; readonly principal: bigint; readonly interest: bigint; readonly total: bigint };

export type LiveQuote = {
  readonly ratePpm: bigint;
  /** The higher of the two measures that are held against the cap: monthly internal rate × 12, and by dated flows. */
  readonly annualCostPpm: bigint;
  readonly rows: readonly QuoteRow[];
  readonly interest: bigint;
  readonly total: bigint;
};

/**
 * What a wish costs at a rate, computed here, in the browser, by the arithmetic the server uses: moving the slider asks
 * nobody. Null while the wish is no loan (an amount being typed).
 */
export function liveQuote(product: ProductReply, wish: Wish, ratePpm: bigint, startOn: string): LiveQuote | null {
  const { amountFen } = wish;
  if (amountFen < BigInt(product.amount.min_fen) || amountFen > BigInt(product.amount.max_fen)) return null;
  const quote = quoteOf(termsOf(product, wish, ratePpm), businessDate(startOn));
  if (quote.cost === null) return null;
  const { irrTimes12Ppm, datedPpm } = quote.cost;
  const rows = quote.rows.map(({ number, dueOn, principal, interest, total }) => ({ number, dueOn: formatDate(dueOn), principal, interest, total }));
  return { ratePpm, annualCostPpm: irrTimes12Ppm > datedPpm ? irrTimes12Ppm : datedPpm, rows, interest: quote.interest, total: quote.total };
}

const termsOf = (product: ProductReply, { amountFen, months, method }: Wish, ratePpm: bigint): QuoteTerms => ({
  principal: fen(amountFen), method, basis: product.annual_rate.basis, rate: annualRatePpm(ratePpm), months, termDays: null, dueDay: null,
});

/** The amount in the middle of what most people ask for, within what the product allows. */
export function firstWish(product: ProductReply): Wish {
  const [offering] = product.offerings;
  const middle = 1_200_000n;
  const [min, max] = [BigInt(product.amount.min_fen), BigInt(product.amount.max_fen)];
  return {
    amountFen: middle < min ? min : middle > max ? max : middle,
    months: offering!.months.includes(12) ? 12 : offering!.months[0]!,
    method: offering!.method,
    purpose: '',
  };
}

/** A wish after its method changed: the same months if the method allows them, else the nearest below. */
export function withMethod(product: ProductReply, wish: Wish, method: RepaymentMethod): Wish {
  const months = product.offerings.find((offering) => offering.method === method)?.months ?? [];
  const fitting = months.filter((each) => each <= wish.months);
  return { ...wish, method, months: months.includes(wish.months) ? wish.months : (fitting[fitting.length - 1] ?? months[0] ?? wish.months) };
}
