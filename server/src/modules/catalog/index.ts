import weilidai from './seed/weilidai.json' with { type: 'json' };
import type { Seed } from './service.ts';

/** The door of the catalogue: products and their versions, lenders and their licences. */
export { lenderFrom, mayLend, type BothLanguages, type Lender, type LenderDocument } from './domain/lender.ts';
export { checkRate, termsOf, type LoanRequest, type ProductDocument, type ProductVersion } from './domain/product.ts';
export { partyOf, priceLoan, type Priced, type ToPrice } from './pricing.ts';
export type { CatalogError } from './errors.ts';
export { catalogRoutes, catalogStatus } from './routes.ts';
export { createCatalog, seedCatalog, type Catalog, type CatalogDeps, type ProductOnSale, type Quote, type QuoteRequest, type Seed } from './service.ts';

/** The products this release comes with; assumed values are marked in it. */
export const catalogSeed: Seed = weilidai;
