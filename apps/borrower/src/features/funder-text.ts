import type { App } from '../app-context.ts';
import { percent } from '../format.ts';

/** A funder and its share in the borrower's language; its code while its name is not known. */
export function funderText({ code, share_ppm }: { readonly code: string; readonly share_ppm: string }, { shelf, words, language }: Pick<App, 'shelf' | 'words' | 'language'>): string {
  const known = shelf.funders.find((funder) => funder.code === code);
  return words.offer.share(known?.name[language] ?? code, percent(share_ppm));
}
