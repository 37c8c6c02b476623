import { businessDate, fen } from '@mingdai/loan-math';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import type { By } from '../../kernel/actor.ts';
import { system } from '../../kernel/actor.ts';
import { startOf } from '../../kernel/instant.ts';
import { createCompliance } from '../compliance/index.ts';
import { createFunding, fundersSeed, seedFunders, type FunderAnswer, type FunderDocument, type FunderGateway, type FunderQuestion, type Funding, type LoanFacts, type RouteRequest } from './index.ts';

const today = businessDate('2026-10-08');
let keys = 0;
const by = (): By => ({ key: `k-${++keys}`, actor: system('test'), at: startOf(today) });
const request = (changes: Partial<RouteRequest> = {}): RouteRequest => ({
  applicationId: 'app_1', shard: 7, lead: 'webank', amount: fen(1_200_000n), months: 12, ratePpm: 144_000n, allInPpm: 146_000n, region: null, isStudent: false, on: today, ...changes,
});
const facts: LoanFacts = { amountFen: 1_200_000n, months: 12, method: 'level_installment', annualRatePpm: 144_000n, allInPpm: 146_000n, purpose: 'daily_consumption', region: null, ageYears: 30, badPpm: null };

/** Funders that say what they are told to, remember every question, and answer one id once. */
function funderDesk() {
  const said = new Map<string, FunderAnswer>();
  const sent: FunderQuestion[] = [];
  const asked: string[] = [];
  let mood: (question: FunderQuestion) => FunderAnswer | 'drop_reply' = () => ({ kind: 'yes' });
  const gateway: FunderGateway = {
    async decide(question) {
      sent.push(question);
      const answer = said.get(question.id) ?? mood(question);
      if (answer === 'drop_reply') {
        said.set(question.id, { kind: 'yes' });
        return { kind: 'unknown', seen: 'the line was cut' };
      }
      if (answer.kind !== 'unknown') said.set(question.id, answer);
      return answer;
    },
    async ask({ id }) {
      asked.push(id);
      return said.get(id) ?? { kind: 'never_seen' };
    },
  };
  return { gateway, sent, asked, feels: (as: typeof mood) => { mood = as; } };
}

let database: TestDatabase;
let desk: ReturnType<typeof funderDesk>;
let funding: Funding;
async function open(funders: readonly FunderDocument[] = fundersSeed): Promise<void> {
  await seedFunders({ funnel: database.funnel }, funders, today);
  desk = funderDesk();
  funding = createFunding({ db: database.db, funnel: database.funnel, compliance: createCompliance(), gateway: desk.gateway });
}
beforeEach(async () => { database = await testDatabase(); });
afterEach(() => database.drop());

const quotaOf = async (funder: string) => (await funding.quotas(await funding.funders(today))).find((quota) => quota.funder === funder);
const arranged = async (changes: Partial<RouteRequest> = {}) => {
  const answer = await funding.arrange(request(changes), facts, by());
  if (!answer.ok || answer.value.kind !== 'funded') throw new Error(JSON.stringify(answer));
  return answer.value;
};
const onlyNetBank = (quotaFen: string): readonly FunderDocument[] => fundersSeed.filter(({ code }) => code === 'webank' || code === 'example_net_bank').map((each) => (each.role === 'lead' ? { ...each, weight: 1 } : { ...each, weight: 1000, quota_fen: quotaFen }));

describe('routing', () => {
  it('gives the same routing again, and holds the quota once', async () => {
    await open(onlyNetBank('1000000000'));
    const [first, second] = [await arranged(), await arranged()];
    expect(second).toEqual(first);
    expect(first.routing.shares).toEqual([{ funder: 'webank', sharePpm: 400_000n }, { funder: 'example_net_bank', sharePpm: 600_000n }]);
    expect(await quotaOf('example_net_bank')).toMatchObject({ reserved: 720_000n, lent: 0n });
    expect(desk.sent.map(({ funder }) => funder).sort()).toEqual(['example_net_bank', 'webank']);
  });

  it('driven twice at once, still holds and asks once', async () => {
    await open(onlyNetBank('1000000000'));
    const both = await Promise.all([arranged(), arranged(), arranged()]);
    expect(new Set(both.map(({ routing }) => JSON.stringify(routing.shares, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)))).size).toBe(1);
    expect(await quotaOf('example_net_bank')).toMatchObject({ reserved: 720_000n });
    expect(await funding.decisionsOf(7, 'app_1')).toHaveLength(2);
  });

  it('when the quota does not hold the loan, the next plan takes it, and the explanation says so', async () => {
    await open(onlyNetBank('719999'));
    const { routing } = await arranged();
    expect(routing.shares).toEqual([{ funder: 'webank', sharePpm: 1_000_000n }]);
    expect(routing.explanation).toContain('example_net_bank: quota');
    expect(await quotaOf('example_net_bank')).toMatchObject({ reserved: 0n });
  });

  it('the lead’s limit with one partner binds before the partner’s quota (ILOAN-014)', async () => {
    await open(onlyNetBank('1000000000').map((each) => (each.role === 'lead' ? { ...each, tier1_fen: '4000000' } : each)));
    const { routing } = await arranged();
    expect(routing.explanation).toContain('example_net_bank: concentration (ILOAN-014)');
  });

  it('a loan nobody can fund is refused with what stood in each one’s way', async () => {
    await open();
    desk.feels(({ funder }) => (funder === 'webank' ? { kind: 'veto', reason: 'own_risk_rules' } : { kind: 'yes' }));
    const refused = await funding.arrange(request(), facts, by());
    expect(refused).toMatchObject({ ok: false, error: { code: 'no_funder', passed_over: expect.arrayContaining([{ funder: 'webank', why: 'excluded', rule: 'ILOAN-011' }]) } });
    for (const { reserved } of await funding.quotas(await funding.funders(today))) expect(reserved).toBe(0n);
  });
});

