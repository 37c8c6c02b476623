import type { ApplicationReply } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import type { Cost } from '../kit/three-elements.tsx';
import { liveQuote, type LiveQuote } from '../live-quote.ts';

export type Offer = NonNullable<ApplicationReply['offer']>;

/** An offer's three elements: price and annual cost as the server offered them, the schedule in money computed here for today. */
export function useOfferCost(offer: Offer): { readonly cost: Cost; readonly quote: LiveQuote | null } {
  const { shelf } = useApp();
  const { product, today } = shelf;
  const wish = { amountFen: BigInt(offer.amount_fen), months: offer.months, method: offer.method, purpose: '' };
  const quote = liveQuote(product, wish, BigInt(offer.annual_rate_ppm), today);
  const cost: Cost = {
    annualCostPpm: offer.all_in_cost_ppm, overduePpm: offer.overdue_rate_ppm, method: offer.method, months: offer.months,
    first: quote?.rows[0]?.total ?? null, last: quote?.rows[quote.rows.length - 1]?.total ?? null,
    total: quote?.total ?? BigInt(offer.amount_fen), interest: quote?.interest ?? 0n, isOwnPrice: true,
  };
  return { cost, quote };
}
