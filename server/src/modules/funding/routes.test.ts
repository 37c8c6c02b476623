import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDate } from '@mingdai/loan-math';
import { instant } from '../../kernel/instant.ts';
import { clockAt } from '../../platform/clock.ts';
import { createHttp, type RouteScope } from '../../platform/http.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { lenderFrom } from '../catalog/index.ts';
import { LENDER_TYPE_OF } from '../compliance/index.ts';
import { funderFrom } from './domain/funder.ts';
import { fundersSeed, fundingRoutes, type Funding } from './index.ts';

const OPERATOR = 'operator-token-0123456789';
const askedOn: string[] = [];
const funding = {
  funders: async (on: Parameters<Funding['funders']>[0]) => { askedOn.push(formatDate(on)); return fundersSeed.map((each) => funderFrom(each, lenderFrom(each, LENDER_TYPE_OF))); },
  quotas: async () => [],
} as Partial<Funding> as Funding;

let http: RouteScope;
beforeAll(async () => {
  http = await createHttp({
    clock: clockAt(instant(Date.UTC(2026, 9, 7, 17))), operatorToken: OPERATOR, providerKey: 'provider-key-0123456789', sessionOf: async () => null,
    log: createLog('silent'), metrics: createMetrics(), readiness: {}, version: '0',
  });
  fundingRoutes(http, funding);
  await http.ready();
});
afterAll(() => http.close());

describe('GET /v1/funders', () => {
  it('tells anybody who stands behind loans today in Beijing, by name in both languages and licence (ILOAN-024)', async () => {
    const reply = await http.inject({ method: 'GET', url: '/v1/funders' });
    expect(reply.statusCode).toBe(200);
    expect(reply.json().funders[0]).toEqual({ code: 'webank', name: { zh: '微众银行', en: 'WeBank' }, licence_no: 'ASSUMED-B0000' });
    expect(reply.json().funders.map(({ code }: { code: string }) => code)).toEqual(fundersSeed.map(({ code }) => code));
    expect(askedOn).toEqual(['2026-10-08']);
  });

  it('tells nothing of agreements, prices and quotas, which only the operator is told', async () => {
    const [open, closed, operators] = await Promise.all([
      http.inject({ method: 'GET', url: '/v1/funders' }),
      http.inject({ method: 'GET', url: '/v1/operations/funders' }),
      http.inject({ method: 'GET', url: '/v1/operations/funders', headers: { authorization: `Bearer ${OPERATOR}` } }),
    ]);
    for (const each of open.json().funders) expect(Object.keys(each)).toEqual(['code', 'name', 'licence_no']);
    expect(closed.statusCode).toBe(401);
    expect(operators.json().funders[0]).toHaveProperty('agreement');
  });
});
