import { annualRatePpm, businessDate, fen, type LoanTerms } from '@mingdai/loan-math';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../kernel/instant.ts';
import { createCompliance, flowsOf, sheetHash, type PriceCheck } from '../../compliance/index.ts';
import { offerDocument, offerFrom } from './offer-record.ts';
import type { Offer } from './offer.ts';

const compliance = createCompliance();
const on = businessDate('2026-10-08');

/** An offer with amounts and rates beyond what a float holds, of any method, share and warning. */
const offers = fc.record({
  principal: fc.bigInt({ min: 50_000n, max: 20_000_000n }), rate: fc.bigInt({ min: 72_000n, max: 180_000n }), months: fc.constantFrom(6, 12, 24),
  method: fc.constantFrom('level_installment' as const, 'interest_first' as const), share: fc.bigInt({ min: 1n, max: 999_999n }),
  ppm: fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), warnings: fc.integer({ min: 0, max: 3 }), at: fc.integer({ min: 0, max: 4_000_000_000_000 }), detail: fc.string(),
}).map(({ principal, rate, months, method, share, ppm, warnings, at, detail }): Offer => {
  const terms: LoanTerms = {
    principal: fen(principal), method, basis: 'act_360', rate: annualRatePpm(rate), months, termDays: null, dueDay: null, graceDays: 0, graceCountsBack: false,
    penaltyRate: annualRatePpm(rate), allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
  };
  const checked = compliance.checkPrice({ stage: 'offering', lenderType: 'bank', on, months, principal: fen(principal), flows: flowsOf(terms, on), charges: [] });
  if (!checked.ok) throw new Error(checked.error.code);
  const price: PriceCheck = {
    ...checked.value, simplePpm: ppm, cap: { ...checked.value.cap, capPpm: ppm },
    warnings: Array.from({ length: warnings }, () => ({ rule: 'RATE-012', measure: 'irr_times_12', computedPpm: ppm, capPpm: ppm })),
  };
  const shares = [{ funder: 'webank', sharePpm: 1_000_000n - share }, { funder: 'b', sharePpm: share }];
  const sheet = { words: detail, nested: [{ principal_fen: `${principal}` }] } as unknown as Offer['sheet'];
  return {
    id: 'off_1', shard: 3, applicationId: 'app_1', decisionId: 'dec_1', productCode: 'weilidai', productVersion: 1, lender: 'webank', terms, shares, routing: detail,
    price,
    sheet, sheetHash: sheetHash(sheet), minimumReadingSeconds: 10, madeAt: instant(at), expiresAt: instant(at + 1),
  };
});

describe('an offer as it is stored', () => {
  it('is read back the same, amount by amount and rate by rate', () => {
    fc.assert(fc.property(offers, (offer) => {
      const stored = JSON.parse(JSON.stringify(offerDocument(offer))) as unknown;
      expect(offerFrom(stored)).toEqual(offer);
      expect(offerDocument(offerFrom(stored))).toEqual(stored);
    }));
  });
});
