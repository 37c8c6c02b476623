import { describe, expect, it } from 'vitest';
import type { FunderQuestion } from '../../gateway.ts';
import { wireFacts } from '../../domain/facts.ts';
import { decodeAnswer, decodeAsked, encodeQuestion } from './codec.ts';
import { funderGateway } from './gateway.ts';
import recorded from './recorded/replies.json' with { type: 'json' };

const facts = wireFacts({ amountFen: 1_200_000n, months: 12, method: 'level_installment', annualRatePpm: 144_000n, allInPpm: 146_000n, purpose: 'daily_consumption', region: '31', ageYears: 30, badPpm: 21_000n }, 700_000n);
const question: FunderQuestion = { id: 'fdc_1', funder: 'example_city_bank', facts };

describe("a funder's words", () => {
  it.each(recorded.map((each) => [each.name, each] as const))('%s', (_, { http, body, answer }) => {
    expect(decodeAnswer('fdc_1', http, body)).toEqual(answer);
    expect(decodeAsked('fdc_1', http, body)).toEqual(answer);
  });

  it('only the funder itself can say that it never saw a question', () => {
    expect(decodeAsked('fdc_1', 404, { code: 'never_seen' })).toEqual({ kind: 'never_seen' });
    expect(decodeAsked('fdc_1', 404, '<html>not found</html>')).toEqual({ kind: 'unknown', seen: 'http 404' });
    expect(decodeAnswer('fdc_1', 404, { code: 'never_seen' })).toEqual({ kind: 'unknown', seen: 'http 404' });
  });

  it('tells a closed list of facts, whatever else the caller holds', () => {
    const wide = { ...{ amountFen: 1n, months: 6, method: 'interest_first', annualRatePpm: 1n, allInPpm: 1n, purpose: 'travel', region: null, ageYears: null, badPpm: null }, name: 'Li Lei', idNumber: '990101199001010001' };
    expect(Object.keys(wireFacts(wide, 300_000n)).sort()).toEqual(['age_years', 'all_in_ppm', 'amount_fen', 'annual_rate_ppm', 'bad_ppm', 'method', 'months', 'purpose', 'region', 'share_ppm']);
    expect(encodeQuestion(question)).toEqual({ decision_id: 'fdc_1', application: facts });
  });

  it('silence tells nothing', async () => {
    const gateway = funderGateway(async () => ({ kind: 'no_reply', seen: 'TimeoutError' }));
    expect(await gateway.decide(question)).toEqual({ kind: 'unknown', seen: 'TimeoutError' });
    expect(await gateway.ask(question)).toEqual({ kind: 'unknown', seen: 'TimeoutError' });
  });

  it('speaks to each funder at its own door, and asks by our own id', async () => {
    const asked: string[] = [];
    const gateway = funderGateway(async ({ method, path }) => {
      asked.push(`${method} ${path}`);
      return { kind: 'reply', status: 200, body: { decision_id: 'fdc_1', decision: 'yes' } };
    });
    await gateway.decide(question);
    await gateway.ask(question);
    expect(asked).toEqual(['POST /example_city_bank/decisions', 'GET /example_city_bank/decisions/fdc_1']);
  });
});
