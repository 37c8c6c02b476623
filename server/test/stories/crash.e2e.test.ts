import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { succeeded, type ApiReply } from '../../src/demo/api-client.ts';
import type { World } from '../../src/demo/world.ts';
import { faultsOfBooks, statementLines } from './books.ts';
import { castMember, eventually, readyToSign, setBalance, settleCast, takeLoan, testWorld, visitor, type Visitor } from './cast.ts';

// A power cut between every two stages: a call to somebody outside hangs (nothing done there) or loses its reply (done there,
// after our process has died), the server is killed with SIGKILL, started again, and left to its sweeps. Ten applicants, one in
// each of ten such gaps, share one cut.
const WISH = { amountFen: 1_200_000n, months: 12, method: 'level_installment' } as const;
const STAGES = ['bureau.reports', 'behaviour.reports', 'funders.decisions', 'identity.checks', 'bank.payouts'] as const;
const MODES = ['hang', 'drop_reply'] as const;
const GAPS = STAGES.flatMap((target) => MODES.map((mode) => ({ target, mode })));
/** How long an outside party holds a call: all gaps are reached and the server is dead before. */
const HELD_MS = 6_000;
/** The sweeps come every 5 and 10 seconds and take what nobody touched for 15. */
const RESUMED_WITHIN = 60;

let world: World;
beforeAll(async () => {
  world = await testWorld('2026-10-08T01:00:00Z', { PROVIDER_TIMEOUT_MS: '20000' });
  await settleCast(world, Array.from({ length: 20 }, (_, index) => castMember(index)));
});
afterAll(() => world.close());

type InFlight = { isAnswered: boolean; readonly ends: Promise<unknown> };

/** Makes one call at the outside hang, makes the request that leads to it, and answers once the call is there. */
async function caught(fault: { readonly target: string; readonly mode: string }, request: () => Promise<ApiReply>): Promise<InFlight> {
  succeeded('fault', await world.sandbox.post('/control/faults', { ...fault, delay_ms: HELD_MS }, 'fault'));
  const inFlight = { isAnswered: false, ends: request().then(() => { inFlight.isAnswered = true; }, (cause: unknown) => cause) };
  const left = await eventually(async () => (await world.sandbox.get('/control/faults')).body['faults'] as readonly unknown[], (faults) => faults.length === 0, 5);
  expect(left, `a request reached ${fault.target}`).toEqual([]);
  return inFlight;
}

/** Kills the server while all these requests wait for their answers, and starts it again. */
async function powerCut(inFlight: readonly InFlight[] = []): Promise<void> {
  expect(inFlight.filter(({ isAnswered }) => isAnswered)).toEqual([]);
  await world.stopServer('SIGKILL');
  await Promise.all(inFlight.map(({ ends }) => ends));
  await world.startServer();
}

const applicationOf = async (someone: Visitor, id: string) => succeeded('application', await someone.api.get(`/v1/applications/${id}`));
const reaches = (someone: Visitor, id: string, status: string) =>
  eventually(() => applicationOf(someone, id), (application) => application['status'] === status, RESUMED_WITHIN);
const onlyApplicationOf = async (someone: Visitor): Promise<string> => {
  const { applications } = succeeded('applications', await someone.api.get('/v1/applications')) as { applications: readonly { id: string }[] };
  expect(applications).toHaveLength(1);
  return applications[0]!.id;
};

/** Every call of a kind the outside world saw: the ids, and whether one id ever came with two contents. */
async function callsOf(target: string): Promise<readonly { readonly body: Record<string, unknown>; readonly status: number }[]> {
  return (await world.sandbox.get(`/control/calls?target=${target}&limit=10000`)).body['calls'] as readonly { body: Record<string, unknown>; status: number }[];
}

async function askedPerSubject(target: string, id: string, subject: (body: Record<string, unknown>) => unknown): Promise<readonly string[]> {
  const bySubject = Map.groupBy(await callsOf(target), ({ body }) => JSON.stringify(subject(body)));
  return [...bySubject].filter(([, calls]) => new Set(calls.map(({ body }) => body[id])).size !== 1).map(([name]) => `${target}: ${name} was asked about under several ids`);
}

