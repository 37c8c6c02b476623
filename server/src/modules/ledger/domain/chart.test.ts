import { describe, expect, it } from 'vitest';
import chartDocument from '../chart.json' with { type: 'json' };
import { BANK_B } from '../examples.ts';
import { ACCOUNTS, clearingWith } from './accounts.ts';
import { accountIn, assertMemorandumApart, chartOf, whyNotPostable, type ChartDocument } from './chart.ts';

const chart = chartOf(chartDocument, [BANK_B]);
type AccountLine = ChartDocument['accounts'][number];

/** The chart with one account's line changed. */
function withLine(code: string, change: Partial<AccountLine>): ChartDocument {
  return { ...chartDocument, accounts: chartDocument.accounts.map((line) => (line.code === code ? { ...line, ...change } : line)) };
}

describe('the chart of accounts', () => {
  it('has every account that code names, in English and Chinese', () => {
    for (const code of Object.values(ACCOUNTS)) {
      expect(accountIn(chart, code).name).not.toBe('');
      expect(accountIn(chart, code).nameZh).toMatch(/\p{Script=Han}/u);
    }
  });

  it.each([
    ['a code twice', { ...chartDocument, accounts: [...chartDocument.accounts, chartDocument.accounts[0]!] }, 'an account is listed once: 1002'],
    ['an account that code names missing', { ...chartDocument, accounts: chartDocument.accounts.slice(1) }, 'the chart has account 1002 (cashAtBank)'],
    ['a code that is no code', withLine('1002', { code: '10O2' }), 'an account\'s code has four digits: "10O2"'],
    ['a name missing', withLine('1002', { name_zh: '' }), 'an account has both names: 1002'],
    ['a kind nobody knows', withLine('1002', { kind: 'treasure' }), 'an account is one of asset'],
    ['a side nobody knows', withLine('1002', { normal: 'left' }), "an account's normal side is debit or credit: 1002"],
    ['a holder nobody knows', withLine('1002', { held_by: ['pirate'] }), 'an account is held by roles of the chart: 1002'],
    ['no holder', withLine('1002', { held_by: [] }), 'an account is held by roles of the chart: 1002'],
    ['clearing held only once', withLine('1221', { per_counterparty: false }), 'account 1221 is held per counterparty'],
    ['an entity without a role', { ...chartDocument, entities: [{ ...chartDocument.entities[0]!, roles: [] }] }, "an entity's roles are in the chart: webank"],
    ['an entity with a bad code', { ...chartDocument, entities: [{ ...chartDocument.entities[0]!, code: 'We Bank' }] }, "an entity's code is"],
  ])('does not load with %s', (_what, document, sentence) => {
    expect(() => chartOf(document)).toThrow(sentence);
  });

  it('gives an entity named twice the roles of both', () => {
    const twice = chartOf(chartDocument, [BANK_B, { ...BANK_B, roles: ['servicer'] }]);
    expect(twice.entities.get('bank_b')!.roles).toEqual(['funder', 'servicer']);
  });
});

describe('who may post to what', () => {
  it.each([
    ['webank', ACCOUNTS.cashAtBank, null],
    ['webank', clearingWith('bank_b'), null],
    ['bank_b', ACCOUNTS.loanPrincipal, null],
    ['bank_z', ACCOUNTS.cashAtBank, 'no_such_entity'],
    ['webank', '1999', 'no_such_account'],
    ['webank', `${ACCOUNTS.cashAtBank}:bank_b`, 'no_such_account'],
    ['webank', '1221', 'counterparty_missing'],
    ['webank', clearingWith('bank_z'), 'no_such_counterparty'],
    ['webank', clearingWith('webank'), 'no_such_counterparty'],
    ['bank_b', ACCOUNTS.refundLiability, 'not_for_this_role'],
  ])('%s to %s: %s', (entity, account, why) => {
    expect(whyNotPostable(chart, { entity, account })).toBe(why);
  });
});

describe('memorandum accounts', () => {
  const claim = { entity: 'webank', account: ACCOUNTS.writtenOffClaims, netFen: 500n };

  it('balance among themselves', () => {
    expect(() => assertMemorandumApart(chart, [claim, { ...claim, account: ACCOUNTS.memorandumContra, netFen: -500n }])).not.toThrow();
  });

  it('never against the balance sheet', () => {
    expect(() => assertMemorandumApart(chart, [claim, { ...claim, account: ACCOUNTS.loanPrincipal, netFen: -500n }])).toThrow('memorandum postings balance among themselves for webank');
  });
});
