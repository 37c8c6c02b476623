import type { By } from '../../../kernel/actor.ts';
import { derivedId, shardOf } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { FunnelRefusal } from '../../../platform/tx.ts';
import { FORBIDDEN_PURPOSES } from '../../compliance/index.ts';
import type { Application, ApplicationRequest } from '../domain/application.ts';
import type { ApplyingError, OriginationError } from '../errors.ts';
import { insertApplication } from '../repository.ts';
import type { OriginationDeps } from './deps.ts';
import { drive } from './drive.ts';

export type Submission = {
  readonly productCode: string;
  readonly request: Omit<ApplicationRequest, 'ageYears'>;
  readonly applicant: { readonly name: string; readonly idNumber: string; readonly phone: string };
};

/** What must be agreed to before anything is asked about a person or told to a funder (DATA-001, DATA-011). */
const CONSENTS_TO_APPLY = ['bureau_query', 'funder_share'] as const;

/**
 * Takes an application in (C2) and drives it on as far as nobody outside keeps it waiting.
 *
 * Refuses  in the order of errors.ts; nothing is kept of a refused one but the registration of the person.
 */
export async function submit(deps: OriginationDeps, customerId: string, submission: Submission, by: By): Promise<Result<Application, ApplyingError | FunnelRefusal>> {
  const { productCode, request } = submission;
  const fits = await offerable(deps, submission, by);
  if (!fits.ok) return fits;
  for (const purpose of CONSENTS_TO_APPLY) {
    if (!(await deps.customers.hasConsent(customerId, purpose))) return refuse({ code: 'consent_needed', purpose });
  }
  const registered = await deps.customers.register(customerId, submission.applicant, by);
  if (!registered.ok) return registered;

  const app: Application = {
    id: derivedId('app', customerId, by.key), shard: shardOf(customerId), customerId, productCode, submittedAt: by.at,
    request: { ...request, ageYears: registered.value.age }, status: 'submitted',
  };
  const command = { name: 'origination.submit', key: by.key, input: { productCode, request: app.request }, actor: by.actor, at: by.at, shard: app.shard };
  const kept = await deps.funnel.run<{ readonly id: string }, OriginationError>(command, async (tx) => {
    const { alreadyOpen } = await insertApplication(tx, app);
    return alreadyOpen === null ? ok({ id: app.id }) : refuse({ code: 'application_already_open', application_id: alreadyOpen });
  });
  return kept.ok ? ok(await drive(deps, app)) : kept;
}

async function offerable(deps: OriginationDeps, { productCode, request }: Submission, by: By): Promise<Result<unknown, ApplyingError>> {
  const rule = FORBIDDEN_PURPOSES[request.purpose];
  if (rule !== undefined) return refuse({ code: 'purpose_forbidden', purpose: request.purpose, rule });
  return deps.catalog.offerable({ productCode, amount: request.amountFen, months: request.months, method: request.method, startOn: dayOf(by.at) });
}