describe('a power cut', () => {
  it('between any two stages leaves applications that go on to the same end, each with one payout', { timeout: 120_000 }, async () => {
    const applicants: { readonly someone: Visitor; readonly target: string; readonly sheetHash: string | null }[] = [];
    const prepared = await Promise.all(GAPS.map(async ({ target }, index) => {
      const someone = await visitor(world, castMember(index), 'before');
      await someone.consent();
      if (target !== 'identity.checks' && target !== 'bank.payouts') return { someone, id: '', sheetHash: null };
      const id = String(succeeded('application', await someone.apply(WISH))['id']);
      return { someone, id, sheetHash: target === 'bank.payouts' ? await readyToSign(someone, id) : null };
    }));
    const cut: InFlight[] = [];
    for (const [index, { target, mode }] of GAPS.entries()) {
      const { someone, id, sheetHash } = prepared[index]!;
      const request = target === 'bank.payouts' ? () => someone.sign(id, sheetHash!) : target === 'identity.checks' ? () => someone.identify(id) : () => someone.apply(WISH);
      cut.push(await caught({ target, mode }, request));
      applicants.push({ someone, target, sheetHash });
    }
    await powerCut(cut);

    for (const { someone, target, sheetHash } of applicants) {
      const id = await onlyApplicationOf(someone);
      if (target !== 'bank.payouts') {
        if (target !== 'identity.checks') expect(await reaches(someone, id, 'offered'), target).toMatchObject({ status: 'offered' });
        // The person says it again, with the same key: the check is asked about, not made anew.
        if (target === 'identity.checks') succeeded('identity, said again', await eventually(() => someone.identify(id), ({ status }) => status === 200, RESUMED_WITHIN));
        const hash = target === 'identity.checks' ? String(succeeded('sheet', await someone.open(id))['sheet_hash']) : await readyToSign(someone, id);
        succeeded('confirmation', await someone.confirm(id, hash));
        succeeded('signature', await someone.sign(id, hash));
      }
      expect(await reaches(someone, id, 'completed'), target).toMatchObject({ status: 'completed' });
      if (sheetHash !== null) expect(await someone.sign(id, sheetHash), 'the same signature, said again').toMatchObject({ status: 200, body: { status: 'completed' } });
    }
    const payouts = (await statementLines(world)).filter(({ kind }) => kind === 'payout');
    expect(payouts.map(({ amount_fen }) => amount_fen)).toEqual(GAPS.map(() => '-1200000'));
    expect(await faultsOfBooks(world)).toEqual([]);
  });

  it('makes no question twice: one report, one check, one payout order per person', async () => {
    const subject = (body: Record<string, unknown>) => (body['subject'] as Record<string, unknown> | undefined)?.['id_number'];
    expect([
      ...(await askedPerSubject('bureau.reports', 'report_id', subject)),
      ...(await askedPerSubject('behaviour.reports', 'report_id', subject)),
      ...(await askedPerSubject('identity.checks', 'check_id', (body) => body['id_number'])),
      ...(await askedPerSubject('bank.payouts', 'order_id', (body) => body['card_token'])),
    ]).toEqual([]);
    const conflicts = (await Promise.all(STAGES.map((target) => callsOf(target)))).flat().filter(({ status }) => status === 409);
    expect(conflicts).toEqual([]);
  });

  it('at the very moment of signing and of applying leaves either nothing or all of it', { timeout: 120_000 }, async () => {
    const [signer, late, applicant] = await Promise.all([10, 11, 12].map((index) => visitor(world, castMember(index), 'before'))) as [Visitor, Visitor, Visitor];
    const ready = await Promise.all([signer, late].map(async (someone) => {
      await someone.consent();
      const id = String(succeeded('application', await someone.apply(WISH))['id']);
      return { id, hash: await readyToSign(someone, id) };
    }));
    await applicant.consent();
    const cut = [signer.sign(ready[0]!.id, ready[0]!.hash), applicant.apply(WISH)].map((request) => request.catch((cause: unknown) => cause));
    await new Promise((resolve) => setTimeout(resolve, 25));
    cut.push(late.sign(ready[1]!.id, ready[1]!.hash).catch((cause: unknown) => cause));
    await powerCut();
    await Promise.all(cut);

    for (const [at, someone] of [signer, late].entries()) {
      const { id, hash } = ready[at]!;
      // Who saw no answer says it again; what was kept is finished by the sweeps.
      succeeded('signature, said again', await someone.sign(id, hash));
      expect(await reaches(someone, id, 'completed')).toMatchObject({ status: 'completed' });
    }
    const again = succeeded('application, said again', await applicant.apply(WISH));
    expect(await reaches(applicant, String(again['id']), 'offered')).toMatchObject({ status: 'offered' });
    expect(await onlyApplicationOf(applicant)).toBe(again['id']);
    expect((await statementLines(world)).filter(({ kind }) => kind === 'payout')).toHaveLength(GAPS.length + 2);
    expect(await faultsOfBooks(world)).toEqual([]);
  });
});

