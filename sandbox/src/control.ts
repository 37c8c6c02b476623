import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Bank } from './bank.ts';
import type { Callbacks } from './callbacks.ts';
import { builtInPersons, faceTicketOf, idNumberSha256, loginCode, OPENED_ON, OPENING_CARD_FEN, OPENING_SETTLEMENT_FEN } from './people.ts';
import { clockAt } from './virtual-clock.ts';
import { understood, type CallLog } from './wire.ts';
import { FAULT_MODES, SETTLEMENT, type Change, type Person, type Store } from './world.ts';

const evidence = z.strictObject({ status: z.enum(['found', 'thin', 'not_found']), report: z.record(z.string(), z.unknown()) });
const nothing = { status: 'not_found', report: {} } as const;
const fenText = z.string().regex(/^\d{1,15}$/);
const person = z.strictObject({
  openid: z.string().min(1).max(64),
  name: z.string().min(1),
  id_number: z.string().length(18),
  phone: z.string(),
  card_number: z.string().regex(/^\d{16,19}$/),
  face_ticket: z.string().optional(),
  balance_fen: fenText.optional(),
  bureau: evidence.optional(),
  behaviour: evidence.optional(),
});
const persons = z.strictObject({ persons: z.array(person).max(20_000) });
const deposit = z.strictObject({ amount_fen: fenText });
const deposits = z.strictObject({ deposits: z.array(z.strictObject({ account: z.string(), amount_fen: fenText })).max(20_000) });
const balance = z.strictObject({ balance_fen: fenText });
const transfer = z.strictObject({ card_number: z.string(), amount_fen: z.string().regex(/^[1-9]\d{0,14}$/), reference: z.string().min(1).max(100), transfer_id: z.string().max(100).optional() });
const clock = z.strictObject({ at: z.union([z.iso.datetime({ offset: true }), z.number().int()]), running: z.boolean().optional() });
const listener = z.strictObject({ url: z.url(), token: z.string() });
const fault = z.strictObject({
  target: z.string().min(1),
  mode: z.enum(FAULT_MODES),
  times: z.number().int().min(1).default(1),
  match: z.string().optional(),
  delay_ms: z.number().int().min(0).max(600_000).optional(),
  after_days: z.number().int().min(0).max(400).optional(),
});

export type Controlled = { readonly store: Store; readonly bank: Bank; readonly log: CallLog; readonly callbacks: Callbacks };

/** The hand on the outside world: people, money, time and faults. Unsigned; the process listens on loopback only. */
export function controlRoutes(app: FastifyInstance, controlled: Controlled): void {
  peopleRoutes(app, controlled);
  moneyRoutes(app, controlled);
  timeRoutes(app, controlled);
  faultRoutes(app, controlled);
}

/** The world at its beginning: the built-in persons and a funded lender. */
export function settle({ store, bank }: Pick<Controlled, 'store' | 'bank'>): void {
  store.commit(...builtInPersons.map((each): Change => ({ t: 'person', person: each })));
  bank.adjust(SETTLEMENT, 'deposit', OPENING_SETTLEMENT_FEN, OPENED_ON);
  for (const each of builtInPersons) bank.adjust(each.card_number, 'deposit', OPENING_CARD_FEN, OPENED_ON);
}

function peopleRoutes(app: FastifyInstance, { store, bank }: Controlled): void {
  app.post('/control/persons', (request, reply) => {
    const answer = understood(persons, request.body, (asked) => {
      store.commit(...asked.persons.map((each): Change => ({ t: 'person', person: personOf(each) })));
      for (const each of asked.persons) {
        const missing = BigInt(each.balance_fen ?? 0) - (store.world.balances.get(each.card_number) ?? 0n);
        if (missing > 0n) bank.adjust(each.card_number, 'deposit', missing);
      }
      return { status: 201, body: { loaded: asked.persons.length } };
    });
    return reply.code(answer.status).send(answer.body);
  });
  app.get('/control/persons', (request, reply) => {
    const limit = Number((request.query as { limit?: string }).limit ?? builtInPersons.length);
    return reply.send({ persons: [...store.world.persons.values()].slice(0, limit).map((each) => shown(store, each)) });
  });
}

const personOf = ({ balance_fen: _, ...asked }: z.infer<typeof person>): Person => ({
  ...asked, face_ticket: asked.face_ticket ?? faceTicketOf(asked.id_number), bureau: asked.bureau ?? nothing, behaviour: asked.behaviour ?? nothing,
});

const shown = (store: Store, each: Person) => ({
  code: loginCode(each.openid, randomUUID().slice(0, 8)),
  openid: each.openid, name: each.name, id_number: each.id_number, id_number_sha256: idNumberSha256(each.id_number), phone: each.phone,
  card_number: each.card_number, face_ticket: each.face_ticket, balance_fen: (store.world.balances.get(each.card_number) ?? 0n).toString(), note: each.note ?? '',
});

