import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bureauFile, DAY_MS, originationHarness, READING_SECONDS, stepsOf, type OriginationHarness, type TestPerson } from '../../../test/support/origination.ts';
import { dayOf } from '../../kernel/instant.ts';

let house: OriginationHarness;
beforeAll(async () => { house = await originationHarness(); });
afterAll(() => house.close());
afterEach(() => house.noFaults());

const origination = () => house.modules.origination;
const codeOf = async (answer: Promise<{ ok: boolean; error?: { code: string } }>): Promise<string> => (await answer).error?.code ?? 'ok';
const quota = async () => {
  const { funding } = house.modules;
  return (await funding.quotas(await funding.funders(dayOf(house.now())))).find(({ funder }) => funder === 'example_net_bank')!;
};
const heldFor = async (id: string) => (await house.database.db.query<{ amount_fen: bigint }>(`select amount_fen from funding.reservation where application_id = $1 and state = 'held'`, [id])).rows.map((row) => row.amount_fen);
const held = async () => (await quota()).reserved;
const found = async ({ customerId }: TestPerson, id: string) => {
  const view = await origination().find(customerId, id);
  if (!view.ok) throw new Error(view.error.code);
  return view.value;
};
const statusOf = async (person: TestPerson, id: string) => {
  const { app } = await found(person, id);
  return app.status === 'closed' ? `closed: ${app.reason}` : app.status;
};
const count = async (table: string, id: string) => Number((await house.database.db.query<{ n: bigint }>(`select count(*) as n from ${table} where application_id = $1`, [id])).rows[0]!.n);

describe('the five stages', () => {
  it('an invited person of good standing goes from the wish to the money', async () => {
    const person = await house.person();
    const { apply, identify, read, sign } = stepsOf(house, person);
    const before = await quota();
    const applied = await apply();
    expect(applied.app.status).toBe('offered');
    expect(applied.decision).toMatchObject({ outcome: 'approve' });
    expect(applied.offer!.shares).toEqual([{ funder: 'webank', sharePpm: 400_000n }, { funder: 'example_net_bank', sharePpm: 600_000n }]);
    expect(await held()).toBe(before.reserved + 720_000n);
    const { id } = applied.app;
    expect((await identify(id)).app.status).toBe('identified');
    const hash = await read(id);
    const { app } = await sign(id, hash);
    expect(app.status).toBe('completed');
    expect(await quota()).toMatchObject({ reserved: before.reserved, lent: before.lent + 720_000n });
    const loans = await house.modules.servicing.loansOf(person.customerId);
    expect(loans).toMatchObject([{ status: 'active', principal: 1_200_000n }]);
    expect(app).toMatchObject({ loanId: loans[0]!.id });
  });

  it('evidence of the reading is kept: who, when, which version, how long it lay open (RATE-005)', async () => {
    const person = await house.person();
    const { id, sheetHash } = await stepsOf(house, person).readyToSign();
    const { rows } = await house.database.db.query<{ kind: string; sheet_hash: string; at: bigint; evidence: Record<string, unknown> }>(
      'select kind, sheet_hash, at, evidence from origination.sheet_reading where application_id = $1 order by at', [id]);
    expect(rows.map(({ kind, sheet_hash }) => [kind, sheet_hash])).toEqual([['opened', sheetHash], ['confirmed', sheetHash]]);
    expect(rows[1]!.at - rows[0]!.at).toBe(BigInt(READING_SECONDS * 1000));
    expect(rows[1]!.evidence).toMatchObject({ actor: person.customerId, seconds_open: READING_SECONDS });
  });

  it('a decline names its reasons, and holds nothing of any funder', async () => {
    const person = await house.person({ bureau: bureauFile({ accounts_overdue_now: 2, overdue_now_fen: '860000' }) });
    const before = await held();
    const { app, decision } = await stepsOf(house, person).apply();
    expect(app).toMatchObject({ status: 'closed', reason: 'declined' });
    expect(decision!.reasons.map(({ code }) => code)).toContain('overdue_now');
    expect(await held()).toBe(before);
  });

  it('what nobody can decide from is referred to a person, and ends here', async () => {
    const nothing = { status: 'not_found', report: {} };
    const person = await house.person({ bureau: nothing, behaviour: nothing });
    const { app, decision } = await stepsOf(house, person).apply();
    expect(decision).toMatchObject({ outcome: 'refer' });
    expect(app).toMatchObject({ status: 'closed', reason: 'referred' });
  });

  it('a consent taken back while the bureau is silent ends the application: nobody is asked any more (DATA-010)', async () => {
    const person = await house.person();
    await house.fault({ target: 'bureau.reports', mode: 'http_500', times: 9 });
    const { app } = await stepsOf(house, person).apply();
    expect(app.status).toBe('submitted');
    const consent = (await house.modules.customers.consentsOf(person.customerId)).find(({ purpose }) => purpose === 'bureau_query')!;
    await house.modules.customers.withdrawConsent(person.customerId, consent.id, house.by(person.customerId));
    await origination().driveStopped(100, 0);
    expect((await found(person, app.id)).app).toMatchObject({ status: 'closed', reason: 'withdrawn', detail: 'consent_withdrawn' });
  });

  it('a bureau that answered nothing is asked about later, and the application goes on', async () => {
    const person = await house.person();
    await house.fault({ target: 'bureau.reports', mode: 'drop_reply' });
    const { app } = await stepsOf(house, person).apply();
    expect(app.status).toBe('submitted');
    await origination().driveStopped(100, 0);
    expect(await statusOf(person, app.id)).toBe('offered');
  });
});

