import { ArgumentError } from './assert.ts';
import { validateTerms } from './terms-check.ts';
import type { LoanTerms } from './terms.ts';

/** Terms that a loan can have. */
export function needValidTerms(terms: LoanTerms): void {
  const check = validateTerms(terms);
  if (check.ok) return;
  const { code, ...figures } = check.error;
  throw new ArgumentError('terms', [code, ...Object.entries(figures).map(([name, figure]) => `${name} ${String(figure)}`)].join(', '), 'what validateTerms accepts');
}
