import { formatPercent } from '@mingdai/loan-math';
import type { Score } from '@mingdai/risk-math';
import type { FeatureEffect, PriceExplanation } from './decision.ts';
import { lookUp, piecesOf, type TableInputs, type TableRow } from './decision-table.ts';
import { resultOf, type Strategy } from './strategy.ts';
import { labelOf } from './wording.ts';

const EFFECTS = 3;

/**
 * Why this price, and the whole range (D0, DATA-012): the probability of bad and the row it fell into, what helped and what hurt most,
 * and what the next better price would take.
 */
export function explainPrice(strategy: Strategy, row: TableRow, score: Score, inputs: TableInputs): PriceExplanation {
  const pricePpm = resultOf(row, 'price_ppm');
  const prices = strategy.price.rows.map((one) => resultOf(one, 'price_ppm'));
  const [minPpm, maxPpm] = [least(prices), most(prices)];
  const ranked = [...score.features].sort((a, b) => b.pointsLost - a.pointsLost || (a.feature < b.feature ? -1 : 1));
  const hurt = ranked.filter(({ pointsLost }) => pointsLost > 0).slice(0, EFFECTS).map(effectOf);
  const helped = ranked.filter(({ pointsLost }) => pointsLost < 0).slice(-EFFECTS).reverse().map(effectOf);
  const [mine, low, high, risk] = [pricePpm, minPpm, maxPpm, BigInt(score.badPpm)].map(formatPercent);
  const names = (effects: readonly FeatureEffect[], language: 'zh' | 'en') => effects.map(({ label }) => label[language]).join(language === 'zh' ? '、' : ', ');
  return {
    pricePpm,
    range: { minPpm, maxPpm },
    badPpm: BigInt(score.badPpm),
    row: row.id,
    helped,
    hurt,
    nextBetter: nextBetter(strategy, pricePpm, inputs),
    sentence: {
      zh: `您的年利率为 ${mine}%；本产品所有人的利率在 ${low}% 到 ${high}% 之间。依据：模型估计违约概率 ${risk}%。` +
        `${helped.length > 0 ? `对您有利：${names(helped, 'zh')}。` : ''}${hurt.length > 0 ? `对您不利：${names(hurt, 'zh')}。` : ''}`,
      en: `Your rate is ${mine} % a year; everyone's rate for this product is between ${low} % and ${high} %. Yours follows from an estimated ${risk} % probability of default.` +
        `${helped.length > 0 ? ` In your favour: ${names(helped, 'en')}.` : ''}${hurt.length > 0 ? ` Against you: ${names(hurt, 'en')}.` : ''}`,
    },
  };
}

const effectOf = ({ feature, value, bin, pointsLost }: Score['features'][number]): FeatureEffect => ({
  feature, value: value === null ? null : `${value}`, bin, pointsLost, label: labelOf(feature),
});

/** The nearest lower price to be had with all else equal, found by asking the table itself at each border of risk. */
function nextBetter(strategy: Strategy, pricePpm: bigint, inputs: TableInputs): PriceExplanation['nextBetter'] {
  const at = strategy.price.columns.findIndex(({ name }) => name === 'bad_ppm');
  if (at === -1) return null;
  const borders = piecesOf(strategy.price, at).filter((point) => point !== 'missing');
  let better: PriceExplanation['nextBetter'] = null;
  borders.forEach((border, place) => {
    const answer = lookUp(strategy.price, { ...inputs, bad_ppm: border });
    const price = answer.kind === 'row' ? resultOf(answer.row, 'price_ppm') : pricePpm;
    const above = borders[place + 1];
    if (price < pricePpm && above !== undefined) better = { pricePpm: price, belowBadPpm: above };
  });
  return better;
}

const least = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a));
const most = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a));