describe('funders', () => {
  it('a veto routes the loan to others, and gives back what the one who refused held', async () => {
    const person = await house.person();
    const before = await held();
    await house.fault({ target: 'funders.decisions', mode: 'refuse', match: 'example_net_bank' });
    const { app, offer } = await stepsOf(house, person).apply();
    expect(app.status).toBe('offered');
    expect(offer!.shares).toEqual([{ funder: 'webank', sharePpm: 1_000_000n }]);
    expect(await held()).toBe(before);
  });

  it('a loan nobody funds ends the application', async () => {
    const person = await house.person();
    await house.fault({ target: 'funders.decisions', mode: 'refuse', match: 'webank', times: 5 });
    const before = await held();
    const { app } = await stepsOf(house, person).apply();
    expect(app).toMatchObject({ status: 'closed', reason: 'no_funder' });
    expect(await held()).toBe(before);
  });

  it('an answer that was lost is asked about later, also on another day: the question stays the same', async () => {
    const person = await house.person();
    await house.fault({ target: 'funders.decisions', mode: 'drop_reply', match: 'example_net_bank' });
    const { app } = await stepsOf(house, person).apply();
    expect(app.status).toBe('decided');
    await house.later(25 * DAY_MS);
    await origination().driveStopped(100, 0);
    const { app: later, offer } = await found(person, app.id);
    expect(later.status).toBe('offered');
    expect(offer!.shares).toHaveLength(2);
  });

  it('a person who walks away while a funder is silent leaves nothing held', async () => {
    const person = await house.person();
    const before = await held();
    await house.fault({ target: 'funders.decisions', mode: 'http_500', match: 'example_net_bank' });
    const { app } = await stepsOf(house, person).apply();
    expect(app.status).toBe('decided');
    expect(await held()).toBe(before + 720_000n);
    await origination().withdraw(person.customerId, app.id, house.by(person.customerId));
    expect(await held()).toBe(before);
    expect(house.database.wakes).toContainEqual({ job: 'origination_late_release', afterSeconds: 120, payload: { application_id: app.id } });
    await origination().releaseLate(app.id);
    expect(await held()).toBe(before);
  });

  it('the region a funder lends in is the id number’s, and nothing else of it (ILOAN-016)', async () => {
    const shanghai = await house.person({ area: '310101' });
    const { app } = await stepsOf(house, shanghai).apply();
    expect(app.request.region).toBe('31');
    const { rows } = await house.database.db.query<{ facts: string }>('select facts::text as facts from funding.question where application_id = $1', [app.id]);
    for (const { facts } of rows) {
      expect(JSON.parse(facts)).toMatchObject({ region: '31' });
      expect(facts).not.toContain(shanghai.applicant.idNumber);
    }
    expect((await stepsOf(house, await house.person()).apply()).app.request.region).toBeNull();
  });
});

