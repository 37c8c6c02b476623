import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { system, type By } from '../../kernel/actor.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import { shardOf } from '../../kernel/ids.ts';
import { instant } from '../../kernel/instant.ts';
import { sampleBehaviour, sampleBureau } from './domain/sample-evidence.ts';
import type { ApplicationFacts } from './domain/inputs.ts';
import { createDecisioning, weilidaiStrategy, type BehaviourGateway, type BureauGateway, type Decisioning, type Evidence } from './index.ts';

let test: TestDatabase;
let decisioning: Decisioning;
const calls: string[] = [];
/** What the sources do next; each entry is used once, then they answer. */
const trouble: ('lost_before' | 'lost_after' | 'silent')[] = [];
const seen = new Set<string>();

function source<Report>(name: 'bureau' | 'behaviour', supplier: string, report: Report) {
  return {
    source: name, supplier,
    send: async ({ reportId }: { reportId: string }) => {
      calls.push(`send ${name} ${reportId}`);
      const wrong = name === 'bureau' ? trouble.shift() : undefined;
      if (wrong !== 'lost_before') seen.add(reportId);
      return wrong === undefined ? ({ kind: 'report', status: 'found', report } as const) : ({ kind: 'unknown', seen: 'TimeoutError' } as const);
    },
    ask: async (reportId: string) => {
      calls.push(`ask ${name} ${reportId}`);
      if (name === 'bureau' && trouble[0] === 'silent') return trouble.shift() && ({ kind: 'unknown', seen: 'TimeoutError' } as const);
      return seen.has(reportId) ? ({ kind: 'report', status: 'found', report } as const) : ({ kind: 'never_seen' } as const);
    },
  };
}
const bureau = source('bureau', 'pboc_crc', sampleBureau) as BureauGateway;
const behaviour = source('behaviour', 'pudao', sampleBehaviour) as BehaviourGateway;

beforeAll(async () => {
  test = await testDatabase();
  decisioning = createDecisioning({ db: test.db, funnel: test.funnel, bureau, behaviour, strategies: [weilidaiStrategy], priceCeilingPpm: 240_000n });
});
afterAll(() => test.drop());

const AT = instant(Date.UTC(2026, 9, 8, 1));
const by = (key: string, later = 0): By => ({ key, actor: system('test'), at: instant(AT + later) });
const hashOf = (name: string) => createHash('sha256').update(name).digest('hex');
const subject = { name: '赵安白', idNumber: '990000197001010001' };
const about = (applicationId: string) => ({ applicationId, customerId: `cus_${applicationId}`, consentId: 'con_1', purpose: 'loan_approval' });
const factsOf = (applicationId: string): ApplicationFacts => ({
  applicationId, customerId: `cus_${applicationId}`, shard: shardOf(`cus_${applicationId}`), productCode: 'weilidai', lenderType: 'bank', requestedFen: 5_000_000n, months: 12, ageYears: 30, isStudent: false, idNumberHash: hashOf(applicationId),
});
async function evidenceOf(applicationId: string): Promise<Evidence> {
  const gathered = await decisioning.gatherEvidence(subject, about(applicationId), by('g'));
  if (gathered.kind === 'unknown') throw new Error(gathered.seen);
  return gathered.evidence;
}
const rows = async (table: string, applicationId: string) => (await test.db.query(`select * from decisioning.${table} where application_id = $1`, [applicationId])).rows;

