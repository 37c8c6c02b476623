import type { AccountLine, BusinessDate, FundingShare, LoanEvent, LoanTerms, Position, Words } from '@mingdai/loan-math';

/**
 * What a check of a statement found.
 * `agrees`: signed by a trusted key, and every number comes out. `agrees_key_unknown`: the same, by a key that nobody said to trust.
 * `disagrees`: touched after signing, or a number does not come out. `unreadable`: it cannot be said without guessing what the text means.
 */
export type StatementVerdict = 'agrees' | 'agrees_key_unknown' | 'disagrees' | 'unreadable';

/** One thing wrong: where, in words, and where it is about a figure, what it says and what it should say. */
export type StatementProblem = {
  /** `events[3].payload.amount_fen`, `claimed.installments[0].interest_fen`, `signature.value`; empty when it is the text as a whole. */
  readonly path: string;
  readonly what: Words;
  readonly claimed?: string;
  readonly recomputed?: string;
};

/** One claimed figure beside the one computed anew, both as people write them: amounts in yuan, days as 2026-11-08, — for none. */
export type StatementCheck = {
  readonly section: 'totals' | 'position' | 'installment' | 'due' | 'payoff';
  readonly path: string;
  /** For an installment its number, 1 and up; otherwise null. */
  readonly installment: number | null;
  readonly label: Words;
  readonly claimed: string;
  readonly recomputed: string;
  readonly agrees: boolean;
};


/** Which loan, which day, known when: what is not computed but stated. */
export type StatementHead = {
  readonly id: string;
  readonly arithmetic: string;
  readonly currency: 'CNY';
  /** ISO 8601, UTC. */
  readonly issuedAt: string;
  readonly asOf: BusinessDate;
  readonly knownThrough: number;
  /** The id of the statement for the same loan and day that this one corrects, or null. */
  readonly supersedes: string | null;
  readonly loan: {
    readonly id: string;
    readonly contractId: string;
    readonly productCode: string;
    readonly productVersion: number;
    readonly lender: string;
    readonly signedAt: string;
    readonly sheetHash: string;
    readonly funders: readonly FundingShare[];
  };
};

/** Who signed. Null members could not be read. */
export type StatementSignature = {
  readonly keyId: string | null;
  /** SHA-256 of the public key (SPKI, DER), 64 hex digits: what is compared with a fingerprint got elsewhere. */
  readonly fingerprint: string | null;
  /** The signature is this key's, over exactly this content. */
  readonly isValid: boolean;
  /** The key is one of those the caller said to trust. */
  readonly isTrusted: boolean;
};

export type StatementReport = {
  readonly verdict: StatementVerdict;
  /** What was touched first, then the figures that do not come out, each in the order of the document. */
  readonly problems: readonly StatementProblem[];
  readonly head: StatementHead | null;
  readonly signature: StatementSignature;
  readonly checks: readonly StatementCheck[];
  readonly lines: readonly AccountLine[];
  /** Computed anew, never read. */
  readonly position: Position | null;
  readonly terms: LoanTerms | null;
  readonly events: readonly LoanEvent[] | null;
};
