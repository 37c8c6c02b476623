/** One peer's answers, one by one, from a thread that may be stopped when it hangs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Question } from './judge.ts';
import { OURS, PEERS } from './peers.ts';

const { name, questions, from } = workerData as { readonly name: string; readonly questions: readonly Question[]; readonly from: number };
const peer = [...PEERS, OURS].find((each) => each.name === name)!;

function answerTo({ dated, periodic }: Question): number | 'none' | 'not offered' {
  const run = dated === null ? peer.periodic?.bind(peer) : peer.dated?.bind(peer);
  if (run === undefined) return 'not offered';
  try {
    const rate = dated === null ? peer.periodic!(periodic!)() : peer.dated!(dated)();
    return Number.isFinite(rate) ? rate : 'none';
  } catch {
    return 'none';
  }
}

for (let index = from; index < questions.length; index++) parentPort!.postMessage({ index, answer: answerTo(questions[index]!) });