describe('gathering evidence', () => {
  it('keeps one snapshot with the time and hash of each source, and gives it again without asking anybody', async () => {
    const first = await evidenceOf('app_once');
    const asked = calls.length;
    const again = await decisioning.gatherEvidence(subject, about('app_once'), by('g2', 60_000));
    expect(again).toEqual({ kind: 'evidence', evidence: first });
    expect(calls.length).toBe(asked);
    expect(first.bureau).toMatchObject({ supplier: 'pboc_crc', consentId: 'con_1', purpose: 'loan_approval', obtainedAt: AT, report: { installment_balance_fen: 2_000_000n } });
    expect(first.bureau.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('writes down who was asked, under which consent and for which purpose (DATA-001)', async () => {
    await evidenceOf('app_logged');
    expect(await rows('report_request', 'app_logged')).toMatchObject([{ source: 'bureau', supplier: 'pboc_crc', consent_id: 'con_1', purpose: 'loan_approval' }, { source: 'behaviour', supplier: 'pudao' }]);
  });

  it('asks nobody without a consent and a purpose (DATA-001)', async () => {
    const before = calls.length;
    expect(await decisioning.gatherEvidence(subject, { ...about('app_noconsent'), consentId: '' }, by('g'))).toMatchObject({ kind: 'unknown' });
    expect(await decisioning.gatherEvidence(subject, { ...about('app_noconsent'), purpose: '' }, by('g'))).toMatchObject({ kind: 'unknown' });
    expect([calls.length - before, await rows('report_request', 'app_noconsent')]).toEqual([0, []]);
  });

  it('keeps neither name nor ID number', async () => {
    await evidenceOf('app_private');
    const kept = JSON.stringify([await rows('report_request', 'app_private'), await rows('evidence', 'app_private')]);
    expect(kept).not.toContain(subject.idNumber);
    expect(kept).not.toContain(subject.name);
  });

  it.each(['lost_after', 'lost_before', 'silent'] as const)('after a reply that never came (%s): asks what became of it, and never makes a second query', async (wrong) => {
    const id = `app_${wrong}`;
    trouble.push(wrong, ...(wrong === 'silent' ? (['silent'] as const) : []));
    const before = calls.length;
    expect(await decisioning.gatherEvidence(subject, about(id), by('g'))).toEqual({ kind: 'unknown', seen: 'bureau: TimeoutError' });
    expect(await rows('evidence', id)).toEqual([]);
    if (wrong === 'silent') expect(await decisioning.gatherEvidence(subject, about(id), by('g'))).toMatchObject({ kind: 'unknown' });
    expect(await decisioning.gatherEvidence(subject, about(id), by('g'))).toMatchObject({ kind: 'evidence' });
    const spoken = calls.slice(before).filter((call) => call.includes('bureau'));
    const ids = new Set(spoken.map((call) => call.split(' ')[2]));
    expect(ids.size).toBe(1);
    expect(spoken.map((call) => call.split(' ')[0])).toEqual({ lost_after: ['send', 'ask'], lost_before: ['send', 'ask', 'send'], silent: ['send', 'ask', 'ask'] }[wrong]);
  });

  it('ten at once end with one snapshot', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, (_, at) => decisioning.gatherEvidence(subject, about('app_ten'), by(`g${at}`, at))));
    for (const one of all) expect(one).toEqual(all[0]);
    expect(await rows('evidence', 'app_ten')).toHaveLength(1);
  });

  it('stops when a snapshot was altered', async () => {
    await evidenceOf('app_altered');
    await test.db.query(`update decisioning.evidence set document = replace(document, '"enquiries_12m":1', '"enquiries_12m":0') where application_id = 'app_altered'`);
    await expect(decisioning.gatherEvidence(subject, about('app_altered'), by('g'))).rejects.toThrow('is as it was kept');
  });
});

