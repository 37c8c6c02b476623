import type { Words } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, signStatement, verifyStatement, type Json, type StatementJson, type StatementReport } from '../src/index.ts';
import { sealsOf } from '../src/seals.ts';
import { EXAMPLE_KEY, exampleStatement, testSigner, textOf } from './example.ts';

type Members = Record<string, Json>;
const TRUSTED = { trustedKeyIds: [fingerprintOf(EXAMPLE_KEY.publicKey)] };
const statement = exampleStatement();
const text = textOf(statement);

/** A statement whose issuer itself put something else into it, sealed and signed anew by the trusted key. */
function issued(change: (statement: { [name: string]: Json } & { loan: Members; events: Members[]; claimed: Members }) => void): StatementReport {
  const copy = JSON.parse(JSON.stringify(statement)) as Parameters<typeof change>[0];
  change(copy);
  const { signature: _signature, seals: _seals, ...content } = copy;
  return verifyStatement(textOf(signStatement({ ...content, seals: sealsOf(content) }, EXAMPLE_KEY)), TRUSTED);
}

const wordsOf = ({ problems }: StatementReport): readonly Words[] => problems.map(({ what }) => what);

describe('an issuer who signs what cannot be', () => {
  it.each<readonly [string, Parameters<typeof issued>[0], string, RegExp]>([
    ['a statement of a day to come', (s) => { s['as_of'] = '2026-12-31'; }, 'as_of', /2026-12-30, on which the statement was issued/],
    ['an event booked after the statement was issued', (s) => { s.events[3]!['booked_at'] = '2027-01-01T00:00:00.000Z'; }, 'events[3].booked_at', /booked after/],
    ['money paid out before the contract was signed', (s) => { s.loan['signed_at'] = '2026-10-09T01:00:00.000Z'; }, 'events[0].value_on', /2026-10-09, on which the contract was signed/],
    ['a contract signed after the statement was issued', (s) => { s.loan['signed_at'] = '2027-01-01T00:00:00.000Z'; }, 'loan.signed_at', /signed after/],
    ['events in another order than they were learned of', (s) => { s.events.reverse(); }, 'events[1].sequence', /in the order/],
    ['two events of one number', (s) => { s.events[2]!['sequence'] = 2; }, 'events[2].sequence', /not above the one before/],
    ['funders who lend more than the whole', (s) => { (s.loan['shares'] as Members[])[0]!['share_ppm'] = '300000'; }, 'loan.shares', /add up/],
    ['one funder twice', (s) => { (s.loan['shares'] as Members[])[0]!['funder'] = 'bank_b'; }, 'loan.shares', /different funders/],
    ['no funder', (s) => { s.loan['shares'] = []; }, 'loan.shares', /add up/],
    ['a statement that corrects itself', (s) => { s['supersedes'] = s['id']!; }, 'supersedes', /itself/],
    ['a second payout', (s) => { s.events.push({ ...s.events[0]!, id: 'evt_8', sequence: 10 }); s['known_through'] = 10; }, 'events[7]', /disbursed twice/],
    ['an event it says it does not know', (s) => { s['known_through'] = 8; }, 'events[6].sequence', /later one/],
    ['an event that counts from tomorrow', (s) => { s.events[6]!['value_on'] = '2026-12-31'; }, 'events[6].value_on', /after the day of the statement/],
    ['installments in another order', (s) => { (s.claimed['installments'] as Json[]).reverse(); }, 'claimed.installments[0].number', /another/],
    ['an installment less', (s) => { (s.claimed['installments'] as Json[]).pop(); }, 'claimed.installments[11].number', /another/],
  ])('%s: disagrees, there', (_, change, path, what) => {
    const report = issued(change);
    expect(report).toMatchObject({ verdict: 'disagrees', signature: { isValid: true, isTrusted: true } });
    expect(report.problems[0]!.path).toBe(path);
    expect(report.problems[0]!.what.en).toMatch(what);
    expect(report.problems[0]!.what.zh).not.toBe(report.problems[0]!.what.en);
  });

  it.each([
    ['that a terminal obeys', 'webank\u001b[2J\u001b[HAGREES.'], ['that a terminal obeys in one byte', 'webank\u009b2J'], ['on two lines', 'webank\nSignature: valid, key trusted'],
    ['that turns direction', 'we\u202eknab'], ['with a mark of no width', 'we\u200bbank'], ['of half a character', 'we\ud800'], ['composed otherwise', 'cafe\u0301'],
    ['with a Cyrillic letter in a Latin word', 'w\u0435bank'], ['with space around it', 'webank '],
  ])('a lender with a name %s: unreadable, and nothing of it is shown as it is', (_, lender) => {
    const report = issued((s) => { s.loan['lender'] = lender; });
    expect(report).toMatchObject({ verdict: 'unreadable', head: null, problems: [{ path: 'loan.lender' }] });
    for (const { zh, en } of wordsOf(report)) expect(`${zh}${en}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it('a lender with a Chinese name and its English one beside it is read', () => {
    expect(issued((s) => { s.loan['lender'] = '微众银行 (WeBank)'; })).toMatchObject({ verdict: 'agrees', head: { loan: { lender: '微众银行 (WeBank)' } } });
  });

  it.each(['id', 'supersedes', 'arithmetic'])('%s in another alphabet: unreadable', (member) => {
    expect(issued((s) => { s[member] = 'ｓtmt_1'; })).toMatchObject({ verdict: 'unreadable', problems: [{ path: member }] });
  });
});

describe('what a text may hold that nobody should see', () => {
  it('names of members and of seals are shown with what is unseen spelled out', () => {
    const member = verifyStatement(text.replace('"currency"', '"\\u001b[2J\\u009b\\u202e": 1, "currency"'), TRUSTED);
    expect(member).toMatchObject({ verdict: 'unreadable', problems: [{ path: '["\\u001b[2J\\u{9b}\\u{202e}"]' }, {}] });
    const seal = verifyStatement(text.replace('"seals": {', '"seals": {"\\u001b[2J": "0123456789abcdef",'), TRUSTED);
    expect(seal).toMatchObject({ verdict: 'disagrees', problems: [{ path: '\\u{1b}[2J' }, { path: 'signature.value' }] });
  });

  it('__proto__ is a member like any other, and no statement has it', () => {
    for (const member of ['"__proto__": {"verdict": "agrees"}', '"constructor": 1', '"toString": null']) {
      const { verdict, problems } = verifyStatement(text.replace('"currency"', `${member}, "currency"`), TRUSTED);
      expect([verdict, problems[0]!.what.en]).toEqual(['unreadable', 'a statement has no such member']);
    }
    expect(verifyStatement(text.replace('"seals": {', '"seals": {"__proto__": "0123456789abcdef",'), TRUSTED)).toMatchObject({ verdict: 'disagrees', problems: [{ path: '__proto__' }, {}] });
  });

  it('at most a thousand problems are told, with paths that can be read', () => {
    const { verdict, problems } = verifyStatement(text.replace('"currency"', `"${'x'.repeat(5_000)}": 1, ${Array.from({ length: 5_000 }, (_, index) => `"y${index}": 1`).join()}, "currency"`));
    expect(verdict).toBe('unreadable');
    expect(problems).toHaveLength(1_000);
    expect(Math.max(...problems.map(({ path }) => path.length))).toBeLessThan(400);
  });
});

describe('a key', () => {
  const { signature: _, ...unsigned } = statement;
  const signedBy = (publicKey: string, value: string): StatementReport =>
    verifyStatement(textOf(signStatement(unsigned as StatementJson, { publicKey, sign: () => value })), { trustedKeyIds: [fingerprintOf(publicKey)] });

  it('of small order signs everything, and so nothing', () => {
    const points = [
      '01'.padEnd(64, '0'), '00'.repeat(32), `ec${'ff'.repeat(30)}7f`, `${'00'.repeat(31)}80`, `01${'00'.repeat(30)}80`, `ed${'ff'.repeat(30)}7f`, `ee${'ff'.repeat(30)}7f`,
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    ];
    for (const point of points) for (const first of points) expect(signedBy(point, `${first}${'00'.repeat(32)}`)).toMatchObject({ verdict: 'disagrees', signature: { isValid: false } });
  });

  it('has one text for one signature: not another with the order of the group added, nor in capitals', () => {
    const value = (statement['signature'] as Members)['value'] as string;
    const reversed = (hex: string): string => hex.match(/../g)!.toReversed().join('');
    const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
    const more = reversed((BigInt(`0x${reversed(value.slice(64))}`) + order).toString(16).padStart(64, '0'));
    for (const other of [value.slice(0, 64) + more, value.toUpperCase()]) {
      const report = verifyStatement(text.replace(value, other), TRUSTED);
      expect(report.verdict).toMatch(/^(disagrees|unreadable)$/);
      expect(report.problems[0]!.path).toBe('signature.value');
    }
  });

  it('is trusted by its whole fingerprint or its id, and by nothing shorter, longer or beside them', () => {
    const fingerprint = fingerprintOf(EXAMPLE_KEY.publicKey);
    const trusts = (given: string): boolean => verifyStatement(text, { trustedKeyIds: [given] }).signature.isTrusted;
    for (const given of [fingerprint, fingerprint.slice(0, 16), fingerprint.toUpperCase(), `SHA256:${fingerprint}`, fingerprint.match(/../g)!.join(':'), fingerprint.match(/.{4}/g)!.join(' ')]) expect(trusts(given)).toBe(true);
    for (const given of ['', '0', fingerprint.slice(0, 15), fingerprint.slice(0, 17), fingerprint.slice(0, 63), `${fingerprint}0`, fingerprint.slice(1), `x${fingerprint}`, fingerprintOf(testSigner(8).publicKey)]) expect(trusts(given)).toBe(false);
  });
});
