import { z } from 'zod';
import { askedFen, codeText, fenText, ppmText, repaymentMethod } from './problem.ts';
import { decisionOutcome, decisionReason, priceExplanation } from './decisions.ts';
import { costSheetView } from './quotes.ts';

const shortText = (max: number) => z.string().min(1).max(max).regex(/^[^\u0000-\u001f\u007f]+$/u, 'has no control characters');

/** POST /v1/applications (C2). What the person wants, what for, and who it is. */
export const applicationBody = z.strictObject({
  product_code: codeText,
  amount_fen: askedFen,
  months: z.int().min(0).max(1200),
  method: repaymentMethod,
  purpose: codeText,
  declared: z.strictObject({ is_student: z.boolean() }),
  applicant: z.strictObject({ name: shortText(60), id_number: shortText(30), phone: shortText(30) }),
});

export const applicationPath = z.strictObject({ id: z.string().regex(/^app_[0-9a-f]{32}$/, 'is an application id') });

/** POST /v1/applications/:id/identity (C3). */
export const identityBody = z.strictObject({ card_number: shortText(40), face_ticket: shortText(200) });

/** POST /v1/applications/:id/cost-sheet/openings and /withdrawal: nothing to say. */
export const nothingBody = z.strictObject({});

const sheetHashText = z.string().regex(/^[0-9a-f]{64}$/, 'is a SHA-256 in lower-case hex');

/** POST /v1/applications/:id/cost-sheet/confirmations (RATE-005). */
export const sheetConfirmationBody = z.strictObject({ sheet_hash: sheetHashText });

/** POST /v1/applications/:id/signature (C4): names the sheet that was read, and says so. */
export const signatureBody = z.strictObject({ sheet_hash: sheetHashText, intent: z.literal('I_AGREE') });

export const applicationStatus = z.enum(['submitted', 'offered', 'identified', 'signed', 'completed', 'closed']);

export const offerView = z.object({
  id: z.string(),
  amount_fen: fenText,
  requested_fen: fenText,
  months: z.int(),
  method: repaymentMethod,
  annual_rate_ppm: ppmText,
  all_in_cost_ppm: ppmText,
  overdue_rate_ppm: ppmText,
  funders: z.array(z.object({ code: z.string(), share_ppm: ppmText })),
  made_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
});

/** An application and what is known of it by now; what is not known yet is null. */
export const applicationReply = z.object({
  id: z.string(),
  status: applicationStatus,
  product_code: z.string(),
  amount_fen: fenText,
  months: z.int(),
  method: repaymentMethod,
  purpose: z.string(),
  submitted_at: z.iso.datetime(),
  waiting_for: z.string().nullable().meta({ description: 'Whose answer is outstanding, while the application waits for somebody outside.' }),
  decision: z.object({ id: z.string(), outcome: decisionOutcome, limit_fen: fenText.nullable(), reasons: z.array(decisionReason), price: priceExplanation.nullable() }).nullable(),
  offer: offerView.nullable(),
  identity: z.object({ outcome: z.enum(['pass', 'fail', 'unknown']), reasons: z.array(z.string()), tries_left: z.int() }).nullable(),
  contract_id: z.string().nullable(),
  loan_id: z.string().nullable(),
  close_reason: z.string().nullable(),
});

export const applicationsReply = z.object({ applications: z.array(applicationReply) });

export const sheetOpeningReply = z.object({
  sheet: costSheetView,
  sheet_hash: z.string(),
  version: z.int(),
  opened_at: z.iso.datetime(),
  minimum_reading_seconds: z.int(),
});

export const sheetConfirmationReply = z.object({ sheet_hash: z.string(), version: z.int(), opened_at: z.iso.datetime(), confirmed_at: z.iso.datetime() });

export type ApplicationBody = z.infer<typeof applicationBody>;
export type ApplicationReply = z.infer<typeof applicationReply>;
export type SheetOpeningReply = z.infer<typeof sheetOpeningReply>;
