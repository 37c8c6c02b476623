import { describe, expect, it } from 'vitest';
import { createIntents } from './intent.ts';

const intents = () => {
  let made = 0;
  return createIntents(() => `key-${++made}`);
};
const refused = (code: string) => ({ kind: 'refused', problem: { code, title: code, status: 409 } }) as const;

describe('the key of an intent', () => {
  it('is the same for a second tap and for asking again after no answer', () => {
    const keys = intents();
    const first = keys.keyFor('sign', { hash: 'a' });
    expect(keys.keyFor('sign', { hash: 'a' })).toBe(first);
    keys.answered('sign', { kind: 'offline' });
    keys.answered('sign', { kind: 'unknown', requestId: null });
    keys.answered('sign', { kind: 'signed_out' });
    keys.answered('sign', refused('busy'));
    expect(keys.keyFor('sign', { hash: 'a' })).toBe(first);
  });

  it('is another once the answer is known', () => {
    const keys = intents();
    const first = keys.keyFor('repay', { amount_fen: '100' });
    keys.answered('repay', { kind: 'done', value: null });
    const second = keys.keyFor('repay', { amount_fen: '100' });
    keys.answered('repay', refused('loan_closed'));
    expect(new Set([first, second, keys.keyFor('repay', { amount_fen: '100' })]).size).toBe(3);
  });

  it('is another once something else is asked: an old key never carries new content', () => {
    const keys = intents();
    expect(keys.keyFor('apply', { amount_fen: '100' })).not.toBe(keys.keyFor('apply', { amount_fen: '200' }));
  });

  it('belongs to one intent', () => {
    const keys = intents();
    expect(keys.keyFor('sign/app_1', {})).not.toBe(keys.keyFor('sign/app_2', {}));
  });
});
