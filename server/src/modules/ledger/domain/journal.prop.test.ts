import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOf } from '../examples.ts';
import { ACCOUNTS } from './accounts.ts';
import { assertBookable, digestOf, netPerEntity, netPostings, type Posting } from './journal.ts';

const accounts = Object.values(ACCOUNTS);
const line = fc.record({
  entity: fc.constantFrom('webank', 'bank_b', 'bank_c'),
  account: fc.constantFrom(...accounts),
  netFen: fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n }).filter((amount) => amount !== 0n),
});

/** Any lines, made to balance by one more line for each entity that is off. */
const balanced = fc.array(line, { minLength: 2, maxLength: 12 }).map((lines): readonly Posting[] => {
  const rest = [...netPerEntity(lines)].filter(([, net]) => net !== 0n);
  return [...lines, ...rest.map(([entity, net]) => ({ entity, account: ACCOUNTS.cashAtBank, netFen: -net }))];
});

describe('journal entries', () => {
  it('are bookable exactly when every entity balances', () => {
    fc.assert(fc.property(balanced, fc.nat(), fc.bigInt({ min: 1n, max: 99n }), (postings, at, off) => {
      expect(() => assertBookable(entryOf({ postings }))).not.toThrow();
      const index = at % postings.length;
      const wrong = postings.map((posting, i) => (i === index ? { ...posting, netFen: posting.netFen + (posting.netFen === -off ? 2n * off : off) } : posting));
      expect(() => assertBookable(entryOf({ postings: wrong }))).toThrow();
    }));
  });

  it('keep every net of every account when netted', () => {
    fc.assert(fc.property(balanced, (postings) => {
      const byAccount = (lines: readonly Posting[]) => {
        const nets = new Map<string, bigint>();
        for (const { entity, account, netFen } of lines) nets.set(`${entity} ${account}`, (nets.get(`${entity} ${account}`) ?? 0n) + netFen);
        return [...nets].filter(([, net]) => net !== 0n).sort();
      };
      expect(byAccount(netPostings(postings))).toEqual(byAccount(postings));
    }));
  });

  it('differ in digest when they differ in anything', () => {
    const entry = fc.record({ id: fc.string(), chain: fc.string(), kind: fc.string(), cause: fc.string(), postings: balanced });
    fc.assert(fc.property(entry, entry, (a, b) => {
      const same = JSON.stringify(a, text) === JSON.stringify(b, text);
      expect(digestOf(entryOf(a)) === digestOf(entryOf(b))).toBe(same);
    }));
  });
});

const text = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);
