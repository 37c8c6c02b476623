import { unreachable } from '../../../kernel/result.ts';

/** Why a check failed, in our words. */
export type IdentityReason = 'name_mismatch' | 'card_mismatch' | 'phone_mismatch' | 'face_mismatch' | 'person_unknown' | 'other';

/** What we know of one check (C3). `started`: the question may be out, nothing came back yet. */
export type CheckState =
  | { readonly outcome: 'started' }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'pass'; readonly cardToken: string }
  | { readonly outcome: 'fail'; readonly reasons: readonly IdentityReason[] };

export type IdentityCheck = {
  readonly id: string;
  readonly customerId: string;
  readonly cardBlind: string;
  readonly cardLast4: string;
} & CheckState;

export type CheckAnswer = Exclude<CheckState, { outcome: 'started' }>;

/** A check that is answered keeps its answer, whatever comes later; not knowing never undoes knowing. */
export function settleCheck(check: CheckState, answer: CheckAnswer): CheckState {
  switch (check.outcome) {
    case 'started':
    case 'unknown':
      return answer;
    case 'pass':
    case 'fail':
      return check;
    default:
      return unreachable(check);
  }
}