describe('a power cut while loans are served', () => {
  it('during repayments takes and books the money once', { timeout: 120_000 }, async () => {
    const borrowers = await Promise.all(MODES.map(async (mode, at) => {
      const someone = await visitor(world, castMember(13 + at), 'before');
      const { loanId } = await takeLoan(world, someone, WISH);
      await setBalance(world, someone.who, 100_000n);
      return { someone, loanId, mode };
    }));
    const pay = ({ someone, loanId }: (typeof borrowers)[number]) => someone.api.post(`/v1/loans/${loanId}/repayments`, { purpose: 'prepay', amount_fen: '100000' }, 'pay-once');
    const cut: InFlight[] = [];
    for (const borrower of borrowers) cut.push(await caught({ target: 'bank.debits', mode: borrower.mode }, () => pay(borrower)));
    await powerCut(cut);

    for (const borrower of borrowers) {
      const { someone, loanId } = borrower;
      // The principal is 12,000.00 on the first day: nothing has accrued, so 1,000.00 is all principal.
      const view = await eventually(async () => succeeded('loan', await someone.api.get(`/v1/loans/${loanId}`)), (loan) => loan['principal_outstanding_fen'] === '1100000', RESUMED_WITHIN);
      expect(view, borrower.mode).toMatchObject({ principal_outstanding_fen: '1100000' });
      expect(await pay(borrower), 'the same repayment, said again').toMatchObject({ body: { status: 'settled' } });
    }
    expect((await statementLines(world)).filter(({ kind }) => kind === 'debit')).toHaveLength(2);
    expect(await faultsOfBooks(world)).toEqual([]);
  });

  it('during the close of two months, again and again, gives the books of an undisturbed close', { timeout: 120_000 }, async () => {
    await world.moveClock('2026-12-20T01:00:00Z');
    for (const wait of [5, 15, 30, 60]) {
      const close = world.operator.post('/v1/operations/day-closes', { through: '2026-12-19' }, `close/${wait}`).catch((cause: unknown) => cause);
      await new Promise((resolve) => setTimeout(resolve, wait));
      await powerCut();
      await close;
    }
    const closed = succeeded('close', await world.operator.post('/v1/operations/day-closes', { through: '2026-12-19' }, 'close/at-last'));
    expect(closed).toMatchObject({ through: '2026-12-19' });
    expect(await faultsOfBooks(world)).toEqual([]);
    // 14 loans of 12,000.00 paid on 8 October, none of whose two installments was paid: 42 days past due since 8 November.
    const report = succeeded('report', await world.operator.get('/v1/operations/report?on=2026-12-19')) as { buckets: readonly { bucket: string; loans: number }[] };
    expect(report.buckets.filter(({ loans }) => loans > 0)).toMatchObject([{ bucket: 'M2', loans: 14 }]);
  });
});
