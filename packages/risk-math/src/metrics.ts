import { assert } from './assert.ts';

/** How well a score parts bad from good. A higher score is meant to be a worse risk. */
export type Separation = { readonly auc: number; readonly gini: number; readonly ks: number; readonly rows: number; readonly bads: number };

/**
 * Area under the ROC curve, its Gini (2·AUC − 1) and the Kolmogorov–Smirnov distance, in one pass over the sorted scores.
 *
 * Keeps   ties count half; a score without information has AUC 0.5 and KS 0; any increasing change of the scores changes nothing.
 * Throws  RiskMathError when a score is NaN, the lengths differ, or there is no bad or no good.
 * Source  docs/specs/scorecard.md §6.
 */
export function separation(risk: ArrayLike<number>, isBad: ArrayLike<boolean>): Separation {
  assert(risk.length === isBad.length, 'one outcome for each score');
  const order = Array.from({ length: risk.length }, (_, row) => row).sort((a, b) => risk[b]! - risk[a]!);
  let bads = 0;
  for (let row = 0; row < isBad.length; row++) {
    assert(!Number.isNaN(risk[row]!), 'a score is a number');
    if (isBad[row]!) bads++;
  }
  const goods = risk.length - bads;
  assert(bads > 0 && goods > 0, 'separation needs both bad and good rows');

  let [badAbove, goodAbove, pairs, ks] = [0, 0, 0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    let [badHere, goodHere] = [0, 0];
    while (end < order.length && risk[order[end]!] === risk[order[start]!]) {
      if (isBad[order[end]!]!) badHere++;
      else goodHere++;
      end++;
    }
    pairs += goodHere * (badAbove + badHere / 2);
    badAbove += badHere;
    goodAbove += goodHere;
    ks = Math.max(ks, Math.abs(badAbove / bads - goodAbove / goods));
    start = end;
  }
  const auc = pairs / (bads * goods);
  return { auc, gini: 2 * auc - 1, ks, rows: risk.length, bads };
}
