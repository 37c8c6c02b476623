import { describe, expect, it } from 'vitest';
import { instant } from '../../../kernel/instant.ts';
import { consentText, standingConsent, type Consent } from './consent.ts';
import { settleCheck, type CheckAnswer, type CheckState } from './identity-check.ts';
import { afterSending, isMessageTemplate, MESSAGE_TRIES, messageText } from './message.ts';

const given = (id: string, change: Partial<Consent> = {}): Consent => ({
  id, customerId: 'cus_1', purpose: 'bureau_query', recipient: '征信中心', textVersion: 1, text: 'x', givenAt: instant(1), withdrawnAt: null, ...change,
});

describe('a consent (DATA-001, DATA-010, DATA-011)', () => {
  it('covers its own purpose and recipient, and nothing else', () => {
    const consents = [given('a')];
    expect(standingConsent(consents, 'bureau_query')?.id).toBe('a');
    expect(standingConsent(consents, 'bureau_query', '征信中心')?.id).toBe('a');
    expect(standingConsent(consents, 'bureau_query', '百行征信')).toBeNull();
    expect(standingConsent(consents, 'funder_share')).toBeNull();
  });
  it('no longer stands once withdrawn; a new one does', () => {
    const withdrawn = given('a', { withdrawnAt: instant(5) });
    expect(standingConsent([withdrawn], 'bureau_query')).toBeNull();
    expect(standingConsent([withdrawn, given('b', { givenAt: instant(9) }), given('c', { givenAt: instant(8) })], 'bureau_query')?.id).toBe('b');
  });
  it('names its recipient, what is given, and that it can be taken back', () => {
    for (const purpose of ['bureau_query', 'identity_check', 'funder_share'] as const) {
      expect(consentText(purpose, '某某征信')).toContain('「某某征信」');
      expect(consentText(purpose, '某某征信')).toContain('撤回');
    }
  });
});

describe('an identity check (C3)', () => {
  const states: Readonly<Record<CheckState['outcome'], CheckState>> = {
    started: { outcome: 'started' }, unknown: { outcome: 'unknown' }, pass: { outcome: 'pass', cardToken: 'old' }, fail: { outcome: 'fail', reasons: ['face_mismatch'] },
  };
  const answers: readonly CheckAnswer[] = [{ outcome: 'unknown' }, { outcome: 'pass', cardToken: 'new' }, { outcome: 'fail', reasons: ['card_mismatch'] }];

  it.each(Object.values(states).flatMap((state) => answers.map((answer) => [state.outcome, answer.outcome, state, answer] as const)))('that is %s, answered %s', (_, __, state, answer) => {
    const isOpen = state.outcome === 'started' || state.outcome === 'unknown';
    expect(settleCheck(state, answer)).toEqual(isOpen ? answer : state);
  });
});

describe('a text message', () => {
  it('says the amount and the day it was given, for every template', () => {
    expect(messageText('debit_failed', { amount: '1039.43', day: '11月8日' })).toBe('11月8日的还款1039.43元未扣款成功，请主动还款，以免产生罚息。');
    expect([isMessageTemplate('overdue'), isMessageTemplate('toString'), isMessageTemplate('spam')]).toEqual([true, false, false]);
  });
  it('is tried again while nobody knows, and given up in the end', () => {
    expect(afterSending('unknown', MESSAGE_TRIES - 1)).toBe('unknown');
    expect(afterSending('unknown', MESSAGE_TRIES)).toBe('given_up');
    expect(afterSending('delivered', MESSAGE_TRIES)).toBe('delivered');
    expect(afterSending('refused', 1)).toBe('refused');
  });
});
