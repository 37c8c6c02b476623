import type { FunnelRefusal } from '../tx.ts';

/** The statuses of the funnel's own refusals: every module's table begins with them. */
export const funnelStatus = { idempotency_key_reused: 422, busy: 409 } as const satisfies Record<FunnelRefusal['code'], number>;
