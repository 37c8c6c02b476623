import { describe, expect, it } from 'vitest';
import { verifyStatement } from '@mingdai/statement';
import { exampleStatement } from './example.ts';
import { aboutOf, figuresOf, idOf, placeOf, touchedLines } from './figures.ts';

const good = verifyStatement(exampleStatement('good'));
const tampered = verifyStatement(exampleStatement('tampered'));

describe('the example', () => {
  it('agrees once its key is known, and says so when it is not', () => {
    expect([good.verdict, good.problems]).toEqual(['agrees_key_unknown', []]);
    expect(verifyStatement(exampleStatement('good'), { trustedKeyIds: [good.signature.fingerprint!] }).verdict).toBe('agrees');
  });

  it('with one repayment made smaller disagrees, and that repayment is named first', () => {
    expect([tampered.verdict, tampered.problems[0]?.path]).toEqual(['disagrees', 'events[3].payload.amount_fen']);
  });
});

describe('the figures', () => {
  it('are all shown, each once', () => {
    const { groups, rows } = figuresOf(good.checks, false);
    const shown = [...groups, ...rows].flatMap(({ checks }) => checks.map(({ path }) => path));
    expect(shown.toSorted()).toEqual(good.checks.map(({ path }) => path).toSorted());
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('filtered to what disagrees are none where all agrees, and only those where some do not', () => {
    expect(figuresOf(good.checks, true)).toEqual({ groups: [], rows: [] });
    const { groups, rows } = figuresOf(tampered.checks, true);
    expect(groups.map(({ section }) => section)).toEqual(['position', 'payoff', 'totals']);
    expect(rows.every(({ differing, checks }) => differing > 0 && differing === checks.length)).toBe(true);
  });

  it('have an element each, no two the same', () => {
    expect(new Set(good.checks.map(({ path }) => idOf(path))).size).toBe(good.checks.length);
  });
});

describe('a problem', () => {
  const at = (path: string) => ({ path, what: { zh: '', en: '' } });

  it('with an event is shown at the account line of that event', () => {
    const line = tampered.lines.findIndex(({ event }) => event === 'example-4');
    expect(placeOf(tampered.problems[0]!, tampered)).toBe(`line-${line}`);
    expect([...touchedLines(tampered)]).toEqual([line]);
    expect(aboutOf(tampered.problems[0]!, tampered)).toEqual({ line: tampered.lines[line] });
  });

  it('with a figure is shown at the figure, and says which installment it is of', () => {
    const figure = tampered.problems.find(({ path }) => path.startsWith('claimed.installments[3]'))!;
    expect(placeOf(figure, tampered)).toBe(idOf(figure.path));
    expect(aboutOf(figure, tampered)).toEqual({ number: 4 });
  });

  it('with the signature, the terms or the head is shown where those are', () => {
    expect(['signature.value', 'terms.rate_ppm', 'issued_at'].map((path) => placeOf(at(path), good))).toEqual(['key', 'terms', 'facts']);
  });

  it('with the text as a whole has no place on the page', () => {
    expect(placeOf(at(''), verifyStatement('{'))).toBeNull();
  });
});
