import { z } from 'zod';
import { instant } from '../../kernel/instant.ts';
import { presentDate } from './problem.ts';
import type { RouteScope } from '../http.ts';
import { funnelStatus } from './funnel-status.ts';
import type { ClockRefusal, MovableClock } from '../clock.ts';
import type { FunnelRefusal } from '../tx.ts';
import type { BusinessDate } from '@mingdai/loan-math';

const statusOf = { ...funnelStatus, clock_not_told: 409, clock_backwards: 409 } as const satisfies Record<ClockRefusal['code'] | FunnelRefusal['code'], number>;

/** `GET` and `PUT /v1/operations/clock`: the business clock, read and moved from outside. */
export function clockRoutes(http: RouteScope, clock: MovableClock): void {
  const shown = z.object({ at: z.iso.datetime(), business_on: z.iso.date() });
  http.get('/v1/operations/clock', { config: { access: 'operator' }, schema: { summary: 'The business clock', response: { 200: shown } } }, async () =>
    ({ at: new Date(clock.now()).toISOString(), business_on: presentDate(clock.today()) }));
  http.put('/v1/operations/clock', {
    config: { access: 'operator' },
    schema: { summary: 'Move the business clock, forward only', body: z.strictObject({ at: z.iso.datetime({ offset: true }) }), response: { 200: shown } },
  }, async (request, reply) => {
    const told = await clock.tell(instant(Date.parse(request.body.at)), request.actor);
    if (!told.ok) return reply.problem(statusOf[told.error.code], told.error);
    return reply.send({ at: told.value.at, business_on: presentDate(told.value.day as BusinessDate) });
  });
}
