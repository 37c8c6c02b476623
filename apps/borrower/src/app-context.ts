import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FunderNamesReply, ProductReply } from '@mingdai/contract';
import type { Mingdai } from './api/mingdai.ts';
import type { Language } from './format.ts';
import type { Wish } from './live-quote.ts';
import type { Messages } from './words/zh.ts';

/** What is on sale, and what the server said about it today: the page's own arithmetic starts from here. */
export type Shelf = {
  readonly product: ProductReply;
  /** The business day in Beijing, from the server: the phone's clock may say anything. */
  readonly today: string;
  /** The overdue rate at the product's highest price. */
  readonly overduePpm: bigint;
  /** Who may stand behind a loan. Empty while the server did not say: then codes are shown. */
  readonly funders: FunderNamesReply['funders'];
};

/** What every screen is handed. */
export type App = {
  readonly api: Mingdai;
  readonly language: Language;
  readonly words: Messages;
  readonly shelf: Shelf;
  readonly wish: Wish;
  setWish(wish: Wish): void;
  readonly isSignedIn: boolean;
  /** Asks the borrower to sign in again, over the screen: what was entered stays. */
  askToSignIn(why: 'ended' | 'needed'): void;
  go(route: string): void;
};

const Context = createContext<App | null>(null);

export const AppProvider = Context.Provider;

export function useApp(): App {
  const app = useContext(Context);
  if (app === null) throw new Error('a screen is shown inside the app');
  return app;
}
