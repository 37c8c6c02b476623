import { z } from 'zod';
import type { FieldUnit } from '../domain/evidence.ts';
import type { ReportOutcome, ReportRequest } from '../report-gateway.ts';

/** What the codec must know of a field to read it. */
export type CodecField = { readonly name: string; readonly unit: FieldUnit; readonly max: bigint; readonly codes?: readonly string[] };

/** Both sources speak the same protocol; they differ in path and fields. Pure, tested against ./<source>/recorded. */
export const encodeReportRequest = ({ reportId, subject, consentId, purpose }: ReportRequest) => ({
  report_id: reportId,
  subject: { name: subject.name, id_number: subject.idNumber },
  consent_id: consentId,
  purpose,
});

/**
 * Only a reply to this very question, with every figure of the right type and within its range, is a report: a null or absent figure is
 * unknown to the source; a figure that cannot be read makes the whole reply unreadable, for what else in it may be believed? Members we
 * did not ask for are not kept.
 */
export function decodeReport<Report>(fields: readonly CodecField[], reportId: string, { status, body }: { readonly status: number; readonly body: unknown }): ReportOutcome<Report> {
  if (status !== 200) return { kind: 'unknown', seen: `http ${status}` };
  const reply = envelope.safeParse(body);
  if (!reply.success) return { kind: 'unknown', seen: 'unreadable reply' };
  if (reply.data.report_id !== reportId) return { kind: 'unknown', seen: 'reply to another question' };
  const figures = z.object(Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)]))).safeParse(reply.data.report);
  if (!figures.success) return { kind: 'unknown', seen: `unreadable figure ${String(figures.error.issues[0]?.path[0])}` };
  const isEmpty = Object.values(figures.data).every((figure) => figure === null);
  if (reply.data.status === 'found' && isEmpty) return { kind: 'unknown', seen: 'found, and nothing in it' };
  return { kind: 'report', status: reply.data.status, report: figures.data as Report };
}

const envelope = z.object({ report_id: z.string(), status: z.enum(['found', 'thin', 'not_found']), report: z.record(z.string(), z.unknown()) });

function schemaOf({ unit, max, codes }: CodecField) {
  if (unit === 'code') return z.enum(codes ?? []).nullish().transform((code) => code ?? null);
  if (unit === 'fen') {
    const amount = z.string().regex(/^(0|[1-9]\d{0,17})$/).transform((text) => BigInt(text)).refine((fen) => fen <= max);
    return amount.nullish().transform((fen) => fen ?? null);
  }
  return z.int().min(0).max(Number(max)).nullish().transform((count) => count ?? null);
}
