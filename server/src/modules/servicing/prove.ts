import type { Ledger } from '../ledger/index.ts';
import type { Proofs } from './present.ts';
import type { ServicingProofs } from './servicing.ts';

/** What proofs are asked of. */
export type ProvingDeps = { readonly servicing: ServicingProofs; readonly ledger: Pick<Ledger, 'trialBalance' | 'verify'> };

/** Recomputes what must hold: books balanced for each entity, loans = ledger, loans refolded, pools = loans, chains unbroken. */
export async function prove({ servicing, ledger }: ProvingDeps, sample: number | 'all'): Promise<Proofs> {
  const nets = new Map<string, bigint>();
  for (const { entity, netFen } of await ledger.trialBalance()) nets.set(entity, (nets.get(entity) ?? 0n) + netFen);
  const verified = await ledger.verify();
  return {
    entityNets: [...nets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([entity, netFen]) => ({ entity, netFen })),
    subLedger: await servicing.subLedger(),
    refold: await servicing.refold(sample),
    pools: await servicing.poolProof(),
    ledgerFault: verified.ok ? null : JSON.stringify(verified.fault, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  };
}
