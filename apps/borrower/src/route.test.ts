import { describe, expect, it } from 'vitest';
import { routeOf } from './route.ts';
import { createStore } from './session-store.ts';

describe('an address of the page', () => {
  it.each([
    ['', { at: 'choose' }],
    ['#/', { at: 'choose' }],
    ['#/nowhere/1', { at: 'choose' }],
    ['#/application/', { at: 'choose' }],
    ['#/apply', { at: 'apply' }],
    ['#/loans', { at: 'loans' }],
    ['#/loan/loan_1', { at: 'loan', id: 'loan_1' }],
    ['#/application/app_1', { at: 'application', id: 'app_1', hasAccepted: false }],
    ['#/application/app_1/identity', { at: 'application', id: 'app_1', hasAccepted: true }],
  ])('%j', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });
});

describe('what the tab keeps', () => {
  const tab = (): Storage => {
    const kept = new Map<string, string>();
    return { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value), removeItem: (name: string) => void kept.delete(name) } as Storage;
  };

  it('is the session until it ends, and the wish to the fen', () => {
    const store = createStore(tab());
    expect(store.session()).toBeNull();
    store.keepSession({ token: 't', customerId: 'cus_1' });
    store.keepWish({ amountFen: 1_234_500n, months: 12, method: 'interest_first', purpose: 'travel' });
    expect(store.session()).toEqual({ token: 't', customerId: 'cus_1' });
    expect(store.wish()).toEqual({ amountFen: 1_234_500n, months: 12, method: 'interest_first', purpose: 'travel' });
    store.keepSession(null);
    expect(store.session()).toBeNull();
  });

  it('is nothing when it cannot be read', () => {
    const broken = { ...tab(), getItem: () => '{' } as Storage;
    expect(createStore(broken).wish()).toBeNull();
  });
});
