import { succeeded } from '../../src/demo/api-client.ts';
import type { World } from '../../src/demo/world.ts';

type StatementLine = { readonly kind: string; readonly order_id: string; readonly amount_fen: string };
type Counted = { readonly count: number; readonly fen: bigint };

const EVER = 'from=2020-01-02&to=2199-12-31';

/**
 * What does not hold, one sentence each: the server's own proofs, and the bank's statement of the settlement account against
 * our payments book, by kind, count and fen. Empty when all is well.
 */
export async function faultsOfBooks(world: World): Promise<readonly string[]> {
  const proofs = succeeded('proofs', await world.operator.post('/v1/operations/proofs', {}, 'proofs'));
  const failed = Object.entries(proofs).filter(([, proof]) => (proof as { holds?: boolean }).holds === false).map(([name, proof]) => `the proof of ${name} does not hold: ${JSON.stringify(proof).slice(0, 600)}`);
  const lines = await statementLines(world);
  const theirs = countedByKind(lines.map(({ kind, amount_fen }) => ({ kind, count: 1, fen: BigInt(amount_fen) })));
  const book = succeeded('payments book', await world.operator.get(`/v1/operations/payments-book?${EVER}`)) as unknown as { moved: readonly { kind: string; count: number; amount_fen: string }[] };
  const ours = countedByKind(book.moved.map(({ kind, count, amount_fen }) => ({ kind, count, fen: BigInt(amount_fen) })));
  const kinds = new Set([...theirs.keys(), ...ours.keys()]);
  const differing = [...kinds].flatMap((kind) => {
    const [bank, us] = [inWords(theirs.get(kind)), inWords(ours.get(kind))];
    return bank === us ? [] : [`${kind}: the bank's statement has ${bank}, our book ${us}`];
  });
  const twice = lines.filter((line, at) => lines.findIndex((other) => other.kind === line.kind && other.order_id === line.order_id) !== at).map(({ kind, order_id }) => `${kind} ${order_id} stands on the statement twice`);
  const report = succeeded('report', await world.operator.get('/v1/operations/report'));
  const paidOut = -lines.filter(({ kind }) => kind === 'payout').reduce((sum, { amount_fen }) => sum + BigInt(amount_fen), 0n);
  const booked = BigInt(String(report['disbursed_fen'])) + BigInt(String(report['refunded_fen']));
  const payouts = paidOut === booked ? [] : [`the bank paid out ${paidOut} fen, the loans know of ${booked}`];
  return [...(proofs['all_hold'] === true || failed.length > 0 ? [] : ['all_hold is false']), ...failed, ...differing, ...twice, ...payouts];
}

/** The lines of the settlement account, without the money the bank began with. */
export async function statementLines(world: World): Promise<readonly StatementLine[]> {
  const statement = succeeded('statement', await world.askProvider(`/bank/statement?${EVER}`)) as unknown as { lines: readonly StatementLine[] };
  return statement.lines;
}

/** Direction follows from the kind, so magnitudes are compared. */
function countedByKind(rows: readonly { kind: string; count: number; fen: bigint }[]): ReadonlyMap<string, Counted> {
  const counted = new Map<string, Counted>();
  for (const { kind, count, fen } of rows) {
    const before = counted.get(kind) ?? { count: 0, fen: 0n };
    counted.set(kind, { count: before.count + count, fen: before.fen + (fen < 0n ? -fen : fen) });
  }
  return counted;
}

const inWords = (counted: Counted | undefined): string => (counted === undefined ? 'none' : `${counted.count} of ${counted.fen} fen`);
