import { annualRatePpm, fen, type LoanTerms } from '@mingdai/loan-math';
import type { Offer } from './offer.ts';

/** An offer as plain JSON: bigint as decimal strings. `offerFrom` of it is the same offer. */
export const offerDocument = (offer: Offer): unknown => JSON.parse(JSON.stringify(offer, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)));

/** The members of T that are bigint, as the texts they are stored as; the others as they are. */
type Stored<T> = { readonly [K in keyof T]: T[K] extends bigint ? string : T[K] };
type StoredPrice = Omit<Stored<Offer['price']>, 'cap' | 'warnings'> & { readonly cap: Stored<Offer['price']['cap']>; readonly warnings: readonly Stored<Offer['price']['warnings'][number]>[] };
type StoredOffer = Omit<Offer, 'terms' | 'shares' | 'price'> & { readonly terms: Stored<LoanTerms>; readonly shares: readonly Stored<Offer['shares'][number]>[]; readonly price: StoredPrice };

/** Reads what `offerDocument` wrote. */
export function offerFrom(document: unknown): Offer {
  const stored = document as StoredOffer;
  const { terms, price } = stored;
  return {
    ...stored,
    terms: { ...terms, principal: fen(BigInt(terms.principal)), rate: annualRatePpm(BigInt(terms.rate)), penaltyRate: annualRatePpm(BigInt(terms.penaltyRate)) },
    shares: stored.shares.map(({ funder, sharePpm }) => ({ funder, sharePpm: BigInt(sharePpm) })),
    price: {
      ...price,
      irrTimes12Ppm: BigInt(price.irrTimes12Ppm), datedPpm: BigInt(price.datedPpm), effectivePpm: BigInt(price.effectivePpm),
      effectiveDatedPpm: BigInt(price.effectiveDatedPpm), simplePpm: BigInt(price.simplePpm),
      cap: { ...price.cap, capPpm: BigInt(price.cap.capPpm) },
      warnings: price.warnings.map((warning) => ({ ...warning, computedPpm: BigInt(warning.computedPpm), capPpm: BigInt(warning.capPpm) })),
    },
  };
}
