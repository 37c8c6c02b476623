import { describe, expect, it } from 'vitest';
import { compareFingerprint, createKeys } from './keys.ts';

const KEY = '5d72455896cf1874be8e58bbb0a43848f55a0e96f6acf83467edd7d3a16c1fc9';

function drawer(kept: Record<string, string> = {}): Pick<Storage, 'getItem' | 'setItem'> {
  return { getItem: (name) => kept[name] ?? null, setItem: (name, value) => { kept[name] = value; } };
}

describe('a published fingerprint', () => {
  it('is the same however it is written', () => {
    for (const pasted of [KEY, KEY.toUpperCase(), KEY.replace(/(..)(?=.)/g, '$1:'), `SHA256:${KEY}`, ` ${KEY.replace(/(....)/g, '$1 ')}\n`]) expect(compareFingerprint(pasted, KEY)).toBe('same');
  });

  it('of another key is another, however alike', () => {
    expect(compareFingerprint(KEY.replace(/9$/, '8'), KEY)).toBe('other');
  });

  it('that is cut short, or its first digits only, is none', () => {
    for (const pasted of ['', KEY.slice(0, 16), KEY.slice(1), `${KEY}0`, 'the key']) expect(compareFingerprint(pasted, KEY)).toBe('no_fingerprint');
  });
});

describe('the keys a reader knows', () => {
  it('are there on the next visit, once each, until forgotten', () => {
    const storage = drawer();
    const first = createKeys(() => storage);
    first.learn(KEY);
    first.learn(KEY);
    expect(createKeys(() => storage).known()).toEqual([KEY]);
    first.forget(KEY);
    expect(createKeys(() => storage).known()).toEqual([]);
  });

  it('last as long as the page where a browser keeps nothing for files', () => {
    const keys = createKeys(() => { throw new Error('SecurityError'); });
    keys.learn(KEY);
    expect(keys.known()).toEqual([KEY]);
  });

  it('are not taken from what somebody else left there', () => {
    expect(createKeys(() => drawer({ 'mingdai.verify.keys': `["${KEY}","*",7]` })).known()).toEqual([KEY]);
    expect(createKeys(() => drawer({ 'mingdai.verify.keys': '{' })).known()).toEqual([]);
  });
});
