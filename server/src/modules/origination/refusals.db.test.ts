import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, originationHarness, READING_SECONDS, stepsOf, type OriginationHarness, type TestPerson } from '../../../test/support/origination.ts';

let house: OriginationHarness;
beforeAll(async () => { house = await originationHarness(); });
afterAll(() => house.close());
afterEach(() => house.noFaults());

const origination = () => house.modules.origination;
type Answered = { readonly ok: boolean; readonly error?: { readonly code: string } };
const codeOf = async (answer: Promise<Answered>): Promise<string> => (await answer).error?.code ?? 'ok';
const sign = (person: TestPerson, id: string, sheetHash: string, key?: string) => origination().sign(person.customerId, id, { sheetHash, by: house.by(person.customerId, key) });
const confirm = (person: TestPerson, id: string, sheetHash: string, key?: string) => origination().confirmSheet(person.customerId, id, { sheetHash, by: house.by(person.customerId, key) });
const open = (person: TestPerson, id: string, key?: string) => origination().openSheet(person.customerId, id, house.by(person.customerId, key));
const hashOf = async (answer: ReturnType<typeof open>): Promise<string> => {
  const opened = await answer;
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value.offer.sheetHash;
};
const NO_HASH = '0'.repeat(64);

describe('applying is refused', () => {
  it('for what may not be borrowed for (ILOAN-007), before anything is known of the person', async () => {
    const person = await house.person({ consents: [] });
    const { wish } = stepsOf(house, person);
    const submit = (changes: object) => origination().submit(person.customerId, { ...wish, request: { ...wish.request, ...changes } }, house.by(person.customerId));
    expect(await submit({ purpose: 'stocks', amountFen: 1n })).toMatchObject({ error: { code: 'purpose_forbidden', rule: 'ILOAN-007' } });
    expect(await codeOf(submit({ amountFen: 1n }))).toBe('amount_outside_product');
    expect(await codeOf(submit({}))).toBe('consent_needed');
    expect(await origination().list(person.customerId)).toEqual([]);
  });

  it.each(['bureau_query', 'funder_share'] as const)('without the consent to %s (DATA-001, DATA-011); once it is given, the same request is taken', async (missing) => {
    const person = await house.person({ consents: (['bureau_query', 'funder_share', 'identity_check'] as const).filter((each) => each !== missing) });
    const { wish, apply } = stepsOf(house, person);
    expect(await origination().submit(person.customerId, wish, house.by(person.customerId, 'same'))).toMatchObject({ error: { code: 'consent_needed', purpose: missing } });
    await house.modules.customers.giveConsent(person.customerId, { purpose: missing, recipient: 'them' }, house.by(person.customerId));
    expect((await apply('same')).app.status).toBe('offered');
  });

  it('while another application is open; the same request again is answered with its own, whatever was withdrawn since', async () => {
    const person = await house.person();
    const { apply, wish } = stepsOf(house, person);
    const { app } = await apply('first');
    expect(await origination().submit(person.customerId, wish, house.by(person.customerId))).toMatchObject({ error: { code: 'application_already_open', application_id: app.id } });
    for (const { id } of await house.modules.customers.consentsOf(person.customerId)) await house.modules.customers.withdrawConsent(person.customerId, id, house.by(person.customerId));
    expect((await apply('first')).app).toEqual(app);
    const other = { ...wish, request: { ...wish.request, amountFen: 1_300_000n } };
    expect(await codeOf(origination().submit(person.customerId, other, house.by(person.customerId, 'first')))).toBe('idempotency_key_reused');
  });
});

