import type { BehaviourReport, BureauReport, FileStatus, SourceName } from './domain/evidence.ts';

/** The person asked about. Handed through by the caller, who took it from customers for this one question; never kept here. */
export type ReportSubject = { readonly name: string; readonly idNumber: string };

/** One question to a source. `reportId` is ours: asking again under it never makes a second query on the person's file. */
export type ReportRequest = { readonly reportId: string; readonly subject: ReportSubject; readonly consentId: string; readonly purpose: string };

/** What is known after speaking to a source. Not known to the source (`not_found`) is an answer; `unknown` is none. */
export type ReportOutcome<Report> =
  | { readonly kind: 'report'; readonly status: FileStatus; readonly report: Report }
  | { readonly kind: 'unknown'; readonly seen: string };

/** All that decisioning knows about a source of evidence. One folder in adapters/ each. */
export interface ReportGateway<Report> {
  readonly source: SourceName;
  /** The licensed supplier it comes through: one of `licensedSuppliers`, or decisioning does not start (DATA-006). */
  readonly supplier: string;
  send(request: ReportRequest): Promise<ReportOutcome<Report>>;
  /** What the source answered to this report id before. `never_seen`: it says that it was not asked. */
  ask(reportId: string): Promise<ReportOutcome<Report> | { readonly kind: 'never_seen' }>;
}

export type BureauGateway = ReportGateway<BureauReport>;
export type BehaviourGateway = ReportGateway<BehaviourReport>;

/** Through whom credit information may reach a lender (DATA-006, 断直连): the central bank's registry and the licensed bureaux. */
export const licensedSuppliers: readonly string[] = ['pboc_crc', 'baihang', 'pudao', 'qiantang'];
