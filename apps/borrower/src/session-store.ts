import type { RepaymentMethod } from '@mingdai/loan-math';
import type { Session } from './api/mingdai.ts';
import type { Language } from './format.ts';
import type { Wish } from './live-quote.ts';

/** What this page keeps in the browser: the session for as long as the tab lives, the wish, the language. No personal data. */
export type Store = {
  readonly session: () => Session | null;
  readonly keepSession: (session: Session | null) => void;
  readonly wish: () => Wish | null;
  readonly keepWish: (wish: Wish) => void;
  readonly language: () => Language | null;
  readonly keepLanguage: (language: Language) => void;
};

export function createStore(tab: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Store {
  const read = <T>(name: string): T | null => {
    try {
      return JSON.parse(tab.getItem(`mingdai.${name}`) ?? 'null') as T | null;
    } catch {
      return null;
    }
  };
  const keep = (name: string, value: unknown): void => (value === null ? tab.removeItem(`mingdai.${name}`) : tab.setItem(`mingdai.${name}`, JSON.stringify(value)));
  return {
    session: () => read<Session>('session'),
    keepSession: (session) => keep('session', session),
    wish: () => {
      const kept = read<{ amountFen: string; months: number; method: RepaymentMethod; purpose: string }>('wish');
      return kept === null ? null : { ...kept, amountFen: BigInt(kept.amountFen) };
    },
    keepWish: (wish) => keep('wish', { ...wish, amountFen: String(wish.amountFen) }),
    language: () => read<Language>('language'),
    keepLanguage: (language) => keep('language', language),
  };
}
