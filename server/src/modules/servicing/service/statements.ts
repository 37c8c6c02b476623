import { ARITHMETIC_VERSION, assert, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { buildStatement, claimsOf, claimsToJson, contentHash, EVENTS_MAX, eventsOfStatement, eventToJson, signStatement, termsToJson, type StatementInput, type StatementJson } from '@mingdai/statement';
import type { By } from '../../../kernel/actor.ts';
import { digestOf } from '../../../kernel/canonical.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Db, Funnel } from '../../../platform/tx.ts';
import { loadLoan, type StoredLoan } from '../repository/loans.ts';
import { insertStatement, statementsOf, type IssuedStatement } from '../repository/statements.ts';
import type { ServicingRefusal } from '../servicing.ts';
import type { StatementKey, StatementPublicKey } from '../statement-key.ts';

export type StatementDeps = { readonly db: Db; readonly funnel: Funnel; readonly clock: Clock; readonly key: StatementKey };

/** Statements of loans that anybody can check. */
export interface Statements {
  /**
   * The statement of a borrower's own loan on a day (default: today), signed. The same content is handed out once and then again word for word;
   * when we have learned of something since that counts by that day, a new one is, which names the one it supersedes.
   */
  statement(asked: { readonly loanId: string; readonly customerId: string; readonly asOf?: BusinessDate | undefined }, by: By): Promise<Result<StatementJson, ServicingRefusal>>;
  /** Every key that ever signed one here, the current one first. */
  readonly publicKeys: readonly StatementPublicKey[];
}

export function createStatements(deps: StatementDeps): Statements {
  return {
    publicKeys: deps.key.publicKeys,
    async statement({ loanId, customerId, asOf = deps.clock.today() }, by) {
      const today = deps.clock.today();
      const stored = await loadLoan(deps.db, loanId);
      if (stored === null || stored.loan.contract.customerId !== customerId) return refuse({ code: 'loan_not_found', loanId });
      if (asOf > today) return refuse({ code: 'day_not_reached', askedOn: asOf, todayOn: today });
      const begins = stored.events.find(({ kind }) => kind === 'disbursed')?.valueOn;
      if (begins !== undefined && asOf < begins) return refuse({ code: 'day_before_disbursement', askedOn: asOf, disbursedOn: begins });
      const events = eventsOfStatement(stored.events, asOf, Infinity).length;
      if (events > EVENTS_MAX) return refuse({ code: 'statement_too_long', loanId, events, most: EVENTS_MAX });
      const issued = await issue(deps, { stored, asOf }, by);
      if (!issued.ok) return issued;
      const statement = buildStatement(inputOf(stored, issued.value));
      assert(contentHash(statement) === issued.value.hash, `${issued.value.id} says what it said when it was issued`);
      return ok(signStatement(statement, deps.key.signer));
    },
  };
}

type Asked = { readonly stored: StoredLoan; readonly asOf: BusinessDate };

/** The statement with this content that was handed out before, or a new one. */
async function issue({ db, funnel }: StatementDeps, { stored, asOf }: Asked, by: By): Promise<Result<IssuedStatement, ServicingRefusal>> {
  const { loan } = stored;
  const where = { shard: loan.shard, loanId: loan.id };
  const id = derivedId('stmt', loan.id, formatDate(asOf), contentDigest(stored, asOf));
  const before = (await statementsOf(db, where, asOf)).find((statement) => statement.id === id);
  if (before !== undefined) return ok(before);
  const command = { name: 'servicing.issue_statement', key: id, input: { loanId: loan.id, asOf }, actor: by.actor, at: by.at, shard: loan.shard };
  return funnel.run<IssuedStatement, ServicingRefusal>(command, async (tx) => {
    const earlier = await statementsOf(tx, where, asOf);
    const latest = earlier[earlier.length - 1];
    const draft = { number: (latest?.number ?? 0) + 1, id, asOf, knownThrough: lastSequence(stored), issuedAt: by.at, supersedes: latest?.id ?? null };
    const issued = { ...draft, hash: contentHash(buildStatement(inputOf(stored, draft))) };
    await insertStatement(tx, where, issued);
    return ok(issued);
  });
}

/** What a statement says beside when it was issued: the same content has the same id. */
function contentDigest({ loan, events }: StoredLoan, asOf: BusinessDate): string {
  const { terms } = loan.contract;
  const listed = eventsOfStatement(events, asOf, Infinity);
  const { claims } = claimsOf(terms, listed, asOf, lastSequence({ events }));
  return digestOf({ arithmetic: ARITHMETIC_VERSION, terms: termsToJson(terms), events: listed.map(eventToJson), claimed: claimsToJson(claims) });
}

const lastSequence = ({ events }: Pick<StoredLoan, 'events'>): number => events.reduce((last, { sequence }) => Math.max(last, sequence), 0);

function inputOf({ loan, events }: StoredLoan, { id, issuedAt, asOf, knownThrough, supersedes }: Omit<IssuedStatement, 'hash' | 'number'>): StatementInput {
  const { contract } = loan;
  return {
    id, issuedAt, asOf, knownThrough, supersedes, terms: contract.terms, events,
    loan: {
      id: loan.id, contractId: contract.id, productCode: contract.productCode, productVersion: contract.productVersion, lender: contract.lender,
      signedAt: contract.signedAt, sheetHash: contract.sheetHash, shares: contract.shares,
    },
  };
}
