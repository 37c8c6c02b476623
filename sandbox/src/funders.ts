import { z } from 'zod';
import { answerOf, answerOnce, understood, type Endpoint } from './wire.ts';
import type { Store } from './world.ts';

const question = z.strictObject({ decision_id: z.string().min(1).max(100), application: z.record(z.string(), z.unknown()) });

/** The funders' own decision desks: each says yes or veto to each loan it is asked to fund. Yes, unless a fault says refuse. */
export const funders = (store: Store): readonly Endpoint[] => [
  {
    target: 'funders.decisions',
    method: 'POST',
    path: '/funders/:code/decisions',
    play: ({ body, params, fault }) =>
      understood(question, body, (asked) =>
        answerOnce(store, `funders/${params['code']}/${asked.decision_id}`, asked, () => ({
          status: 200,
          body: { decision_id: asked.decision_id, ...(fault?.mode === 'refuse' ? { decision: 'veto', reason: 'own_risk_rules' } : { decision: 'yes' }) },
        }))),
  },
  {
    target: 'funders.decisions.get',
    method: 'GET',
    path: '/funders/:code/decisions/:id',
    play: ({ params }) => answerOf(store, `funders/${params['code']}/${params['id']}`),
  },
];
