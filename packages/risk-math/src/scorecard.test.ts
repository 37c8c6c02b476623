import { describe, expect, it } from 'vitest';
import { fitScorecard, fractionOf, scoreOf, sigmoid, type RawColumn, type ScorecardRecipe } from './index.ts';

const ROWS = 3_000;
const draw = (name: string, row: number) => fractionOf(`scorecard test ${name}`, `${row}`);
const enquiries = Array.from({ length: ROWS }, (_, row) => (draw('gap', row) < 0.1 ? null : Math.floor(draw('enquiries', row) * 10)));
const housing = Array.from({ length: ROWS }, (_, row) => (draw('housing', row) < 0.4 ? 'rent' : 'own'));
const isBad = Array.from({ length: ROWS }, (_, row) => draw('outcome', row) < sigmoid(-3 + 0.3 * (enquiries[row] ?? 3) + (housing[row] === 'rent' ? 0.7 : 0)));
const columns: readonly RawColumn[] = [
  { name: 'enquiries', kind: 'numeric', values: enquiries },
  { name: 'housing', kind: 'category', values: housing },
  { name: 'noise', kind: 'numeric', values: Array.from({ length: ROWS }, () => 1) },
];
const recipe: ScorecardRecipe = {
  binning: { binsMax: 5, shareMin: 0.05, badsMin: 10, binCost: 2 },
  ridge: 1,
  scale: { pointsToDouble: 50, baseScore: 600, baseOdds: 20 },
  trends: { enquiries: 'up' },
};
const card = fitScorecard(columns, isBad, recipe);

describe('a scorecard', () => {
  it('leaves out the column that says nothing', () => {
    expect(card.features.map(({ name }) => name)).toEqual(['enquiries', 'housing']);
    expect(card.leftOut).toEqual(['noise']);
  });

  it('is whole numbers only, and fits in JSON', () => {
    for (const feature of card.features) expect([...feature.points, feature.missingPoints, feature.averagePoints].every(Number.isInteger)).toBe(true);
    expect(JSON.parse(JSON.stringify(card))).toEqual(card);
  });

  it('gives fewer points for more enquiries, and fewer for renting', () => {
    const points = card.features[0]!.points;
    expect(points.length).toBeGreaterThan(1);
    expect([...points].sort((a, b) => b - a)).toEqual(points);
    const of = (home: string) => scoreOf(card, { enquiries: 2, housing: home }).score;
    expect(of('own')).toBeGreaterThan(of('rent'));
  });

  it('adds up: base points and the points of each feature are the score', () => {
    const { score, features } = scoreOf(card, { enquiries: 7, housing: 'rent' });
    expect(features.reduce((sum, { points }) => sum + points, card.basePoints)).toBe(score);
  });

  it('takes an absent feature as missing, in its own bin, and says so', () => {
    const [first] = scoreOf(card, { housing: 'own' }).features;
    expect(first).toMatchObject({ feature: 'enquiries', value: null, bin: 'missing', points: card.features[0]!.missingPoints });
    expect(scoreOf(card, { enquiries: '7', housing: 'own' }).features[0]!.bin).toBe('missing');
  });

  it('has a probability for every score it can give, never rising with the score, and doubles the odds every 50 points', () => {
    expect(card.badPpmByScore.every((ppm, at) => at === 0 || ppm <= card.badPpmByScore[at - 1]!)).toBe(true);
    const best = scoreOf(card, { enquiries: 0, housing: 'own' });
    expect(best.badPpm).toBe(card.badPpmByScore[best.score - card.scoreMin]);
    const odds = (score: number) => (1e6 - card.badPpmByScore[score - card.scoreMin]!) / card.badPpmByScore[score - card.scoreMin]!;
    expect(odds(card.scoreMin + 50) / odds(card.scoreMin)).toBeCloseTo(2, 3);
  });

  it('expects about as many bads as there were', () => {
    const expected = isBad.reduce((sum, _, row) => sum + scoreOf(card, { enquiries: enquiries[row]!, housing: housing[row]! }).badPpm / 1e6, 0);
    expect(expected / isBad.filter(Boolean).length).toBeCloseTo(1, 1);
  });

  it('is the same card every time', () => {
    expect(JSON.stringify(fitScorecard(columns, isBad, recipe))).toBe(JSON.stringify(card));
  });
});