function moneyRoutes(app: FastifyInstance, { store, bank }: Controlled): void {
  const account = (name: string) => ({ account: name, balance_fen: (store.world.balances.get(name) ?? 0n).toString() });
  app.get('/control/accounts/:card', (request) => account((request.params as { card: string }).card));
  app.post('/control/accounts/:card/deposits', (request, reply) => {
    const { card } = request.params as { card: string };
    const answer = understood(deposit, request.body, (asked) => {
      bank.adjust(card, 'deposit', BigInt(asked.amount_fen));
      return { status: 201, body: account(card) };
    });
    return reply.code(answer.status).send(answer.body);
  });
  app.put('/control/accounts/:card', (request, reply) => {
    const { card } = request.params as { card: string };
    const answer = understood(balance, request.body, (asked) => {
      const change = BigInt(asked.balance_fen) - (store.world.balances.get(card) ?? 0n);
      if (change !== 0n) bank.adjust(card, change > 0n ? 'deposit' : 'withdrawal', change > 0n ? change : -change);
      return { status: 200, body: account(card) };
    });
    return reply.code(answer.status).send(answer.body);
  });
  app.post('/control/deposits', (request, reply) => {
    const answer = understood(deposits, request.body, (asked) => {
      for (const each of asked.deposits) bank.adjust(each.account, 'deposit', BigInt(each.amount_fen));
      return { status: 201, body: { booked: asked.deposits.length } };
    });
    return reply.code(answer.status).send(answer.body);
  });
  app.post('/control/transfers', (request, reply) => {
    const answer = understood(transfer, request.body, (asked) =>
      bank.transferIn(asked.transfer_id ?? `tin_${randomUUID().replaceAll('-', '')}`, { card: asked.card_number, amountFen: asked.amount_fen, reference: asked.reference }));
    return reply.code(answer.status).send(answer.body);
  });
}

function timeRoutes(app: FastifyInstance, { store, bank, callbacks }: Controlled): void {
  const shownClock = () => ({ at: new Date(store.now()).toISOString(), today: store.today(), running: store.world.clock.running });
  app.get('/control/clock', shownClock);
  app.put('/control/clock', async (request, reply) => {
    const parsed = clock.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ code: 'malformed', detail: z.prettifyError(parsed.error) });
    const at = new Date(parsed.data.at).getTime();
    const state = clockAt(at, parsed.data.running ?? false, Date.now());
    store.commit({ t: 'clock', clock: state });
    const told = await tellListeners(store);
    bank.returnDue();
    return reply.send({ ...shownClock(), told });
  });
  app.post('/control/clock-listeners', (request, reply) => {
    const answer = understood(listener, request.body, (asked) => {
      store.commit({ t: 'listener', ...asked });
      return { status: 201, body: { listeners: store.world.listeners.size } };
    });
    return reply.code(answer.status).send(answer.body);
  });
  app.get('/control/callbacks', () => ({ waiting: store.world.callbacks.size }));
  app.put('/control/callback-url', (request, reply) => {
    const answer = understood(z.strictObject({ url: z.url() }), request.body, (asked) => {
      callbacks.urlIs(asked.url);
      return { status: 200, body: asked };
    });
    return reply.code(answer.status).send(answer.body);
  });
}

/** Tells every listener the time; a listener that cannot be reached is reported, not waited for. */
export async function tellListeners(store: Store): Promise<readonly { url: string; status: number }[]> {
  const body = JSON.stringify({ at: new Date(store.now()).toISOString() });
  return Promise.all([...store.world.listeners].map(async ([url, token]) => {
    try {
      const reply = await fetch(url, {
        method: 'PUT', body, signal: AbortSignal.timeout(60_000), headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      });
      await reply.body?.cancel();
      return { url, status: reply.status };
    } catch {
      return { url, status: 0 };
    }
  }));
}

function faultRoutes(app: FastifyInstance, { store, bank, log }: Controlled): void {
  app.post('/control/faults', (request, reply) => {
    const answer = understood(fault, request.body, (asked) => {
      const added = { id: randomUUID(), ...asked };
      store.commit({ t: 'faults', faults: [...store.world.faults, added] });
      return { status: 201, body: added };
    });
    return reply.code(answer.status).send(answer.body);
  });
  app.get('/control/faults', () => ({ faults: store.world.faults }));
  app.delete('/control/faults', () => {
    store.commit({ t: 'faults', faults: [] });
    return { faults: [] };
  });
  app.get('/control/calls', (request) => {
    const { target, match, limit } = request.query as { target?: string; match?: string; limit?: string };
    const hits = log.last.filter((call) => (target === undefined || call.target === target) && (match === undefined || `${call.url} ${JSON.stringify(call.body)}`.includes(match)));
    return { counts: Object.fromEntries(log.counts), calls: hits.slice(-Number(limit ?? 100)) };
  });
  app.post('/control/reset', () => {
    store.clear();
    log.last.length = 0;
    log.counts.clear();
    settle({ store, bank });
    return { persons: store.world.persons.size };
  });
}
