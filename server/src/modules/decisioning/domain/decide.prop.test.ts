import { canonicalJson } from '@mingdai/loan-math';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../kernel/instant.ts';
import { weilidaiStrategy } from '../strategies.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { sampleBehaviour, sampleBureau, sampleEvidence, sampleFacts, type SampleChanges } from './sample-evidence.ts';
import { loadStrategy } from './strategy.ts';

const loaded = loadStrategy(weilidaiStrategy, 240_000n);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
const strategy = loaded.value;
const decided = (changes: SampleChanges): Decision => decide(sampleEvidence(changes), sampleFacts, { id: 'dec_1', decidedAt: 0 as Instant, strategy });

const count = fc.option(fc.integer({ min: 0, max: 20 }), { freq: 10 });
const amount = fc.option(fc.bigInt({ min: 0n, max: 200_000_000n }), { freq: 10 });
const status = fc.constantFrom('found', 'thin', 'not_found' as const);
const changes = fc.record({
  bureauStatus: status, behaviourStatus: status,
  bureau: fc.record({ delinquencies_24m: count, enquiries_6m: count, enquiries_12m: count, finance_enquiries: count, overdue_now_fen: fc.constantFrom(0n, 0n, 5n, null), accounts_overdue_now: fc.constantFrom(0, 0, 1, null), installment_loans_opened_12m: count, installment_loans_opened_24m: count, installment_balance_fen: amount, overall_utilisation_permille: fc.option(fc.integer({ min: 0, max: 1_500 })) }),
  behaviour: fc.record({ annual_income_fen: amount, income_evidence: fc.constantFrom('none', 'source', 'verified', null) }),
}) as fc.Arbitrary<SampleChanges>;

describe('whatever a file holds', () => {
  it('an approval is within the product and carries its explanation; everything else says why', () => {
    fc.assert(fc.property(changes, (file) => {
      const decision = decided(file);
      if (decision.outcome === 'approve') {
        expect(decision.limitFen >= 50_000n && decision.limitFen <= 20_000_000n && decision.limitFen % 10_000n === 0n).toBe(true);
        expect(decision.pricePpm >= 72_000n && decision.pricePpm <= 180_000n).toBe(true);
        expect(decision.price.range).toEqual({ minPpm: 72_000n, maxPpm: 180_000n });
      } else {
        expect(decision.reasons.length).toBeGreaterThan(0);
        for (const { code, name, bound, sentence } of decision.reasons) expect([code, name, bound, sentence.zh, sentence.en].every((text) => text.length > 0)).toBe(true);
      }
    }));
  });

  it('nobody with anything overdue, or more than the rules allow, is approved', () => {
    fc.assert(fc.property(changes, (file) => {
      const figures = { ...(file.bureauStatus === 'found' ? sampleBureau : {}), ...file.bureau } as Record<string, number | bigint | null>;
      const breaks = (figures['overdue_now_fen'] ?? 0n) > 0n || (figures['accounts_overdue_now'] ?? 0) > 0 || (figures['delinquencies_24m'] ?? 0) >= 4 || (figures['enquiries_12m'] ?? 0) >= 10;
      if (breaks) expect(decided(file).outcome).toBe('decline');
    }));
  });

  it('more income never means a smaller limit, and no other price', () => {
    fc.assert(fc.property(changes, fc.bigInt({ min: 6_000_000n, max: 100_000_000n }), fc.bigInt({ min: 0n, max: 100_000_000n }), (file, income, more) => {
      const at = (annual_income_fen: bigint) => decided({ ...file, behaviour: { ...sampleBehaviour, ...file.behaviour, annual_income_fen } });
      const [less, richer] = [at(income), at(income + more)];
      if (less.outcome !== 'approve') return;
      expect(richer.outcome).toBe('approve');
      expect(richer.limitFen! >= less.limitFen && richer.pricePpm === less.pricePpm).toBe(true);
    }));
  });

  it('the same file gives the same bytes', () => {
    fc.assert(fc.property(changes, (file) => { expect(canonicalJson(decided(file))).toBe(canonicalJson(decided(structuredClone(file)))); }));
  });
});