describe('an application is', () => {
  it('unknown to anybody but its person', async () => {
    const [person, stranger] = [await house.person(), await house.person()];
    const { id, sheetHash } = await stepsOf(house, person).readyToSign();
    expect(await codeOf(origination().find(stranger.customerId, id))).toBe('application_not_found');
    expect(await codeOf(open(stranger, id))).toBe('application_not_found');
    expect(await codeOf(confirm(stranger, id, sheetHash))).toBe('application_not_found');
    expect(await codeOf(sign(stranger, id, sheetHash))).toBe('application_not_found');
    expect(await codeOf(origination().withdraw(stranger.customerId, id, house.by(stranger.customerId)))).toBe('application_not_found');
    expect(await codeOf(origination().identify(stranger.customerId, id, { ...stranger, by: house.by(stranger.customerId) }))).toBe('application_not_found');
  });

  it('not signed before the card is known to be the person’s', async () => {
    const person = await house.person();
    const { apply, read } = stepsOf(house, person);
    const { app: { id } } = await apply();
    expect(await codeOf(sign(person, id, await read(id)))).toBe('application_not_ready');
  });

  it('closed for good once it was withdrawn', async () => {
    const person = await house.person();
    const { id, sheetHash } = await stepsOf(house, person).readyToSign();
    await origination().withdraw(person.customerId, id, house.by(person.customerId));
    expect(await codeOf(sign(person, id, sheetHash))).toBe('application_closed');
    expect(await codeOf(open(person, id))).toBe('application_closed');
    expect(await codeOf(confirm(person, id, sheetHash))).toBe('application_closed');
  });
});

describe('the cost sheet (RATE-005)', () => {
  it('is confirmed only when opened, and signed only when that version was confirmed', async () => {
    const person = await house.person();
    const { apply, identify } = stepsOf(house, person);
    const { app, offer } = await apply();
    await identify(app.id);
    const hash = offer!.sheetHash;
    expect(await codeOf(confirm(person, app.id, NO_HASH))).toBe('cost_sheet_differs');
    expect(await codeOf(confirm(person, app.id, hash))).toBe('cost_sheet_not_opened');
    expect(await codeOf(sign(person, app.id, NO_HASH))).toBe('cost_sheet_differs');
    expect(await codeOf(sign(person, app.id, hash))).toBe('cost_sheet_not_opened');
    expect(await hashOf(open(person, app.id))).toBe(hash);
    await house.later(READING_SECONDS * 1000 - 1);
    expect(await confirm(person, app.id, hash)).toMatchObject({ error: { code: 'cost_sheet_not_read', seconds_needed: READING_SECONDS, seconds_read: READING_SECONDS - 1 } });
    await house.later(1);
    await open(person, app.id); // opened again: the first opening stands
    expect(await codeOf(sign(person, app.id, hash))).toBe('cost_sheet_not_confirmed');
    expect(await codeOf(confirm(person, app.id, hash))).toBe('ok');
    expect(await codeOf(sign(person, app.id, hash))).toBe('ok');
  });

  it('opened on another day is a new version with that day’s schedule, and what was confirmed before counts no more', async () => {
    const person = await house.person();
    const { id, sheetHash: first } = await stepsOf(house, person).readyToSign();
    await house.later(DAY_MS);
    expect(await codeOf(sign(person, id, first))).toBe('cost_sheet_outdated');
    const opened = await open(person, id);
    if (!opened.ok) throw new Error(opened.error.code);
    const { sheet, sheetHash: second, terms } = opened.value.offer;
    expect(sheet).toMatchObject({ version: 2, starts_on: new Date(house.now()).toISOString().slice(0, 10) });
    expect(second).not.toBe(first);
    expect(terms.principal).toBe(1_200_000n);
    expect(await codeOf(sign(person, id, first))).toBe('cost_sheet_differs');
    expect(await codeOf(sign(person, id, second))).toBe('cost_sheet_not_confirmed');
    await house.later(READING_SECONDS * 1000);
    await confirm(person, id, second);
    expect(await sign(person, id, second)).toMatchObject({ ok: true, value: { app: { status: 'completed' } } });
  });

  it('opened and confirmed again under the same keys is answered as before, also after the signature and on another day', async () => {
    const person = await house.person();
    const { apply, identify } = stepsOf(house, person);
    const { app: { id } } = await apply();
    await identify(id, 'i');
    const opened = await open(person, id, 'o');
    const hash = await hashOf(Promise.resolve(opened));
    await house.later(READING_SECONDS * 1000);
    const confirmed = await confirm(person, id, hash, 'c');
    await sign(person, id, hash, 's');
    await house.later(2 * DAY_MS);
    expect(await open(person, id, 'o')).toEqual(opened);
    expect(await confirm(person, id, hash, 'c')).toEqual(confirmed);
    expect(await codeOf(confirm(person, id, NO_HASH, 'c'))).toBe('idempotency_key_reused');
    expect(await codeOf(origination().identify(person.customerId, id, { ...person, by: house.by(person.customerId, 'i') }))).toBe('ok');
    expect(await sign(person, id, hash, 's')).toMatchObject({ ok: true, value: { app: { status: 'completed' } } });
    expect(await codeOf(sign(person, id, NO_HASH, 's'))).toBe('idempotency_key_reused');
    expect(await codeOf(open(person, id))).toBe('application_closed');
  });
});

