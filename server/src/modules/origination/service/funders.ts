import { fen, type FundingShare } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { dayOf } from '../../../kernel/instant.ts';
import type { PriceCheck } from '../../compliance/index.ts';
import type { Application } from '../domain/application.ts';
import type { OriginationDeps } from './deps.ts';
import { amountOf, type OnSale } from './offers.ts';

/** Who funds an application, each by its own yes; or that nobody does; or that somebody has not answered yet. */
export type Funded =
  | { readonly kind: 'funded'; readonly shares: readonly FundingShare[]; readonly explanation: string }
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'unknown' };

type ToFund = { readonly sale: OnSale; readonly price: PriceCheck; readonly by: By };

/** Routes the loan and asks each funder for its own decision (H1, ILOAN-011). Nothing that names the person goes along. */
export async function fund(deps: OriginationDeps, app: Extract<Application, { status: 'decided' }>, { sale, price, by }: ToFund): Promise<Funded> {
  const { months, method, purpose, isStudent, ageYears } = app.request;
  const amount = fen(amountOf(app));
  const allInPpm = price.irrTimes12Ppm > price.datedPpm ? price.irrTimes12Ppm : price.datedPpm;
  const decision = await deps.decisioning.find(app.decisionId);
  const arranged = await deps.funding.arrange(
    { applicationId: app.id, shard: app.shard, lead: sale.lender.code, amount, months, ratePpm: app.pricePpm, allInPpm, region: null, isStudent, on: dayOf(by.at) },
    { amountFen: amount, months, method, annualRatePpm: app.pricePpm, allInPpm, purpose, region: null, ageYears, badPpm: decision?.price?.badPpm ?? null },
    { ...by, key: `${app.id}/funders` },
  );
  if (!arranged.ok) return arranged.error.code === 'busy' ? { kind: 'unknown' } : { kind: 'none', why: JSON.stringify(arranged.error).slice(0, 500) };
  if (arranged.value.kind === 'unknown') return { kind: 'unknown' };
  const { shares, explanation } = arranged.value.routing;
  return { kind: 'funded', shares, explanation };
}
