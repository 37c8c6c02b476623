import { ledgerBlocksQuery, ledgerBlocksReply, ledgerChainPath, ledgerChainReply, trialBalanceQuery, trialBalanceReply } from '@mingdai/contract';
import { businessDate } from '@mingdai/loan-math';
import type { RouteScope } from '../../platform/http.ts';
import type { LedgerQueryError } from './errors.ts';
import type { Ledger } from './ledger.ts';
import { presentBlock, presentEntry, presentTrialBalance } from './present.ts';

/** One row per refusal of a reader. What `book` refuses is translated by whoever books. */
const statusOf = { chain_not_found: 404 } as const satisfies Record<LedgerQueryError['code'], number>;

const BLOCKS_MAX = 100;

export function ledgerRoutes(http: RouteScope, ledger: Pick<Ledger, 'trialBalance' | 'entriesOf' | 'exportBlocks'>): void {
  http.get('/v1/operations/trial-balance', {
    config: { access: 'operator' },
    schema: { summary: 'Every account of every entity, on a day or now', querystring: trialBalanceQuery, response: { 200: trialBalanceReply } },
    handler: async (request, reply) => {
      const on = request.query.on === undefined ? null : businessDate(request.query.on);
      return reply.send(presentTrialBalance(await ledger.trialBalance(on ?? undefined), on));
    },
  });

  http.get('/v1/operations/ledger/chains/:chain', {
    config: { access: 'operator' },
    schema: { summary: "A loan's or a pool's journal, in order", params: ledgerChainPath, response: { 200: ledgerChainReply } },
    handler: async (request, reply) => {
      const { chain } = request.params;
      const entries = await ledger.entriesOf(chain);
      if (entries.length === 0) return reply.problem(statusOf.chain_not_found, { code: 'chain_not_found', chain });
      return reply.send({ chain, entries: entries.map(presentEntry) });
    },
  });

  http.get('/v1/operations/ledger/blocks', {
    config: { access: 'operator' },
    schema: { summary: 'Signed blocks of sealed entries', querystring: ledgerBlocksQuery, response: { 200: ledgerBlocksReply } },
    handler: async (request, reply) => {
      const { shard, after, limit } = request.query;
      const blocks = await ledger.exportBlocks({ ...(shard === undefined ? {} : { shard: Number(shard) }), after: Number(after ?? 0), limit: Number(limit ?? BLOCKS_MAX) });
      return reply.send({ blocks: blocks.map(presentBlock) });
    },
  });
}
