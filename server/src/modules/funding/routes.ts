import { funderNamesReply, fundersReply, type FundersReply } from '@mingdai/contract';
import { dayOf } from '../../kernel/instant.ts';
import { presentDate, presentFen, presentPpm, type RouteScope } from '../../platform/http.ts';
import type { Funder } from './domain/funder.ts';
import type { Quota } from './repository.ts';
import type { Funding } from './service.ts';

export function fundingRoutes(http: RouteScope, funding: Funding): void {
  http.get('/v1/funders', {
    config: { access: 'public' },
    schema: { summary: 'Who may stand behind a loan: name and licence, as its cost sheet says them', response: { 200: funderNamesReply } },
  }, async (request, reply) => {
    const known = await funding.funders(dayOf(request.at));
    return reply.send({ funders: known.map(({ lender }) => ({ code: lender.code, name: lender.name, licence_no: lender.licence.no })) });
  });

  http.get('/v1/operations/funders', {
    config: { access: 'operator' },
    schema: { summary: 'Who funds loans, under which agreement, and how much of each quota is used', response: { 200: fundersReply } },
  }, async (request, reply) => {
    const known = await funding.funders(dayOf(request.at));
    const quotas = await funding.quotas(known);
    return reply.send({ funders: known.map((funder) => presentFunder(funder, quotas.find((quota) => quota.funder === funder.lender.code))) });
  });
}

function presentFunder({ lender, minRate, agreement, assumed }: Funder, quota: Quota | undefined): FundersReply['funders'][number] {
  return {
    code: lender.code,
    name: lender.name,
    licence: { kind: lender.licence.kind, no: lender.licence.no, valid_through: lender.licence.validThrough === null ? null : presentDate(lender.licence.validThrough) },
    regions: lender.regions === 'nationwide' ? 'nationwide' : [...lender.regions],
    quota: quota === undefined ? null : { limit_fen: presentFen(quota.limit), reserved_fen: presentFen(quota.reserved), lent_fen: presentFen(quota.lent) },
    min_rate_ppm: presentPpm(minRate),
    agreement: { min_all_in_ppm: presentPpm(agreement.minAllIn), max_all_in_ppm: presentPpm(agreement.maxAllIn), min_share_ppm: presentPpm(agreement.minShare), max_share_ppm: presentPpm(agreement.maxShare) },
    assumed: [...assumed],
  };
}