describe('signing is refused', () => {
  it('when a funder’s own yes is missing (ILOAN-011)', async () => {
    const person = await house.person();
    const { id, sheetHash } = await stepsOf(house, person).readyToSign();
    await house.database.db.query(`delete from funding.decision where application_id = $1 and funder = 'example_net_bank'`, [id]);
    expect(await sign(person, id, sheetHash)).toMatchObject({ error: { code: 'funder_decision_missing', funders: ['example_net_bank'] } });
  });

  it('when a consent that the contract rests on was taken back (DATA-010)', async () => {
    const person = await house.person();
    const { id, sheetHash } = await stepsOf(house, person).readyToSign();
    const consent = (await house.modules.customers.consentsOf(person.customerId)).find(({ purpose }) => purpose === 'funder_share')!;
    await house.modules.customers.withdrawConsent(person.customerId, consent.id, house.by(person.customerId));
    expect(await sign(person, id, sheetHash)).toMatchObject({ error: { code: 'consent_needed', purpose: 'funder_share' } });
  });
});

describe('the identity check (C3)', () => {
  it('without an answer is no failed try: the same request again learns how it ended', async () => {
    const person = await house.person();
    const { apply, identify } = stepsOf(house, person);
    const { app: { id } } = await apply();
    await house.fault({ target: 'identity.checks', mode: 'drop_reply' });
    const ask = () => origination().identify(person.customerId, id, { ...person, by: house.by(person.customerId, 'k') });
    expect(await codeOf(ask())).toBe('identity_check_unknown');
    expect(await ask()).toMatchObject({ ok: true, value: { app: { status: 'identified', failedChecks: 0 } } });
    expect((await identify(id, 'k')).app.status).toBe('identified');
  });

  it('is not asked for again once a card has passed: the money goes to that card', async () => {
    const person = await house.person();
    const { apply, identify } = stepsOf(house, person);
    const { app: { id } } = await apply();
    await identify(id);
    const before = await house.modules.customers.cardOf(person.customerId);
    expect(await codeOf(origination().identify(person.customerId, id, { ...person, by: house.by(person.customerId) }))).toBe('application_not_ready');
    expect(await house.modules.customers.cardOf(person.customerId)).toEqual(before);
  });

  it('of one key is about one card', async () => {
    const [person, other] = [await house.person(), await house.person()];
    const { apply } = stepsOf(house, person);
    const { app: { id } } = await apply();
    const ask = (cardNumber: string) => origination().identify(person.customerId, id, { cardNumber, faceTicket: person.faceTicket, by: house.by(person.customerId, 'one') });
    await ask(other.cardNumber);
    expect(await codeOf(ask(person.cardNumber))).toBe('identity_check_reused');
  });
});
