import { fen, formatDate } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { decodeAnswer, decodeOutcome, encodeOrder } from './codec.ts';
import { bankGateway } from './gateway.ts';
import recorded from './recorded/replies.json' with { type: 'json' };

const order = { id: 'pay_1', kind: 'payout', amount: fen(1_200_000n), cardToken: 'card_9f' } as const;

const inWords = (outcome: ReturnType<typeof decodeAnswer>) => ({
  ...outcome,
  ...('valueOn' in outcome ? { value_on: formatDate(outcome.valueOn), valueOn: undefined } : {}),
  ...('returnedOn' in outcome ? { returned_on: formatDate(outcome.returnedOn), returnedOn: undefined } : {}),
});

describe("the bank's words", () => {
  it.each(recorded.map((each) => [each.name, each] as const))('%s', (_, each) => {
    expect(JSON.parse(JSON.stringify(inWords(decodeOutcome(order, each.http, each.body))))).toEqual(each.outcome);
  });

  it('only the bank itself can say that it never saw an order', () => {
    expect(decodeAnswer(order, 404, { code: 'never_seen' })).toEqual({ kind: 'never_seen' });
    expect(decodeAnswer(order, 404, '<html>not found</html>')).toEqual({ kind: 'unknown', seen: 'http 404' });
    expect(decodeAnswer(order, 404, { code: 'no_such_route' })).toEqual({ kind: 'unknown', seen: 'http 404 no_such_route' });
    expect(decodeOutcome(order, 404, { code: 'never_seen' })).toEqual({ kind: 'unknown', seen: 'http 404 never_seen' });
  });

  it('an order is sent in fen as text, under our id, with the card only as a token', () => {
    expect(encodeOrder(order)).toEqual({ order_id: 'pay_1', amount_fen: '1200000', card_token: 'card_9f' });
  });
});

describe('the wire to the bank', () => {
  it('a time-out and a broken line tell nothing about the money', async () => {
    const gateway = bankGateway(async () => ({ kind: 'no_reply', seen: 'TimeoutError' }));
    expect(await gateway.send(order)).toEqual({ kind: 'unknown', seen: 'TimeoutError' });
    expect(await gateway.ask(order)).toEqual({ kind: 'unknown', seen: 'TimeoutError' });
  });

  it('sends payouts and debits to their doors, and asks by our own id', async () => {
    const asked: string[] = [];
    const gateway = bankGateway(async ({ method, path }) => {
      asked.push(`${method} ${path}`);
      return { kind: 'reply', status: 500, body: undefined };
    });
    await gateway.send(order);
    await gateway.send({ ...order, kind: 'debit' });
    await gateway.ask({ ...order, kind: 'debit' });
    expect(asked).toEqual(['POST /payouts', 'POST /debits', 'GET /debits/pay_1']);
  });
});
