import { businessDate } from '@mingdai/loan-math';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { system, type By } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { dayOf, instant, type Instant } from '../../../kernel/instant.ts';
import { ok } from '../../../kernel/result.ts';
import { createFieldCipher, sha256 } from '../../../platform/secrets.ts';
import { createCustomers, type Customers, type LoginAnswer, type SmsMessage } from '../index.ts';
import { messagesOf } from '../repository/messages.ts';
import type { CheckAnswer } from '../domain/identity-check.ts';

const start = instant(Date.UTC(2026, 9, 8, 1));
const DAY = 86_400_000;
const person = { name: '李明华', idNumber: '990000199001010017', phone: '13800001234' };
const other = { name: '王晓燕', idNumber: '990000199001010025', phone: '13900001234' };
const card = '6222021234567890128';

describe('customers', () => {
  let test: TestDatabase;
  let customers: Customers;
  let now: Instant = start;
  let logins: LoginAnswer[] = [];
  const asked: string[] = [];
  let checks: (CheckAnswer | { outcome: 'never_seen' })[] = [];
  const sms: SmsMessage[] = [];
  let smsSays: ('delivered' | 'refused' | 'unknown')[] = [];

  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.drop());
  beforeEach(async () => {
    await test.db.transaction(async (tx) => {
      for (const table of ['customer', 'wechat_account', 'id_number_owner', 'session', 'consent', 'identity_check', 'reading', 'message']) await tx.query(`delete from customers.${table}`);
    });
    now = start;
    logins = [];
    checks = [];
    smsSays = [];
    asked.length = 0;
    sms.length = 0;
    customers = build(true);
  });

  const next = (): CheckAnswer => (checks.shift() ?? { outcome: 'pass', cardToken: 'card_tok' }) as CheckAnswer;
  const build = (acceptsSyntheticIds: boolean): Customers => createCustomers({
    db: test.db, funnel: test.funnel, clock: { now: () => now, today: () => dayOf(now) }, cipher: createFieldCipher('ab'.repeat(32)), acceptsSyntheticIds,
    wechat: { exchange: async (code) => { asked.push(`login ${code}`); return logins.shift() ?? { kind: 'person', openid: code.split('-')[1]! }; } },
    identity: {
      check: async (question) => { asked.push(`check ${question.name} ${question.cardNumber}`); return next(); },
      ask: async (id) => { asked.push(`ask ${id.slice(0, 3)}`); return checks.shift() ?? { outcome: 'unknown' }; },
    },
    sms: { send: async (message) => { sms.push(message); return smsSays.shift() ?? 'delivered'; } },
  });
  const by = (key: string = newId('req')): By => ({ key, actor: { kind: 'borrower', id: 'x' }, at: now });
  const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  };
  const signedIn = async (openid = 'o1') => value(await customers.signIn(`code-${openid}-1`, by(newId('req')))).customerId;
  const registered = async (openid = 'o1', who = person) => {
    const id = await signedIn(openid);
    value(await customers.register(id, who, by()));
    return id;
  };

  describe('signing in', () => {
    it('makes one customer of one WeChat account, however often', async () => {
      const first = await signedIn();
      expect(await signedIn()).toBe(first);
      expect(await signedIn('o2')).not.toBe(first);
    });

    it('gives the same token to the same request sent twice at once', async () => {
      logins = [{ kind: 'person', openid: 'o1' }, { kind: 'refused', reason: 'code_used' }];
      const [one, two] = await Promise.all([customers.signIn('code-o1-1', by('twice')), customers.signIn('code-o1-1', by('twice'))]);
      expect(value(two)).toEqual(value(one));
    });

    it('does not hand out a token that no longer lasts', async () => {
      value(await customers.signIn('code-o1-1', by('late')));
      now = instant(now + 31 * 86_400_000);
      expect(await customers.signIn('code-o1-1', by('late'))).toMatchObject({ ok: false, error: { code: 'login_code_refused', reason: 'code_used' } });
    });

    it('gives the same token for the same request, without showing WeChat the code again', async () => {
      const one = value(await customers.signIn('code-o1-1', by('k')));
      const two = value(await customers.signIn('code-o1-1', by('k')));
      expect(two).toEqual(one);
      expect(asked).toEqual(['login code-o1-1']);
    });

    it('keeps only the hash of a token, and no openid', async () => {
      const { token } = value(await customers.signIn('code-o1-1', by()));
      const { rows } = await test.db.query<{ all: string }>(
        `select (select string_agg(c::text, ' ') from platform.command c) || (select string_agg(s::text, ' ') from customers.session s) || (select string_agg(w::text, ' ') from customers.wechat_account w) as all`);
      expect(rows[0]!.all).not.toContain(token);
      expect(rows[0]!.all).toContain(sha256(token));
      expect(rows[0]!.all).not.toMatch(/\bo1\b/);
    });

    it('lasts 30 business days and no longer', async () => {
      const { token, customerId } = value(await customers.signIn('code-o1-1', by()));
      now = instant(start + 30 * DAY - 1);
      expect(await customers.sessionOf(token)).toMatchObject({ customerId });
      now = instant(start + 30 * DAY);
      expect(await customers.sessionOf(token)).toBeNull();
      expect(await customers.sessionOf('ses_forged')).toBeNull();
    });

    it.each([
      [{ kind: 'refused', reason: 'code_used' }, 'login_code_refused'],
      [{ kind: 'unknown', seen: 'TimeoutError' }, 'login_unavailable'],
    ] as const)('is refused when WeChat says %o', async (answer, code) => {
      logins = [answer];
      expect(await customers.signIn('code-o1-1', by())).toMatchObject({ ok: false, error: { code } });
    });
  });

  describe('registering', () => {
    it('tells the others a token and the age, never who it is', async () => {
      const id = await signedIn();
      const told = value(await customers.register(id, person, by()));
      expect(told).toEqual({ subjectToken: expect.stringMatching(/^sub_[0-9a-f]{32}$/), birthOn: businessDate('1990-01-01'), age: 36, idNumberSha256: sha256(person.idNumber), hasVirtualOperatorPhone: false, region: null });
      const { rows } = await test.db.query<{ all: string }>(`select (select string_agg(c::text, ' ') from customers.customer c) || (select string_agg(p::text, ' ') from platform.command p) as all`);
      for (const secret of [person.name, person.idNumber, person.phone, sha256(person.idNumber)]) expect(rows[0]!.all).not.toContain(secret);
    });

    it('shows the person masked on the own screen', async () => {
      const id = await registered();
      expect(await customers.me(id, by())).toMatchObject({ isRegistered: true, name: '李**', idNumber: '9****************7', phone: '138****1234', card: null });
      expect(await customers.me(await signedIn('o9'), by())).toMatchObject({ isRegistered: false, name: null, idNumber: null, phone: null });
      expect(await customers.me('cus_nobody', by())).toBeNull();
    });

    it('again with a new phone is taken; with another id number it is refused', async () => {
      const id = await registered();
      expect(await customers.register(id, { ...person, phone: '13700001234' }, by())).toMatchObject({ ok: true });
      expect((await customers.me(id, by()))?.phone).toBe('137****1234');
      expect(await customers.register(id, other, by())).toMatchObject({ ok: false, error: { code: 'id_number_fixed' } });
    });

    it('an id number of another customer is refused, also when both come at once', async () => {
      const [one, two] = [await signedIn('o1'), await signedIn('o2')];
      const results = await Promise.all([customers.register(one, person, by()), customers.register(two, { ...person, name: '李鬼' }, by())]);
      expect(results.map((result) => result.ok).sort()).toEqual([false, true]);
      expect(results.find((result) => !result.ok)).toMatchObject({ error: { code: 'id_number_taken' } });
    });

    it.each([
      ['a name with digits', { ...person, name: '李1' }, 'name_malformed'],
      ['a wrong check character (ID-001)', { ...person, idNumber: '990000199001010018' }, 'id_number_malformed'],
      ['a landline (ID-004)', { ...person, phone: '01012345678' }, 'phone_malformed'],
      ['someone of 17 (ILOAN-022)', { ...person, idNumber: '990000201001010017' }, 'applicant_under_age'],
    ])('refuses %s', async (_, given, code) => {
      expect(await customers.register(await signedIn(), given, by())).toMatchObject({ ok: false, error: { code } });
    });

    it('refuses numbers that belong to nobody where the world is real (ID-002), and customers that are none', async () => {
      expect(await build(false).register(await signedIn(), person, by())).toMatchObject({ ok: false, error: { code: 'id_number_malformed', rule: 'ID-002' } });
      expect(await customers.register('cus_nobody', person, by())).toMatchObject({ ok: false, error: { code: 'customer_not_found' } });
    });
  });

  describe('consents (DATA-001, DATA-010, DATA-011)', () => {
    it('given ten times at once is one consent, and taken back is none', async () => {
      const id = await signedIn();
      const given = await Promise.all(Array.from({ length: 10 }, () => customers.giveConsent(id, { purpose: 'bureau_query', recipient: 'bureau' }, by())));
      expect(new Set(given.map((each) => value(each).id)).size).toBe(1);
      value(await customers.withdrawConsent(id, value(given[0]!).id, by()));
      expect(await customers.hasConsent(id, 'bureau_query')).toBe(false);
    });

    it('are given for one purpose and recipient, withdrawn, and given anew', async () => {
      const id = await signedIn();
      const consent = value(await customers.giveConsent(id, { purpose: 'bureau_query', recipient: 'bureau' }, by()));
      expect(consent).toMatchObject({ purpose: 'bureau_query', textVersion: 1, text: expect.stringContaining('「bureau」'), withdrawnAt: null });
      expect(value(await customers.giveConsent(id, { purpose: 'bureau_query', recipient: 'bureau' }, by())).id).toBe(consent.id);
      expect([await customers.hasConsent(id, 'bureau_query', 'bureau'), await customers.hasConsent(id, 'bureau_query', 'another'), await customers.hasConsent(id, 'identity_check')]).toEqual([true, false, false]);
      expect(value(await customers.withdrawConsent(id, consent.id, by())).withdrawnAt).toBe(now);
      expect(await customers.hasConsent(id, 'bureau_query', 'bureau')).toBe(false);
      expect(value(await customers.giveConsent(id, { purpose: 'bureau_query', recipient: 'bureau' }, by())).id).not.toBe(consent.id);
      expect(await customers.consentsOf(id)).toHaveLength(2);
    });

    it('are nobody else’s to withdraw, and only to the current text', async () => {
      const consent = value(await customers.giveConsent(await signedIn(), { purpose: 'bureau_query', recipient: 'bureau' }, by()));
      const stranger = await signedIn('o2');
      expect(await customers.withdrawConsent(stranger, consent.id, by())).toMatchObject({ ok: false, error: { code: 'consent_not_found' } });
      expect(await customers.giveConsent(stranger, { purpose: 'bureau_query', recipient: 'bureau', textVersion: 99 }, by())).toMatchObject({ ok: false, error: { code: 'consent_text_outdated', currentVersion: 1 } });
    });
  });

  describe('a named question', () => {
    it('is answered only with a consent that stands, and is noted: who, for what, when', async () => {
      const id = await registered();
      expect(await customers.subjectFor('bureau_query', id)).toMatchObject({ ok: false, error: { code: 'consent_missing', purpose: 'bureau_query' } });
      expect(await customers.readingsOf(id)).toEqual([]);
      const consent = value(await customers.giveConsent(id, { purpose: 'bureau_query', recipient: 'bureau' }, by()));
      expect(value(await customers.subjectFor('bureau_query', id, system('decisioning')))).toEqual({ name: person.name, idNumber: person.idNumber, consentId: consent.id });
      expect(await customers.readingsOf(id)).toEqual([{ purpose: 'bureau_query', actor: 'system/decisioning', at: now }]);
      value(await customers.withdrawConsent(id, consent.id, by()));
      expect(await customers.subjectFor('behaviour_query', id)).toMatchObject({ ok: false, error: { code: 'consent_missing' } });
    });

    it('about someone who did not register is refused', async () => {
      expect(await customers.subjectFor('contract', await signedIn())).toMatchObject({ ok: false, error: { code: 'customer_not_registered' } });
      expect(await customers.subjectFor('contract', 'cus_nobody')).toMatchObject({ ok: false, error: { code: 'customer_not_found' } });
    });
  });

  describe('the identity check (C3)', () => {
    const consented = async () => {
      const id = await registered();
      value(await customers.giveConsent(id, { purpose: 'identity_check', recipient: 'identity' }, by()));
      return id;
    };
    const question = { checkId: 'idc_1', cardNumber: card, faceTicket: 'face-1' };

    it('passes, binds the card by its token, and is not put twice', async () => {
      const id = await consented();
      const passed = { ok: true, value: { outcome: 'pass', reasons: [], cardToken: 'card_tok' } };
      expect(await customers.identify(id, question, by())).toEqual(passed);
      expect(await customers.identify(id, question, by())).toEqual(passed);
      expect(asked.filter((line) => line.startsWith('check'))).toEqual([`check ${person.name} ${card}`]);
      expect(await customers.cardOf(id)).toEqual({ token: 'card_tok', last4: '0128' });
      const { rows } = await test.db.query<{ all: string }>(`select (select string_agg(c::text, ' ') from customers.identity_check c) || (select string_agg(p::text, ' ') from platform.command p) as all`);
      expect(rows[0]!.all).not.toContain(card);
      const { rows: commands } = await test.db.query<{ answer: string }>('select answer from platform.command');
      expect(commands.filter(({ answer }) => answer?.includes('card_tok'))).toEqual([]);
    });

    it('fails with its reasons, and a failed check stays failed', async () => {
      const id = await consented();
      checks = [{ outcome: 'fail', reasons: ['card_mismatch'] }];
      expect(await customers.identify(id, question, by())).toEqual({ ok: true, value: { outcome: 'fail', reasons: ['card_mismatch'] } });
      expect(await customers.identify(id, question, by())).toEqual({ ok: true, value: { outcome: 'fail', reasons: ['card_mismatch'] } });
      expect(await customers.cardOf(id)).toBeNull();
    });

    it('without an answer is asked about, and put again only when the provider never saw it', async () => {
      const id = await consented();
      checks = [{ outcome: 'unknown' }, { outcome: 'unknown' }, { outcome: 'never_seen' }, { outcome: 'pass', cardToken: 'card_tok' }];
      const outcomes = [];
      for (let tries = 0; tries < 3; tries++) outcomes.push(value(await customers.identify(id, question, by())).outcome);
      expect(outcomes).toEqual(['unknown', 'unknown', 'pass']);
      expect(asked.slice(1).map((line) => line.split(' ')[0])).toEqual(['check', 'ask', 'ask', 'check']);
    });

    it('can be asked about without the card number', async () => {
      const id = await consented();
      checks = [{ outcome: 'unknown' }, { outcome: 'never_seen' }, { outcome: 'pass', cardToken: 'card_tok' }];
      await customers.identify(id, question, by());
      expect(value(await customers.askIdentity(id, 'idc_1', by())).outcome).toBe('unknown');
      expect(value(await customers.askIdentity(id, 'idc_1', by())).outcome).toBe('pass');
      expect(await customers.cardOf(id)).toEqual({ token: 'card_tok', last4: '0128' });
    });

    it('is refused without consent, with a card that is none, and for another card under the same id', async () => {
      const without = await registered('o2', other);
      expect(await customers.identify(without, question, by())).toMatchObject({ ok: false, error: { code: 'consent_missing', purpose: 'identity_check' } });
      const id = await consented();
      expect(await customers.identify(id, { ...question, cardNumber: '6222021234567890129' }, by())).toMatchObject({ ok: false, error: { code: 'card_number_malformed' } });
      await customers.identify(id, question, by());
      expect(await customers.identify(id, { ...question, cardNumber: '6200000000000005' }, by())).toMatchObject({ ok: false, error: { code: 'identity_check_reused' } });
      expect(asked.filter((line) => line.startsWith('check'))).toHaveLength(1);
    });
  });

  describe('a text message', () => {
    const askedFor = async (id: string, fails = false) => {
      await test.db.transaction(async (tx) => {
        await customers.message(tx, now, { customerId: id, template: 'payout_done', params: { amount: '12000.00', card: '0128' } });
        if (fails) throw new Error('rolled back');
      }).catch(() => undefined);
      return ok(null);
    };

    it('goes out after its reason is committed, once, and its outcome is kept', async () => {
      const id = await registered();
      await askedFor(id);
      expect(sms).toEqual([]);
      expect(await customers.sendMessages(10)).toEqual({ sent: 1 });
      expect(await customers.sendMessages(10)).toEqual({ sent: 0 });
      expect(sms).toMatchObject([{ phone: person.phone, text: '您的借款12000.00元已到账尾号0128的银行卡。' }]);
      expect(await messagesOf(test.db, id)).toEqual([{ template: 'payout_done', status: 'delivered', attempts: 1 }]);
      expect((await customers.readingsOf(id)).map((reading) => reading.purpose)).toEqual(['message']);
    });

    it('never goes out when its reason is rolled back', async () => {
      await askedFor(await registered(), true);
      expect(await customers.sendMessages(10)).toEqual({ sent: 0 });
    });

    it('is tried again under the same id while nobody knows, five times in all', async () => {
      const id = await registered();
      await askedFor(id);
      smsSays = Array.from({ length: 9 }, () => 'unknown' as const);
      await customers.sendMessages(10);
      expect(await customers.sendMessages(10)).toEqual({ sent: 0 });
      for (let tries = 0; tries < 8; tries++) await customers.sendMessages(10, 0);
      expect(sms).toHaveLength(5);
      expect(new Set(sms.map((message) => message.id)).size).toBe(1);
      expect(await messagesOf(test.db, id)).toMatchObject([{ status: 'given_up', attempts: 5 }]);
    });

    it('is taken in hand by one of two processes', async () => {
      const id = await registered();
      for (let n = 0; n < 20; n++) await askedFor(id);
      const done = await Promise.all([customers.sendMessages(20), customers.sendMessages(20)]);
      expect(done[0]!.sent + done[1]!.sent).toBe(20);
      expect(new Set(sms.map((message) => message.id)).size).toBe(20);
      expect(sms).toHaveLength(20);
    });
  });
});
