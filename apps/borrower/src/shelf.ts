import type { Mingdai } from './api/mingdai.ts';
import type { Shelf } from './app-context.ts';

export type ShelfState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'shown'; readonly value: Shelf }
  | { readonly kind: 'empty' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'unknown' };

/** The product on sale, and from one quote the two things only the server knows: what day it is, and the lawful overdue rate. */
export async function loadShelf(api: Mingdai): Promise<ShelfState> {
  const [products, funders] = await Promise.all([api.products(), api.funders()]);
  if (products.kind !== 'done') return { kind: products.kind === 'offline' ? 'offline' : 'unknown' };
  const product = products.value.products.find((each) => each.is_on_sale && each.offerings.length > 0);
  if (product === undefined) return { kind: 'empty' };
  const [offering] = product.offerings;
  const quote = await api.quote({ product_code: product.code, amount_fen: product.amount.max_fen, months: offering!.months[0]!, method: offering!.method, annual_rate_ppm: product.annual_rate.max_ppm });
  if (quote.kind !== 'done') return { kind: quote.kind === 'offline' ? 'offline' : 'unknown' };
  return { kind: 'shown', value: { product, today: quote.value.start_on, overduePpm: BigInt(quote.value.cost_sheet.elements.overdue_rate_ppm), funders: funders.kind === 'done' ? funders.value.funders : [] } };
}