describe('a quota', () => {
  it('is never exceeded, however many apply at once', async () => {
    // Room for 5 loans of 7,200.00; 24 apply at once.
    await open(onlyNetBank('3600000'));
    const loans = await Promise.all(Array.from({ length: 24 }, (_, index) => arranged({ applicationId: `app_${index}`, shard: index })));
    const joint = loans.filter(({ routing }) => routing.shares.length === 2);
    const quota = await quotaOf('example_net_bank');
    expect(joint.length).toBe(5);
    expect(quota).toMatchObject({ limit: 3_600_000n, reserved: 3_600_000n, lent: 0n });
  });

  it('is given back when the application ends without payout, once', async () => {
    await open(onlyNetBank('1000000000'));
    await arranged();
    await funding.release('app_1', by());
    await funding.release('app_1', by());
    expect(await quotaOf('example_net_bank')).toMatchObject({ reserved: 0n, lent: 0n });
  });

  it('is lent when the loan is paid out, and a late release takes nothing back', async () => {
    await open(onlyNetBank('1000000000'));
    await arranged();
    await funding.markLent('app_1', by());
    await funding.markLent('app_1', by());
    await funding.release('app_1', by());
    expect(await quotaOf('example_net_bank')).toMatchObject({ reserved: 0n, lent: 720_000n });
  });
});

describe('each funder’s own decision (ILOAN-011)', () => {
  it('is recorded for every share before anybody may sign', async () => {
    await open(onlyNetBank('1000000000'));
    const { routing, decisionIds } = await arranged();
    expect((await funding.decisionsOf(7, 'app_1')).map(({ id, funder, decision, sharePpm }) => [id, funder, decision, sharePpm]).sort()).toEqual(
      routing.shares.map(({ funder, sharePpm }, index) => [decisionIds[index], funder, 'yes', sharePpm]).sort());
    expect(await funding.missingYes(7, 'app_1', routing.shares)).toEqual([]);
    expect(await funding.missingYes(7, 'app_1', [{ funder: 'webank', sharePpm: 1_000_000n }])).toEqual(['webank']);
    expect(await funding.missingYes(7, 'app_2', routing.shares)).toEqual(['webank', 'example_net_bank']);
  });

  it('a veto leaves that funder out, gives its quota back, and asks the others anew', async () => {
    await open(onlyNetBank('1000000000'));
    desk.feels(({ funder }) => (funder === 'example_net_bank' ? { kind: 'veto', reason: 'own_risk_rules' } : { kind: 'yes' }));
    const { routing } = await arranged();
    expect(routing).toMatchObject({ attempt: 2, shares: [{ funder: 'webank', sharePpm: 1_000_000n }], excluded: ['example_net_bank'] });
    expect(await quotaOf('example_net_bank')).toMatchObject({ reserved: 0n });
    expect((await funding.decisionsOf(7, 'app_1')).map(({ attempt, funder, decision, reason }) => [attempt, funder, decision, reason])).toEqual([
      [1, 'example_net_bank', 'veto', 'own_risk_rules'], [1, 'webank', 'yes', null], [2, 'webank', 'yes', null],
    ]);
    expect(await arranged()).toMatchObject({ routing: { attempt: 2 } });
  });

  it('an answer that was lost is asked about by the same id, never asked for twice', async () => {
    await open(onlyNetBank('1000000000'));
    desk.feels(({ funder }) => (funder === 'example_net_bank' ? 'drop_reply' : { kind: 'yes' }));
    expect(await funding.arrange(request(), facts, by())).toEqual({ ok: true, value: { kind: 'unknown', seen: 'example_net_bank: the line was cut' } });
    expect(await funding.missingYes(7, 'app_1', [{ funder: 'example_net_bank', sharePpm: 600_000n }])).toEqual(['example_net_bank']);
    await arranged();
    expect(desk.sent).toHaveLength(2);
    expect(desk.asked).toHaveLength(1);
  });

  it('a question that never arrived goes out again under the same id', async () => {
    await open(onlyNetBank('1000000000'));
    desk.feels(() => ({ kind: 'unknown', seen: 'TimeoutError' }));
    await funding.arrange(request(), facts, by());
    desk.feels(() => ({ kind: 'yes' }));
    await arranged();
    expect(new Set(desk.sent.map(({ id }) => id)).size).toBe(2);
    expect(desk.sent).toHaveLength(4);
  });

  it('nothing that names a person leaves, and each is told its own share', async () => {
    await open(onlyNetBank('1000000000'));
    await arranged();
    expect(desk.sent.map(({ funder, facts: told }) => [funder, told.share_ppm]).sort()).toEqual([['example_net_bank', '600000'], ['webank', '400000']]);
    expect(Object.keys(desk.sent[0]!.facts)).not.toContain('name');
  });
});

describe('the funders on record', () => {
  it('starting again changes nothing', async () => {
    await open();
    await seedFunders({ funnel: database.funnel }, fundersSeed, today);
    expect((await funding.funders(today)).map(({ lender, role }) => [lender.code, role])).toEqual([
      ['example_city_bank', 'partner'], ['example_consumer_finance', 'partner'], ['example_net_bank', 'partner'], ['webank', 'lead'],
    ]);
  });

  it('name themselves as a cost sheet needs it (ILOAN-024)', async () => {
    await open();
    expect(await funding.parties(['example_city_bank'], today)).toEqual([{ code: 'example_city_bank', name_zh: '示例城商行', name_en: 'Example City Bank', licence_no: 'FICTITIOUS-C0001' }]);
    await expect(funding.parties(['ghost'], today)).rejects.toThrow('a funder of a loan is known: ghost');
  });
});
