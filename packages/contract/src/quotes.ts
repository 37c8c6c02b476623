import { z } from 'zod';
import { bothLanguages, askedFen, codeText, fenText, ppmText, repaymentMethod } from './problem.ts';

/** POST /v1/quotes: what a loan would cost. Changes nothing. Without a rate, the dearest price of the product is quoted. */
export const quoteBody = z.strictObject({
  product_code: codeText,
  amount_fen: askedFen,
  months: z.int().min(0).max(1200),
  method: repaymentMethod,
  annual_rate_ppm: ppmText.optional(),
  start_on: z.iso.date().regex(/^(19|20|21)\d\d-/, 'is a day of the years 1900 to 2199').optional(),
});

const sheetParty = { code: z.string(), name_zh: z.string(), name_en: z.string(), licence_no: z.string() };
const sheetWords = z.object({ title: z.string(), elements: z.array(z.string()).length(3), lines: z.array(z.string()) });

/** The all-in cost sheet (个人贷款综合融资成本明示表): the same document that is hashed and confirmed. */
export const costSheetView = z.object({
  form: z.string(),
  rules: z.array(z.string()),
  kind: z.enum(['quote', 'offer']),
  version: z.int(),
  product: z.object({ code: z.string(), version: z.int(), name_zh: z.string(), name_en: z.string() }),
  lender: z.object(sheetParty),
  principal_fen: fenText,
  months: z.int(),
  starts_on: z.iso.date(),
  elements: z.object({ annual_rate_ppm: ppmText, repayment_method: z.string(), overdue_rate_ppm: ppmText }),
  fee_items: z.array(z.object({ code: z.string(), how_charged: z.string(), annual_rate_ppm: ppmText, collector: z.string(), amount_fen: fenText })),
  annual_cost: z.object({ all_in_ppm: ppmText, irr_times_12_ppm: ppmText, dated_ppm: ppmText, effective_ppm: ppmText, simple_ppm: ppmText, cap_ppm: ppmText, cap_rule: z.string() }),
  contingent_items: z.array(z.object({ code: z.string(), how_charged: z.string(), annual_rate_ppm: ppmText, collector: z.string() })),
  no_other_charges: z.literal(true),
  lenders: z.array(z.object({ ...sheetParty, share_ppm: ppmText, annual_rate_ppm: ppmText, collects: z.array(z.string()) })),
  penalty_reason: z.object({ binding: z.enum(['product', 'contract_uplift', 'cap']), product_ppm: ppmText, contract_uplift_ppm: ppmText, cap_leaves_ppm: ppmText, cut_ppm: z.string() }),
  schedule: z.object({
    rows: z.array(z.object({ number: z.int(), due_on: z.iso.date(), principal_fen: fenText, interest_fen: fenText, total_fen: fenText })),
    principal_fen: fenText,
    interest_fen: fenText,
    total_fen: fenText,
  }),
  words: z.object({ zh: sheetWords, en: sheetWords }),
});

export const quoteReply = z.object({
  product: z.object({ code: z.string(), version: z.int(), name: bothLanguages }),
  amount_fen: fenText,
  months: z.int(),
  method: repaymentMethod,
  annual_rate_ppm: ppmText,
  start_on: z.iso.date(),
  annual_cost: costSheetView.shape.annual_cost,
  schedule: costSheetView.shape.schedule,
  cost_sheet: costSheetView,
  warnings: z.array(z.object({ rule: z.string(), measure: z.string(), computed_ppm: ppmText, cap_ppm: ppmText })),
});

export type QuoteBody = z.infer<typeof quoteBody>;
export type CostSheetView = z.infer<typeof costSheetView>;
export type QuoteReply = z.infer<typeof quoteReply>;
