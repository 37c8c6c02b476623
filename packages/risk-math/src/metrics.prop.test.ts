import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { separation } from './index.ts';

const people = fc.array(fc.record({ risk: fc.integer({ min: -5, max: 5 }), bad: fc.boolean() }), { minLength: 2, maxLength: 60 })
  .filter((rows) => rows.some(({ bad }) => bad) && rows.some(({ bad }) => !bad));
const of = (rows: readonly { risk: number; bad: boolean }[], change = (risk: number) => risk) => separation(rows.map(({ risk }) => change(risk)), rows.map(({ bad }) => bad));

describe('the separation of bad from good', () => {
  it('has the AUC that counting every pair of a bad and a good gives', () => {
    fc.assert(fc.property(people, (rows) => {
      let [won, pairs] = [0, 0];
      for (const bad of rows.filter((row) => row.bad)) {
        for (const good of rows.filter((row) => !row.bad)) {
          pairs++;
          won += bad.risk > good.risk ? 1 : bad.risk === good.risk ? 0.5 : 0;
        }
      }
      expect(of(rows).auc).toBeCloseTo(won / pairs, 12);
    }));
  });

  it('has the KS that trying every cut-off gives', () => {
    fc.assert(fc.property(people, (rows) => {
      const share = (bad: boolean, cut: number) => rows.filter((row) => row.bad === bad && row.risk >= cut).length / rows.filter((row) => row.bad === bad).length;
      const widest = Math.max(...rows.map(({ risk }) => Math.abs(share(true, risk) - share(false, risk))));
      expect(of(rows).ks).toBeCloseTo(widest, 12);
    }));
  });

  it('does not change when every score is changed in the same rising way', () => {
    fc.assert(fc.property(people, (rows) => { expect(of(rows, (risk) => Math.exp(risk) + 7)).toEqual(of(rows)); }));
  });

  it('turns round when the scores do', () => {
    fc.assert(fc.property(people, (rows) => { expect(of(rows, (risk) => -risk).auc).toBeCloseTo(1 - of(rows).auc, 12); }));
  });
});
