import { visible } from './plain-text.ts';

/** A refusal as one line: `disbursed_amount_differs, event e1, amount 5, principal 6`. Its code is the word for it everywhere. */
export function refusalText({ code, ...rest }: { readonly code: string }): string {
  const facts = Object.entries(rest).map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' ') : String(value)}`);
  return visible([code.replace(/_/g, ' '), ...facts].join(', ').slice(0, 300));
}
