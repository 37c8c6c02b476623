import type { Fault, Store } from './world.ts';

/**
 * The fault a request runs into, used up by one: the oldest one set for its target (or `*`) whose `match`
 * is found in the request's address or body.
 */
export function takeFault(store: Store, target: string, request: string): Fault | null {
  const { faults } = store.world;
  if (faults.length === 0) return null;
  const hit = faults.find((fault) => (fault.target === target || fault.target === '*') && (fault.match === undefined || request.includes(fault.match)));
  if (hit === undefined) return null;
  const left = faults.flatMap((fault) => (fault !== hit ? [fault] : fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : []));
  store.commit({ t: 'faults', faults: left });
  return hit;
}
