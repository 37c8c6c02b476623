import type { Language } from '../format.ts';
import { en } from './en.ts';
import { zh, type Messages } from './zh.ts';

const catalogues: Readonly<Record<Language, Messages>> = { zh, en };

export const wordsIn = (language: Language): Messages => catalogues[language];