describe('an end without payout', () => {
  it('gives the funders their room back: withdrawn', async () => {
    const person = await house.person();
    const before = await held();
    const { app: { id } } = await stepsOf(house, person).apply();
    expect(await codeOf(origination().withdraw(person.customerId, id, house.by(person.customerId, 'w')))).toBe('ok');
    expect(await statusOf(person, id)).toBe('closed: withdrawn');
    expect(await held()).toBe(before);
    expect(await codeOf(origination().withdraw(person.customerId, id, house.by(person.customerId, 'w')))).toBe('ok');
    expect(await codeOf(origination().withdraw(person.customerId, id, house.by(person.customerId)))).toBe('application_closed');
  });

  it('gives the funders their room back: run out; and a new application is taken before any sweep', async () => {
    const person = await house.person();
    const { apply } = stepsOf(house, person);
    const first = await apply();
    expect(await heldFor(first.app.id)).toEqual([720_000n]);
    await house.later(first.offer!.expiresAt - house.now());
    expect(await codeOf(origination().identify(person.customerId, first.app.id, { ...person, by: house.by(person.customerId) }))).toBe('offer_expired');
    expect(await codeOf(origination().openSheet(person.customerId, first.app.id, house.by(person.customerId)))).toBe('offer_expired');
    const second = await apply();
    expect(await statusOf(person, first.app.id)).toBe('closed: expired');
    expect([await heldFor(first.app.id), await heldFor(second.app.id)]).toEqual([[], [720_000n]]);
    await house.later(second.offer!.expiresAt - house.now());
    await origination().expireOffers(100);
    expect(await statusOf(person, second.app.id)).toBe('closed: expired');
    expect(await heldFor(second.app.id)).toEqual([]);
  });

  it('gives the funders their room back: three cards that are not the person’s', async () => {
    const [person, other] = [await house.person(), await house.person()];
    const before = await held();
    const { app: { id } } = await stepsOf(house, person).apply();
    const tryOthers = (key: string) => origination().identify(person.customerId, id, { cardNumber: other.cardNumber, faceTicket: person.faceTicket, by: house.by(person.customerId, key) });
    expect(await tryOthers('t1')).toMatchObject({ ok: true, value: { app: { status: 'offered', failedChecks: 1 } } });
    expect(await tryOthers('t1')).toMatchObject({ ok: true, value: { app: { status: 'offered', failedChecks: 1 } } });
    await tryOthers('t2');
    expect(await tryOthers('t3')).toMatchObject({ ok: true, value: { app: { status: 'closed', reason: 'identity_failed' } } });
    expect(await tryOthers('t3')).toMatchObject({ ok: true, value: { app: { status: 'closed', reason: 'identity_failed' } } });
    expect(await codeOf(tryOthers('t4'))).toBe('application_closed');
    expect(await held()).toBe(before);
  });

  it('gives the funders their room back: the bank refuses the payout', async () => {
    const person = await house.person();
    const before = await held();
    const { id, sheetHash } = await stepsOf(house, person).readyToSign();
    await house.fault({ target: 'bank.payouts', mode: 'refuse' });
    const { app } = await stepsOf(house, person).sign(id, sheetHash, 's');
    expect(app).toMatchObject({ status: 'closed', reason: 'payout_refused' });
    expect(await held()).toBe(before);
    expect(await codeOf(origination().sign(person.customerId, id, { sheetHash, by: house.by(person.customerId, 's') }))).toBe('ok');
    expect(await house.modules.servicing.loansOf(person.customerId)).toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('at once', () => {
  it('two signatures make one contract, one loan and one payout; the second is told', async () => {
    const person = await house.person();
    const { id, sheetHash } = await stepsOf(house, person).readyToSign();
    const both = await Promise.all(['a', 'b'].map((key) => codeOf(origination().sign(person.customerId, id, { sheetHash, by: house.by(person.customerId, key) }))));
    expect(both.sort()).toEqual(['application_closed', 'ok']);
    expect(await count('origination.contract', id)).toBe(1);
    expect(await house.modules.servicing.loansOf(person.customerId)).toHaveLength(1);
    expect(await codeOf(origination().sign(person.customerId, id, { sheetHash, by: house.by(person.customerId) }))).toBe('application_closed');
  });

  it('the same signature sent five times is one, and each is answered', async () => {
    const person = await house.person();
    const { id, sheetHash } = await stepsOf(house, person).readyToSign();
    const all = await Promise.all(Array.from({ length: 5 }, () => codeOf(origination().sign(person.customerId, id, { sheetHash, by: house.by(person.customerId, 'once') }))));
    expect(all).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(await count('origination.contract', id)).toBe(1);
    expect(await statusOf(person, id)).toBe('completed');
  });

  it('of two applications one is taken, and the other is told which', async () => {
    const person = await house.person();
    const { wish } = stepsOf(house, person);
    const both = await Promise.all(['a', 'b'].map((key) => origination().submit(person.customerId, wish, house.by(person.customerId, key))));
    const [taken] = both.flatMap((each) => (each.ok ? [each.value.app.id] : []));
    const [refused] = both.flatMap((each) => (each.ok ? [] : [each.error]));
    expect(refused).toEqual({ code: 'application_already_open', application_id: taken });
    expect(await origination().list(person.customerId)).toHaveLength(1);
  });

  it('driven by several, an application gets one decision and one offer', async () => {
    const person = await house.person();
    await house.fault({ target: 'funders.decisions', mode: 'http_500', match: 'example_net_bank' });
    const { app: { id } } = await stepsOf(house, person).apply();
    await Promise.all([1, 2, 3].map(() => origination().driveStopped(100, 0)));
    expect(await statusOf(person, id)).toBe('offered');
    expect(await count('origination.offer', id)).toBe(1);
    expect(await count('decisioning.decision', id)).toBe(1);
  });

  it('two openings on another day make one new version', async () => {
    const person = await house.person();
    const { app: { id } } = await stepsOf(house, person).apply();
    await house.later(DAY_MS);
    const both = await Promise.all([1, 2, 3].map(() => origination().openSheet(person.customerId, id, house.by(person.customerId))));
    expect(both.map((each) => each.ok && [each.value.offer.sheet.version, each.value.offer.sheetHash === (both[0]!.ok && both[0]!.value.offer.sheetHash)])).toEqual([[2, true], [2, true], [2, true]]);
    expect(await count('origination.offer', id)).toBe(2);
  });
});
