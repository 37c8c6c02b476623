import type { BusinessDate, FundingShare } from '@mingdai/loan-math';
import type { Result } from '../../kernel/result.ts';
import caps from './data/caps.json' with { type: 'json' };
import limits from './data/limits.json' with { type: 'json' };
import lpr from './data/lpr.json' with { type: 'json' };
import { blockingCap, loadCapTable, type Cap, type LenderType } from './domain/cap-table.ts';
import type { CostSheet } from './domain/cost-sheet-document.ts';
import { costSheet, type SheetInput } from './domain/cost-sheet.ts';
import { checkConcentration, checkShape, checkShares, limitFor, loadLimits, type JointExposure, type Limit, type LimitName, type LoanShape } from './domain/limits.ts';
import { penaltyRateFor } from './domain/penalty-rate.ts';
import { checkPrice, type PriceCheck, type PriceDocument, type PriceSwitches } from './domain/price-check.ts';
import type { LimitRefusal, PriceRefusal, ShareRefusal } from './errors.ts';

/** The door of compliance: what may be charged, lent and shown. It knows no other module and keeps nothing: it is asked before a document is saved. */
export { HARD_STOP_PPM, LENDER_TYPE_OF, type Cap, type LenderType, type LicenceKind } from './domain/cap-table.ts';
export type { ContingentItem, CostSheet, FeeItem, SheetParty, SheetWords } from './domain/cost-sheet-document.ts';
export { costSheet, isOnSheet, sheetHash, type SheetInput } from './domain/cost-sheet.ts';
export { FORBIDDEN_PURPOSES, type JointExposure, type Limit, type LimitName, type LoanShape } from './domain/limits.ts';
export { penaltyRateFor, type PenaltyRate, type PenaltyReason } from './domain/penalty-rate.ts';
export { flowsOf, type Charge, type PriceCheck, type PriceDocument } from './domain/price-check.ts';
export type { LimitRefusal, PriceMeasure, PriceRefusal, ShareRefusal } from './errors.ts';

export interface Compliance {
  capFor(lenderType: LenderType, on: BusinessDate, months: number): Cap | null;
  checkPrice(document: PriceDocument): Result<PriceCheck, PriceRefusal>;
  readonly penaltyRateFor: typeof penaltyRateFor;
  limitFor(limit: LimitName, lenderType: LenderType, on: BusinessDate): Limit | null;
  checkShape(shape: LoanShape): Result<'within', LimitRefusal>;
  checkShares(shares: readonly FundingShare[], on: BusinessDate): Result<'within', ShareRefusal>;
  checkConcentration(exposure: JointExposure, on: BusinessDate): Result<'within', ShareRefusal>;
  costSheet(input: SheetInput): CostSheet;
}

/** Compliance over the tables in `data/`. Throws InvariantError when a table is wrong: the server does not start on it. */
export function createCompliance(switches: PriceSwitches = { testsEffective: false }): Compliance {
  const capTable = loadCapTable(caps.rows, lpr.rows);
  const limitTable = loadLimits(limits.rows);
  return {
    capFor: (lenderType, on, months) => blockingCap(capTable, lenderType, on, months),
    checkPrice: (document) => checkPrice(capTable, document, switches),
    penaltyRateFor,
    limitFor: (limit, lenderType, on) => limitFor(limitTable, limit, lenderType, on),
    checkShape: (shape) => checkShape(limitTable, shape),
    checkShares: (shares, on) => checkShares(limitTable, shares, on),
    checkConcentration: (exposure, on) => checkConcentration(limitTable, exposure, on),
    costSheet,
  };
}
