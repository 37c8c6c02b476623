import { z } from 'zod';
import { bothLanguages, fenText, ppmText } from './problem.ts';

/** A funder as the operator sees it. */
export const funderReply = z.object({
  code: z.string(),
  name: bothLanguages,
  licence: z.object({ kind: z.string(), no: z.string(), valid_through: z.iso.date().nullable() }),
  regions: z.union([z.literal('nationwide'), z.array(z.string())]),
  /** Null: own funds, not rationed here. */
  quota: z.object({ limit_fen: fenText, reserved_fen: fenText, lent_fen: fenText }).nullable(),
  min_rate_ppm: ppmText,
  agreement: z.object({ min_all_in_ppm: ppmText, max_all_in_ppm: ppmText, min_share_ppm: ppmText, max_share_ppm: ppmText }),
  assumed: z.array(z.string()),
});

export const fundersReply = z.object({ funders: z.array(funderReply) });

/** GET /v1/funders: who may stand behind a loan, as its cost sheet names them (ILOAN-024). No agreement, no quota. */
export const funderNamesReply = z.object({ funders: z.array(z.object({ code: z.string(), name: bothLanguages, licence_no: z.string() })) });

export type FunderNamesReply = z.infer<typeof funderNamesReply>;
export type FundersReply = z.infer<typeof fundersReply>;
