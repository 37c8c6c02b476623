import { z } from 'zod';
import { bothLanguages, fenText, interestBasis, ppmText, repaymentMethod } from './problem.ts';

/** A product as anybody may read it: what it is, what it costs at least and at most, who lends, and which figures are our assumption. */
export const productReply = z.object({
  code: z.string(),
  version: z.int(),
  effective_on: z.iso.date(),
  name: bothLanguages,
  summary: bothLanguages,
  lender: z.object({ code: z.string(), name: bothLanguages, licence_no: z.string(), licence_kind: z.string() }),
  access: z.enum(['whitelist', 'open', 'at_payment']),
  amount: z.object({ min_fen: fenText, max_fen: fenText, step_fen: fenText }),
  annual_rate: z.object({ min_ppm: ppmText, max_ppm: ppmText, basis: interestBasis }),
  /** All-in yearly cost at the dearest price, and the ceiling it was tested against (G2). */
  all_in_cost: z.object({ min_ppm: ppmText, max_ppm: ppmText, cap_ppm: ppmText, cap_rule: z.string() }),
  offerings: z.array(z.object({ method: repaymentMethod, months: z.array(z.int()) })),
  grace_days: z.int(),
  overdue: z.object({ product_rate_ppm: ppmText, replaces_interest: z.literal(true) }),
  prepayment_fee: z.literal('none'),
  /** Names of the members above that the source does not give: assumed, to be confirmed by the lender. */
  assumed: z.array(z.string()),
  is_on_sale: z.boolean().meta({ description: 'False when the lender may not make new offers today (licence or scope).' }),
});

export const productsReply = z.object({ products: z.array(productReply) });

export type ProductReply = z.infer<typeof productReply>;
export type ProductsReply = z.infer<typeof productsReply>;
