import { fen, type FundingShare } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { CatalogError } from '../../catalog/index.ts';
import type { Application } from '../domain/application.ts';
import type { OriginationDeps } from './deps.ts';
import { amountOf, onSale, priceOn } from './offers.ts';

/** Who funds an application, each by its own yes; or that nobody does; or that somebody has not answered yet. */
export type Funded =
  | { readonly kind: 'funded'; readonly shares: readonly FundingShare[]; readonly explanation: string }
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'unknown' };

/**
 * Routes the loan and asks each funder for its own decision (H1, ILOAN-011). Nothing that names the person goes along.
 *
 * Keeps  the facts are those of the day of application, whenever this is called: a question that stayed without an answer is
 *        the same question tomorrow.
 */
export async function fund(deps: OriginationDeps, app: Extract<Application, { status: 'decided' }>, by: By): Promise<Funded> {
  const applied = await whenApplied(deps, app);
  if (!applied.ok) return { kind: 'none', why: JSON.stringify(applied.error).slice(0, 500) };
  const { lead, allInPpm } = applied.value;
  const { months, method, purpose, isStudent, ageYears, region } = app.request;
  const amount = fen(amountOf(app));
  const decision = await deps.decisioning.find(app.decisionId);
  const arranged = await deps.funding.arrange(
    { applicationId: app.id, shard: app.shard, lead, amount, months, ratePpm: app.pricePpm, allInPpm, region, isStudent, on: dayOf(by.at) },
    { amountFen: amount, months, method, annualRatePpm: app.pricePpm, allInPpm, purpose, region, ageYears, badPpm: decision?.price?.badPpm ?? null },
    by,
  );
  if (!arranged.ok) return arranged.error.code === 'busy' ? { kind: 'unknown' } : { kind: 'none', why: JSON.stringify(arranged.error).slice(0, 500) };
  if (arranged.value.kind === 'unknown') return { kind: 'unknown' };
  const { shares, explanation } = arranged.value.routing;
  return { kind: 'funded', shares, explanation };
}

async function whenApplied(deps: OriginationDeps, app: Extract<Application, { status: 'decided' }>): Promise<Result<{ readonly lead: string; readonly allInPpm: bigint }, CatalogError>> {
  const sale = await onSale(deps, app, app.submittedAt);
  if (!sale.ok) return sale;
  const priced = priceOn(deps, app, sale.value, { at: app.submittedAt, stage: 'offering' });
  if (!priced.ok) return priced;
  const { irrTimes12Ppm, datedPpm } = priced.value.price;
  return ok({ lead: sale.value.lender.code, allInPpm: irrTimes12Ppm > datedPpm ? irrTimes12Ppm : datedPpm });
}
