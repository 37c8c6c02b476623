import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Words } from '@mingdai/loan-math';
import type { Language } from './format.ts';
import type { Messages } from './words/zh.ts';

export type App = { readonly words: Messages; readonly language: Language; readonly said: (words: Words) => string };

const Context = createContext<App | null>(null);
export const AppProvider = Context.Provider;

export function useApp(): App {
  const app = useContext(Context);
  if (app === null) throw new Error('the page stands inside its provider');
  return app;
}
