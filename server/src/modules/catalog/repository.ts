import { canonicalJson, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { digestOf } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Reader, Tx } from '../../platform/tx.ts';
import type { LenderDocument } from './domain/lender.ts';
import type { ProductDocument } from './domain/product.ts';

/** The catalogue is small and the same for everybody: one shard. */
const SHARD = 0;

export type PublishedVersion = { readonly document: ProductDocument; readonly priceCheck: unknown; readonly at: Instant; readonly by: string };

/** Keeps a version. False when that version is there already. */
export async function insertProductVersion(tx: Tx, { document, priceCheck, at, by }: PublishedVersion): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into catalog.product_version (shard, code, version, effective_on, document, digest, price_check, published_at, published_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (shard, code, version) do nothing`,
    [SHARD, document.code, document.version, document.effective_on, canonicalJson(document), digestOf(document), canonicalJson(priceCheck), new Date(at), by],
  );
  return rowCount === 1;
}

/** The version that holds on a day, or null. */
export async function productOn(reader: Reader, code: string, on: BusinessDate): Promise<ProductDocument | null> {
  const { rows } = await reader.query<{ document: string }>(
    'select document from catalog.product_version where shard = $1 and code = $2 and effective_on <= $3 order by version desc limit 1',
    [SHARD, code, formatDate(on)],
  );
  return rows[0] === undefined ? null : (JSON.parse(rows[0].document) as ProductDocument);
}

/** The last version published, effective or not. */
export async function lastVersion(reader: Reader, code: string): Promise<ProductDocument | null> {
  const { rows } = await reader.query<{ document: string }>('select document from catalog.product_version where shard = $1 and code = $2 order by version desc limit 1', [SHARD, code]);
  return rows[0] === undefined ? null : (JSON.parse(rows[0].document) as ProductDocument);
}

/** Every product as it holds on a day, by code. */
export async function productsOn(reader: Reader, on: BusinessDate): Promise<readonly ProductDocument[]> {
  const { rows } = await reader.query<{ document: string }>(
    `select distinct on (code) document from catalog.product_version where shard = $1 and effective_on <= $2 order by code, version desc`,
    [SHARD, formatDate(on)],
  );
  return rows.map(({ document }) => JSON.parse(document) as ProductDocument);
}

export type LenderRow = { readonly document: LenderDocument; readonly knownFrom: BusinessDate; readonly at: Instant };

/** Keeps what is known of a lender from a day on. False when that day is written already. */
export async function insertLender(tx: Tx, { document, knownFrom, at }: LenderRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    'insert into catalog.lender (shard, code, known_from, document, digest, written_at) values ($1, $2, $3, $4, $5, $6) on conflict (shard, code, known_from) do nothing',
    [SHARD, document.code, formatDate(knownFrom), canonicalJson(document), digestOf(document), new Date(at)],
  );
  return rowCount === 1;
}

/** A lender as known on a day, or null. */
export async function lenderOn(reader: Reader, code: string, on: BusinessDate): Promise<LenderDocument | null> {
  const { rows } = await reader.query<{ document: string }>(
    'select document from catalog.lender where shard = $1 and code = $2 and known_from <= $3 order by known_from desc limit 1',
    [SHARD, code, formatDate(on)],
  );
  return rows[0] === undefined ? null : (JSON.parse(rows[0].document) as LenderDocument);
}
