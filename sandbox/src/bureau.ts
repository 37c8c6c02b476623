import { z } from 'zod';
import { answerOf, answerOnce, understood, type Answer, type Endpoint } from './wire.ts';
import type { Store } from './world.ts';

const question = z.strictObject({
  report_id: z.string().min(1).max(100),
  subject: z.strictObject({ name: z.string(), id_number: z.string() }),
  consent_id: z.string().min(1),
  purpose: z.string().min(1),
});

/** The credit bureau, and the licensed source of behaviour data (DATA-006). No report without a consent and a purpose (DATA-001). */
export const bureau = (store: Store): readonly Endpoint[] => [...source(store, 'bureau'), ...source(store, 'behaviour')];

const source = (store: Store, name: 'bureau' | 'behaviour'): readonly Endpoint[] => [
  {
    target: `${name}.reports`,
    method: 'POST',
    path: `/${name}/reports`,
    play: ({ body, fault }) => understood(question, body, (asked) => report(store, name, asked, fault?.mode === 'refuse')),
  },
  {
    target: `${name}.reports.get`,
    method: 'GET',
    path: `/${name}/reports/:report_id`,
    play: ({ params }) => answerOf(store, `${name}/${params['report_id']}`),
  },
];

function report(store: Store, name: 'bureau' | 'behaviour', asked: z.infer<typeof question>, isRefused: boolean): Answer {
  if (isRefused) return { status: 403, body: { code: 'query_refused' } };
  return answerOnce(store, `${name}/${asked.report_id}`, asked, () => {
    const person = store.world.persons.get(asked.subject.id_number);
    const known = person !== undefined && person.name === asked.subject.name;
    const evidence = known ? person[name] : ({ status: 'not_found', report: {} } as const);
    return { status: 200, body: { report_id: asked.report_id, ...evidence } };
  });
}
