import type { AnnualRatePpm, BusinessDate, Fen, LoanTerms } from '@mingdai/loan-math';
import { ok, type Result } from '../../kernel/result.ts';
import { flowsOf, type Compliance, type CostSheet, type PenaltyRate, type PriceCheck, type PriceDocument, type SheetParty } from '../compliance/index.ts';
import type { CatalogError } from './errors.ts';
import type { Lender } from './domain/lender.ts';
import { termsOf, type LoanRequest, type ProductVersion } from './domain/product.ts';

export type Priced = { readonly terms: LoanTerms; readonly penalty: PenaltyRate; readonly price: PriceCheck };
export type ToPrice = { readonly product: ProductVersion; readonly lender: Lender; readonly request: LoanRequest; readonly rate: AnnualRatePpm; readonly startOn: BusinessDate; readonly stage: PriceDocument['stage'] };

/**
 * Terms, overdue rate and cap check of one loan: the same road for the catalogue's gate, a quote, an offer and a signature.
 *
 * Needs    a request and a rate that were checked against the product.
 * Refuses  no_limit_rule, above_legal_limit, and what the cap gate refuses.
 * Source   docs/specs/price-cap.md §3.
 */
export function priceLoan(compliance: Compliance, { product, lender, request, rate, startOn, stage }: ToPrice): Result<Priced, CatalogError> {
  const { lenderType } = lender;
  const { amount, months, method } = request;
  const shape = compliance.checkShape({ lenderType, on: startOn, principal: amount, months, method });
  if (!shape.ok) return shape;
  const cap = compliance.capFor(lenderType, startOn, months);
  const penalty = compliance.penaltyRateFor({ product: product.overdueRate, contract: rate, cap: cap?.capPpm ?? 0n, basis: product.rate.basis });
  const terms = termsOf(product, request, { rate, penaltyRate: penalty.rate });
  const price = compliance.checkPrice({ stage, lenderType, on: startOn, months, principal: amount as Fen, flows: flowsOf(terms, startOn), charges: [] });
  return price.ok ? ok({ terms, penalty, price: price.value }) : price;
}

export const partyOf = ({ code, name, licence }: Pick<Lender, 'code' | 'name'> & { readonly licence: { readonly no: string } }): SheetParty => ({ code, name_zh: name.zh, name_en: name.en, licence_no: licence.no });

/** The sheet of a quote: the lead lender alone, for nobody has been routed yet. */
export function quoteSheet(compliance: Compliance, { product, lender, startOn }: Pick<ToPrice, 'product' | 'lender' | 'startOn'>, { terms, penalty, price }: Priced): CostSheet {
  return compliance.costSheet({
    kind: 'quote', version: 1,
    product: { code: product.code, version: product.version, name_zh: product.name.zh, name_en: product.name.en },
    lender: partyOf(lender), parties: [partyOf(lender)], shares: [{ funder: lender.code, sharePpm: 1_000_000n }],
    terms, disbursedOn: startOn, price, penalty,
  });
}