describe('deciding', () => {
  it('approves who is invited, tells it, and keeps the decision whole', async () => {
    const told: DomainEvent[] = [];
    test.outbox.on('decision_made', async (event) => void told.push(event));
    await decisioning.invite([hashOf('app_yes')], by('invite-yes'));
    const decision = await decisioning.decide(await evidenceOf('app_yes'), factsOf('app_yes'), by('d'));
    expect(decision).toMatchObject({ outcome: 'approve', limitFen: 7_500_000n, pricePpm: 81_000n });
    expect(await decisioning.find(decision.id)).toEqual(decision);
    expect(told).toMatchObject([{ subject: decision.id, payload: { application_id: 'app_yes', outcome: 'approve' } }]);
  });

  it('declines who is not, naming the rule', async () => {
    const decision = await decisioning.decide(await evidenceOf('app_stranger'), factsOf('app_stranger'), by('d'));
    expect(decision).toMatchObject({ outcome: 'decline', reasons: [{ code: 'not_invited' }] });
  });

  it('decides once: asked again later, even after an invitation, the decision stands', async () => {
    const evidence = await evidenceOf('app_stands');
    const first = await decisioning.decide(evidence, factsOf('app_stands'), by('d'));
    await decisioning.invite([hashOf('app_stands')], by('invite-late'));
    expect(await decisioning.decide(evidence, factsOf('app_stands'), by('d', 3_600_000))).toEqual(first);
    expect(await rows('decision', 'app_stands')).toHaveLength(1);
  });

  it('ten at once give one decision', async () => {
    const evidence = await evidenceOf('app_race');
    const all = await Promise.all(Array.from({ length: 10 }, (_, at) => decisioning.decide(evidence, factsOf('app_race'), by(`d${at}`, at))));
    for (const one of all) expect(one).toEqual(all[0]);
  });

  it('keeps no ID number, nor its hash', async () => {
    await decisioning.decide(await evidenceOf('app_hashless'), factsOf('app_hashless'), by('d'));
    expect(JSON.stringify((await rows('decision', 'app_hashless'))[0], (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(hashOf('app_hashless'));
  });

  it('refuses to decide about one person on the evidence of another', async () => {
    await expect(decisioning.decide(await evidenceOf('app_a'), factsOf('app_b'), by('d'))).rejects.toThrow('about one application');
  });

  it('does not start with a strategy that does not prove, or a source without a licence (DATA-006)', () => {
    const deps = { db: test.db, funnel: test.funnel, bureau, behaviour, strategies: [weilidaiStrategy], priceCeilingPpm: 240_000n };
    expect(() => createDecisioning({ ...deps, priceCeilingPpm: 100_000n })).toThrow('price_over_ceiling');
    expect(() => createDecisioning({ ...deps, behaviour: { ...behaviour, supplier: 'wechat_direct' } })).toThrow('licensed bureau (DATA-006)');
  });
});

describe('a replay', () => {
  it('makes the stored decision again, byte for byte', async () => {
    const decision = await decisioning.decide(await evidenceOf('app_replay'), factsOf('app_replay'), by('d'));
    const replay = await decisioning.replay(decision.id);
    expect(replay).toMatchObject({ same: true });
    expect(replay!.recomputed).toBe(replay!.stored);
  });

  it('still does so under a server whose strategy and cap have changed since', async () => {
    const decision = await decisioning.decide(await evidenceOf('app_old'), factsOf('app_old'), by('d'));
    const cheaper = { ...weilidaiStrategy, version: 2, price: { ...weilidaiStrategy.price, rows: weilidaiStrategy.price.rows.map((row) => ({ ...row, then: { price_ppm: '72_000' } })) } };
    const later = createDecisioning({ db: test.db, funnel: test.funnel, bureau, behaviour, strategies: [cheaper], priceCeilingPpm: 120_000n });
    expect(await later.replay(decision.id)).toMatchObject({ same: true });
  });

  it('sees a stored decision that was altered', async () => {
    const { id } = await decisioning.decide(await evidenceOf('app_forged'), factsOf('app_forged'), by('d'));
    await test.db.query(`update decisioning.decision set document = replace(document, '"outcome":"decline"', '"outcome":"refer"') where id = $1`, [id]);
    await expect(decisioning.replay(id)).rejects.toThrow('is as it was kept');
  });

  it('of a decision that is not there is nothing', async () => expect(await decisioning.replay('dec_none')).toBeNull());
});

describe('the whitelist', () => {
  it('counts the new and the known, and takes the same list again', async () => {
    const [a, b] = [hashOf('one'), hashOf('two')];
    expect(await decisioning.invite([a, b, a], by('w1'))).toEqual({ ok: true, value: { invited: 2, already: 0 } });
    expect(await decisioning.invite([a, hashOf('three')], by('w2'))).toEqual({ ok: true, value: { invited: 1, already: 1 } });
    expect(await decisioning.invite([a, b, a], by('w1'))).toEqual({ ok: true, value: { invited: 2, already: 0 } });
    expect(await decisioning.invite([hashOf('other')], by('w1'))).toMatchObject({ ok: false, error: { code: 'idempotency_key_reused' } });
    expect(await decisioning.isInvited(hashOf('other'))).toBe(false);
    expect([await decisioning.isInvited(a), await decisioning.isInvited(hashOf('four')), await decisioning.isInvited('no hash')]).toEqual([true, false, false]);
  });
});

describe('a borrower', () => {
  it('finds only his own decision', async () => {
    const { id } = await decisioning.decide(await evidenceOf('app_mine'), factsOf('app_mine'), by('d'));
    expect(await decisioning.findOf('cus_app_mine', id)).toMatchObject({ id });
    expect(await decisioning.findOf('cus_other', id)).toBeNull();
  });
});
