import { z } from 'zod';

/** How an amount travels: whole fen as text, so that no reader's floating point ever touches it. */
export const fenText = z.string().regex(/^(0|-?[1-9]\d{0,15})$/, 'is whole fen as text').meta({ examples: ['1200000'] });
/** An amount somebody asks for: not negative, at most 15 digits. */
export const askedFen = z.string().regex(/^(0|[1-9]\d{0,14})$/, 'is whole fen as text, not negative, at most 15 digits').meta({ examples: ['1200000'] });
/** A rate: parts per million of a year, as text. */
export const ppmText = z.string().regex(/^(0|[1-9]\d{0,8})$/, 'is parts per million as text').meta({ examples: ['72000'] });
/** A code in our own words. */
export const codeText = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'is a snake_case code');
export const repaymentMethod = z.enum(['level_installment', 'level_principal', 'interest_first', 'any_time']);
export const interestBasis = z.enum([
  'monthly', 'thirty_bond_basis', 'thirty_us', 'thirty_european', 'thirty_european_plus', 'thirty_isda', 'thirty_excel_nasd', 'act_360', 'act_365', 'act_act',
]);
/** One text in both languages. */
export const bothLanguages = z.object({ zh: z.string(), en: z.string() });

/** A refusal (RFC 9457). `code` is stable; the other members explain it: which field, its value, the bound it met, the rule. */
export const refusal = z.looseObject({ type: z.string(), title: z.string(), status: z.int(), code: z.string(), instance: z.string().optional() });

export type RefusalReply = z.infer<typeof refusal>;
