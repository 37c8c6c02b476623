import { instant } from '../../../kernel/instant.ts';
import type { Application, ApplicationRequest, State } from './application.ts';

/** An application as plain JSON: amounts and rates as decimal strings, everything else as it is. */
export type ApplicationRecord = { readonly common: Record<string, unknown>; readonly state: Record<string, unknown> };

export function recordOf(app: Application): ApplicationRecord {
  const { id, shard, customerId, productCode, request, submittedAt, ...state } = app;
  return {
    common: { id, shard, customerId, productCode, submittedAt, request: { ...request, amountFen: `${request.amountFen}` } },
    state: Object.fromEntries(Object.entries(state).map(([name, value]) => [name, typeof value === 'bigint' ? `${value}` : value])),
  };
}

export function applicationFrom({ common, state }: ApplicationRecord): Application {
  const request = common['request'] as Omit<ApplicationRequest, 'amountFen'> & { readonly amountFen: string };
  const amounts = Object.fromEntries(['limitFen', 'pricePpm'].filter((name) => name in state).map((name) => [name, BigInt(state[name] as string)]));
  return {
    id: common['id'] as string, shard: common['shard'] as number, customerId: common['customerId'] as string, productCode: common['productCode'] as string,
    submittedAt: instant(common['submittedAt'] as number),
    request: { ...request, amountFen: BigInt(request.amountFen) },
    ...({ ...state, ...amounts } as State),
  };
}
