import { z } from 'zod';
import { sha256 } from './signature.ts';
import { answerOf, answerOnce, understood, type Answer, type Endpoint } from './wire.ts';
import type { Person, Store } from './world.ts';

const check = z.strictObject({
  check_id: z.string().min(1).max(100),
  name: z.string(),
  id_number: z.string(),
  card_number: z.string(),
  phone: z.string(),
  face_ticket: z.string(),
});
type Check = z.infer<typeof check>;

/** Face recognition and the bank card's four factors in one check (C3). A pass brings a token for the card, bound to the person. */
export const identity = (store: Store): readonly Endpoint[] => [
  {
    target: 'identity.checks',
    method: 'POST',
    path: '/identity/checks',
    play: ({ body, fault }) => understood(check, body, (asked) => compare(store, asked, fault?.mode === 'refuse')),
  },
  { target: 'identity.checks.get', method: 'GET', path: '/identity/checks/:id', play: ({ params }) => answerOf(store, `identity/${params['id']}`) },
];

function compare(store: Store, asked: Check, isRefused: boolean): Answer {
  return answerOnce(store, `identity/${asked.check_id}`, asked, () => {
    const person = store.world.persons.get(asked.id_number);
    const reasons = isRefused ? ['provider_refused'] : person === undefined ? ['person_unknown'] : mismatches(person, asked);
    if (reasons.length > 0) return { status: 200, body: { check_id: asked.check_id, result: 'fail', reasons } };
    const token = `card_${sha256(`card ${asked.card_number}`).slice(0, 24)}`;
    store.commit({ t: 'card_token', token, card_number: asked.card_number });
    return { status: 200, body: { check_id: asked.check_id, result: 'pass', reasons: [], card_token: token } };
  });
}

const mismatches = (person: Person, asked: Check): string[] => [
  ...(person.name === asked.name ? [] : ['name_mismatch']),
  ...(person.card_number === asked.card_number ? [] : ['card_mismatch']),
  ...(person.phone === asked.phone ? [] : ['phone_mismatch']),
  ...(person.face_ticket === asked.face_ticket ? [] : ['face_mismatch']),
];
