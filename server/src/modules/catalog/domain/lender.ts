import { businessDate, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { LenderType, LicenceKind } from '../../compliance/index.ts';
import type { CatalogError } from '../errors.ts';

/** A legal entity that may lend. What its licence says is data with days; the platform itself is never one (LIC-011). */
export type Lender = {
  readonly code: string;
  readonly name: BothLanguages;
  readonly lenderType: LenderType;
  readonly licence: { readonly kind: LicenceKind; readonly no: string; readonly validFrom: BusinessDate; readonly validThrough: BusinessDate | null };
  readonly scope: readonly string[];
  readonly regions: 'nationwide' | readonly string[];
  readonly assumed: readonly string[];
};
export type BothLanguages = { readonly zh: string; readonly en: string };

export type LenderDocument = {
  readonly code: string;
  readonly name: BothLanguages;
  readonly licence: { readonly kind: string; readonly no: string; readonly valid_from: string; readonly valid_through: string | null };
  readonly scope: readonly string[];
  readonly regions: string | readonly string[];
  readonly assumed: readonly string[];
};

/** Reads a lender. Needs the kinds of licence compliance knows; throws RangeError naming the word otherwise. */
export function lenderFrom(document: LenderDocument, lenderTypes: Readonly<Record<LicenceKind, LenderType>>): Lender {
  const { kind, no, valid_from, valid_through } = document.licence;
  if (!Object.hasOwn(lenderTypes, kind)) throw new RangeError(`a licence is of a known kind, got ${JSON.stringify(kind)}`);
  if (typeof document.regions === 'string' && document.regions !== 'nationwide') throw new RangeError(`regions are 'nationwide' or a list, got ${JSON.stringify(document.regions)}`);
  return {
    code: document.code,
    name: document.name,
    lenderType: lenderTypes[kind as LicenceKind],
    licence: { kind: kind as LicenceKind, no, validFrom: businessDate(valid_from), validThrough: valid_through === null ? null : businessDate(valid_through) },
    scope: document.scope,
    regions: typeof document.regions === 'string' ? 'nationwide' : document.regions,
    assumed: document.assumed,
  };
}

/**
 * Whether a lender may make a new offer of this kind on this day. Loans that stand are not touched by a licence that ends.
 *
 * Refuses  licence_not_valid, licence_out_of_scope.
 * Source   G1.
 */
export function mayLend(lender: Lender, scope: string, on: BusinessDate): Result<'may_lend', CatalogError> {
  const { validFrom, validThrough } = lender.licence;
  if (on < validFrom || (validThrough !== null && on > validThrough)) {
    return refuse({ code: 'licence_not_valid', lender: lender.code, on: formatDate(on), valid_through: validThrough === null ? null : formatDate(validThrough) });
  }
  if (!lender.scope.includes(scope)) return refuse({ code: 'licence_out_of_scope', lender: lender.code, scope, allowed: lender.scope });
  return ok('may_lend');
}
