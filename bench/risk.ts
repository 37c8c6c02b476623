/**
 * How long a decision and a fit take: whole decisions with trace over the sample's people, the bare table look-ups and score beside them, and
 * fitting the scorecard beside the plain logistic fit. Prints a table; asserts nothing. Run: `npx node bench/risk.ts`
 */
import { fitPlainLogistic, fitScorecard, scoreOf } from '@mingdai/risk-math';
import { readLendingClub, recipe, splitOf, trainingTable } from '../server/src/demo/fit-scorecard.ts';
import { instant } from '../server/src/kernel/instant.ts';
import { decide } from '../server/src/modules/decisioning/domain/decide.ts';
import { reportsOfLendingClub } from '../server/src/modules/decisioning/domain/evidence.ts';
import { featuresOf } from '../server/src/modules/decisioning/domain/features.ts';
import { sampleEvidence, sampleFacts } from '../server/src/modules/decisioning/domain/sample-evidence.ts';
import { loadStrategy } from '../server/src/modules/decisioning/domain/strategy.ts';
import { weilidaiStrategy } from '../server/src/modules/decisioning/index.ts';

const loaded = loadStrategy(weilidaiStrategy, 240_000n);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
const strategy = loaded.value;
const sample = readLendingClub();
const evidences = sample.rows.slice(0, 2_000).map((row) => sampleEvidence(reportsOfLendingClub(row)));
const features = sample.rows.slice(0, 2_000).map((row) => featuresOf(reportsOfLendingClub(row)));
const { columns, isBad } = trainingTable(sample, splitOf(sample).training);

/** Best of three, in milliseconds. */
function best(work: () => void): number {
  return Math.min(...[1, 2, 3].map(() => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  }));
}

const whole = best(() => { for (const evidence of evidences) decide(evidence, sampleFacts, { id: 'dec_1', decidedAt: instant(0), strategy }); });
const score = best(() => { for (const each of features) scoreOf(strategy.scorecard.card, each); });
const ours = best(() => { fitScorecard(columns, isBad, recipe); });
const plain = best(() => { fitPlainLogistic(columns, isBad); });
console.log(`a whole decision, hashed and traced   ${((whole * 1000) / evidences.length).toFixed(1)} us`);
console.log(`the score alone                       ${((score * 1000) / features.length).toFixed(1)} us`);
console.log(`fitting the scorecard                 ${ours.toFixed(0)} ms   ${(ours / plain).toFixed(2)}x the plain logistic fit (${plain.toFixed(0)} ms)`);
