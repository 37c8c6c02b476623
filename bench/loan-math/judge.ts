import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { PlainFlow } from './peers.ts';

/** A question with known answers: none of them means that there is no rate, which a peer says by throwing, or by an answer that is no number. */
export type Question = {
  readonly id: string; readonly dated: readonly PlainFlow[] | null; readonly periodic: readonly string[] | null;
  readonly answers: readonly number[]; readonly tolerance: number;
};

/** How many of the questions of each kind a peer gets right; those it does not take at all are not counted. */
export type Verdict = { readonly name: string; readonly right: ReadonlySet<string>; readonly asked: ReadonlySet<string>; readonly hung: number };

const PATIENCE_MS = 2_000;

type Case = {
  readonly id: string; readonly type: string; readonly basis?: string; readonly verified: boolean; readonly tolerance?: string;
  readonly cashFlows: readonly { readonly date?: string; readonly period?: number; readonly amount: string }[];
  readonly expected: { readonly rate?: string; readonly rateExact?: string; readonly error?: string };
  readonly independent: { readonly roots?: readonly string[] };
};

/** The verified published cases. Each real rate of flows that have several is right. Other day counts than act/365 no peer offers: they are asked of none. */
export function publishedQuestions(): readonly Question[] {
  const text = readFileSync(new URL('../../packages/loan-math/test/vectors/xirr.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly cases: readonly Case[] }).cases
    .filter(({ verified, type, basis }) => verified && (type === 'irr-periodic' || basis === 'act/365F'))
    .map((c) => ({
      id: c.id,
      dated: c.type === 'irr-periodic' ? null : c.cashFlows.map(({ date, amount }) => ({ day: date!, amount })),
      periodic: c.type === 'irr-periodic' ? periodsOf(c) : null,
      answers: c.expected.error === undefined ? (c.independent.roots ?? [c.expected.rateExact!]).map(Number) : [],
      tolerance: Number(c.tolerance ?? '1e-9'),
    }));
}

function periodsOf({ cashFlows }: Case): readonly string[] {
  const amounts: string[] = [];
  for (const { period, amount } of cashFlows) amounts[period!] = amount;
  return Array.from(amounts, (amount) => amount ?? '0');
}

/** Asks one peer everything, in a thread of its own: a question it has not answered after two seconds is one on which it hangs. */
export async function judge(name: string, questions: readonly Question[]): Promise<Verdict> {
  const [right, asked] = [new Set<string>(), new Set<string>()];
  let hung = 0;
  for (let from = 0; from < questions.length; ) {
    const stopped = await ask(name, questions, from, ({ index, answer }) => {
      const question = questions[index]!;
      if (answer === 'not offered') return;
      asked.add(question.id);
      if (isRight(question, answer)) right.add(question.id);
    });
    if (stopped === null) break;
    asked.add(questions[stopped]!.id);
    hung++;
    from = stopped + 1;
  }
  return { name, right, asked, hung };
}

/** A number, or that it said there is none. */
type Answer = number | 'none' | 'not offered';

function isRight({ answers, tolerance }: Question, answer: Answer): boolean {
  if (answers.length === 0) return answer === 'none';
  return typeof answer === 'number' && answers.some((root) => Math.abs(answer - root) <= tolerance * Math.max(1, Math.abs(root)));
}

/** Questions from one on, until all are answered (null) or one is not (its index). */
function ask(name: string, questions: readonly Question[], from: number, hear: (heard: { readonly index: number; readonly answer: Answer }) => void): Promise<number | null> {
  const worker = new Worker(new URL('judge-worker.ts', import.meta.url), { workerData: { name, questions, from } });
  return new Promise((settle, fail) => {
    let at = from;
    let timer = setTimeout(() => end(at), 10_000);
    const end = (result: number | null): void => {
      clearTimeout(timer);
      settle(result);
      void worker.terminate();
    };
    worker.on('message', (heard: { readonly index: number; readonly answer: Answer }) => {
      clearTimeout(timer);
      hear(heard);
      at = heard.index + 1;
      if (at === questions.length) end(null);
      else timer = setTimeout(() => end(at), PATIENCE_MS);
    });
    worker.on('error', fail);
  });
}
