import type { Instant } from '../../../kernel/instant.ts';
import { digestOf } from '../../../kernel/canonical.ts';
import { emptyBehaviourReport, emptyBureauReport, type BehaviourReport, type BureauReport, type Evidence, type FileStatus } from './evidence.ts';
import type { DecidedFacts } from './inputs.ts';

/** An unremarkable applicant, for tests and examples: everything known, nothing wrong, 200,000 yuan of verified income a year. */
export const sampleBureau: BureauReport = {
  delinquencies_24m: 0, enquiries_6m: 0, enquiries_12m: 1, finance_enquiries: 0, revolving_utilisation_permille: 300, overall_utilisation_permille: 400,
  accounts_overdue_now: 0, overdue_now_fen: 0n, installment_loans_active: 1, installment_loans_opened_12m: 0, installment_loans_opened_24m: 0,
  installment_loans_ever: 4, installment_balance_fen: 2_000_000n, installment_limit_fen: 10_000_000n,
};
export const sampleBehaviour: BehaviourReport = { annual_income_fen: 20_000_000n, income_years: 5, income_evidence: 'verified' };

export type SampleChanges = {
  readonly bureau?: Readonly<Record<string, unknown>>;
  readonly behaviour?: Readonly<Record<string, unknown>>;
  readonly bureauStatus?: FileStatus;
  readonly behaviourStatus?: FileStatus;
};

/** The sample's evidence with some figures changed; a file that is not found is empty, a thin one holds only what is given. */
export function sampleEvidence({ bureau = {}, behaviour = {}, bureauStatus = 'found', behaviourStatus = 'found' }: SampleChanges = {}): Evidence {
  const reports = {
    bureau: { ...(bureauStatus === 'found' ? sampleBureau : emptyBureauReport), ...bureau } as BureauReport,
    behaviour: { ...(behaviourStatus === 'found' ? sampleBehaviour : emptyBehaviourReport), ...behaviour } as BehaviourReport,
  };
  const common = { consentId: 'con_1', purpose: 'loan_approval', obtainedAt: 1_791_417_600_000 as Instant };
  return {
    id: 'evd_1', shard: 7, customerId: 'cus_1', applicationId: 'app_1',
    bureau: { ...common, source: 'bureau', supplier: 'pboc_crc', reportId: 'evd_1b', status: bureauStatus, report: reports.bureau, hash: digestOf(reports.bureau) },
    behaviour: { ...common, source: 'behaviour', supplier: 'pudao', reportId: 'evd_1h', status: behaviourStatus, report: reports.behaviour, hash: digestOf(reports.behaviour) },
  };
}

export const sampleFacts: DecidedFacts = {
  applicationId: 'app_1', customerId: 'cus_1', shard: 7, productCode: 'weilidai', lenderType: 'bank', requestedFen: 5_000_000n, months: 12, ageYears: 30, isStudent: false, isInvited: true,
};
