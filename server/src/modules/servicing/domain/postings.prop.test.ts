import { fen, NO_TOTALS, PPM, type FundingShare, type Totals } from '@mingdai/loan-math';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancesOf, entriesFor, FUNDERS_COMPONENTS, NOTHING_BOOKED, outstandingOf, type BookedTotals, type LoanPosting, type Parties } from './postings.ts';

// What must hold of the postings of any loan between any two states: see docs/specs/postings.md §2.

const shares: fc.Arbitrary<readonly FundingShare[]> = fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 0, maxLength: 3 }).map((cuts) => {
  const borders = [0, ...cuts.toSorted((a, b) => a - b), 1_000_000];
  return borders.slice(1).map((border, index) => ({ funder: ['webank', 'bank_b', 'bank_c', 'bank_d'][index]!, sharePpm: BigInt(border - borders[index]!) }));
});

type Move = { readonly component: 'principalPaid' | 'interestCharged' | 'penaltyCharged' | 'feeCharged' | 'pay' | 'refund' | 'refunded' | 'chargedOff' | 'recovered'; readonly amount: bigint };
const move: fc.Arbitrary<Move> = fc.record({
  component: fc.constantFrom('principalPaid', 'interestCharged', 'penaltyCharged', 'feeCharged', 'pay', 'refund', 'refunded', 'chargedOff', 'recovered'),
  amount: fc.bigInt({ min: 1n, max: 40_000n }),
});

const PRINCIPAL = 1_200_000n;

/** Running totals after a move, keeping the identity of `Totals` and no debt below zero. */
function after(t: Totals, { component, amount }: Move): Totals {
  const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
  const lent = t.disbursed - t.principalPaid - t.principalChargedOff;
  switch (component) {
    case 'principalPaid': {
      const paid = least(amount, lent);
      return { ...t, principalPaid: fen(t.principalPaid + paid), received: fen(t.received + paid) };
    }
    case 'pay': {
      const [interest, penalty, fees] = [t.interestCharged - t.interestPaid, t.penaltyCharged - t.penaltyPaid, t.feeCharged - t.feePaid];
      return {
        ...t, interestPaid: fen(t.interestPaid + interest), penaltyPaid: fen(t.penaltyPaid + penalty), feePaid: fen(t.feePaid + fees),
        received: fen(t.received + interest + penalty + fees),
      };
    }
    case 'refund':
      return { ...t, refundLiability: fen(t.refundLiability + amount), received: fen(t.received + amount) };
    case 'refunded': {
      const back = least(amount, t.refundLiability);
      return { ...t, refundLiability: fen(t.refundLiability - back), refunded: fen(t.refunded + back) };
    }
    case 'chargedOff':
      return { ...t, principalChargedOff: fen(t.principalChargedOff + least(amount, lent)) };
    case 'recovered':
      return { ...t, recovered: fen(t.recovered + amount), received: fen(t.received + amount) };
    default:
      return { ...t, [component]: fen(t[component] + amount) };
  }
}

const history = fc.record({ shares, moves: fc.array(move, { maxLength: 40 }) });

function booked({ shares, moves }: { readonly shares: readonly FundingShare[]; readonly moves: readonly Move[] }) {
  const parties: Parties = { lender: 'webank', shares };
  let state: BookedTotals = NOTHING_BOOKED;
  const all: LoanPosting[] = [];
  const book = (totals: Totals): void => {
    const entry = entriesFor(parties, state, totals);
    all.push(...entry.postings);
    state = entry.booked;
  };
  book({ ...NO_TOTALS, disbursed: fen(PRINCIPAL) });
  for (const each of moves) book(after(state.totals, each));
  return { parties, state, all, book };
}

const netPer = (postings: readonly LoanPosting[], key: (posting: LoanPosting) => string): Map<string, bigint> => {
  const nets = new Map<string, bigint>();
  for (const posting of postings) nets.set(key(posting), (nets.get(key(posting)) ?? 0n) + posting.netFen);
  return new Map([...nets].filter(([, net]) => net !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));
};
const accountOf = ({ entity, account }: LoanPosting): string => `${entity} ${typeof account === 'string' ? account : `clearing ${account.clearing}`}`;

describe('the postings of a loan', () => {
  it('balance for every legal entity, and two entities say the same of each other', () => {
    fc.assert(fc.property(history, (h) => {
      const { all, parties } = booked(h);
      expect(netPer(all, ({ entity }) => entity)).toEqual(new Map());
      const nets = netPer(all, accountOf);
      for (const { funder } of parties.shares) {
        if (funder !== 'webank') expect(nets.get(`webank clearing ${funder}`) ?? 0n).toBe(-(nets.get(`${funder} clearing webank`) ?? 0n));
      }
    }));
  });

  it('taken together are the loan as it stands, by whatever steps it came there', () => {
    fc.assert(fc.property(history, (h) => {
      const { all, parties, state } = booked(h);
      expect(netPer(balancesOf(parties, state), accountOf)).toEqual(netPer(all, accountOf));
    }));
  });

  it('give the funders together every fen of every component, and none drifts a whole fen and a bit from its share', () => {
    fc.assert(fc.property(history, (h) => {
      const { state, parties } = booked(h);
      for (const component of FUNDERS_COMPONENTS) {
        const parts = state.split[component] ?? [];
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(state.totals[component]);
        parts.forEach((part, index) => {
          const off = part * PPM - state.totals[component] * parties.shares[index]!.sharePpm;
          expect(off < 2n * PPM * BigInt(parties.shares.length) && off > -2n * PPM * BigInt(parties.shares.length)).toBe(true);
        });
      }
    }));
  });

  it('close at zero for all together: principal repaid and interest paid leave no funder a fen', () => {
    fc.assert(fc.property(history, (h) => {
      const { parties, state, book, all } = booked(h);
      book(after(state.totals, { component: 'pay', amount: 1n }));
      const ended = booked({ shares: parties.shares, moves: [...h.moves, { component: 'pay', amount: 1n }, ...Array.from({ length: 40 }, (): Move => ({ component: 'principalPaid', amount: 40_000n }))] });
      parties.shares.forEach((_, index) => expect(outstandingOf(ended.state.split, index)).toBe(0n));
      const nets = netPer(ended.all, accountOf);
      for (const account of ['interestReceivable', 'penaltyReceivable', 'feeReceivable', 'loanPrincipal']) {
        for (const { funder } of parties.shares) expect(nets.get(`${funder} ${account}`)).toBeUndefined();
      }
      expect(all.length).toBeGreaterThan(0);
    }));
  });
});
