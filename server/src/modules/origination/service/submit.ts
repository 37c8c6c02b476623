import type { By } from '../../../kernel/actor.ts';
import { derivedId, shardOf } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { FORBIDDEN_PURPOSES } from '../../compliance/index.ts';
import type { Application, ApplicationRequest } from '../domain/application.ts';
import type { ApplyingError, OriginationError } from '../errors.ts';
import { insertApplication, readApplication } from '../repository.ts';
import { expireOffersOf } from './closing.ts';
import { ownApplication, type Answer, type OriginationDeps } from './deps.ts';
import { drive } from './drive.ts';

export type Submission = {
  readonly productCode: string;
  readonly request: Omit<ApplicationRequest, 'ageYears' | 'region'>;
  readonly applicant: { readonly name: string; readonly idNumber: string; readonly phone: string };
};

/** What must be agreed to before anything is asked about a person or told to a funder (DATA-001, DATA-011). */
const CONSENTS_TO_APPLY = ['bureau_query', 'funder_share'] as const;

/**
 * Takes an application in (C2) and drives it on as far as nobody outside keeps it waiting. One that was taken in under this
 * key is answered again, whatever has changed since.
 *
 * Refuses  in the order of errors.ts; nothing is kept of a refused one but the registration of the person.
 */
export async function submit(deps: OriginationDeps, customerId: string, submission: Submission, by: By): Answer<Application> {
  const id = derivedId('app', customerId, by.key);
  const shard = shardOf(customerId);
  if ((await readApplication(deps.db, shard, id)) === null) {
    const allowed = await mayApply(deps, customerId, submission, by);
    if (!allowed.ok) return allowed;
  }
  const { productCode, request } = submission;
  const registered = await deps.customers.register(customerId, submission.applicant, by);
  if (!registered.ok) return registered;
  const { age, region } = registered.value;
  const app: Application = { id, shard, customerId, productCode, submittedAt: by.at, request: { ...request, ageYears: age, region }, status: 'submitted' };
  const command = { name: 'origination.submit', key: by.key, input: { customerId, productCode, request }, actor: by.actor, at: by.at, shard };
  const kept = await deps.funnel.run<{ readonly id: string }, OriginationError>(command, async (tx) => {
    const { alreadyOpen } = await insertApplication(tx, app);
    return alreadyOpen === null ? ok({ id }) : refuse({ code: 'application_already_open', application_id: alreadyOpen });
  });
  if (!kept.ok) return kept;
  const now = await ownApplication(deps, customerId, id);
  return now.ok ? ok(await drive(deps, now.value)) : now;
}

async function mayApply(deps: OriginationDeps, customerId: string, { productCode, request }: Submission, by: By): Promise<Result<'allowed', ApplyingError>> {
  const rule = FORBIDDEN_PURPOSES[request.purpose];
  if (rule !== undefined) return refuse({ code: 'purpose_forbidden', purpose: request.purpose, rule });
  const fits = await deps.catalog.offerable({ productCode, amount: request.amountFen, months: request.months, method: request.method, startOn: dayOf(by.at) });
  if (!fits.ok) return fits;
  for (const purpose of CONSENTS_TO_APPLY) {
    if (!(await deps.customers.hasConsent(customerId, purpose))) return refuse({ code: 'consent_needed', purpose });
  }
  await expireOffersOf(deps, customerId, by.at);
  return ok('allowed');
}
