import { describe, expect, it } from 'vitest';
import { instant } from '../../../kernel/instant.ts';
import { advance, DRIVEN_STATUSES, IDENTITY_TRIES, OPEN_STATUSES, openOffer, stageRefusal, type Application, type Command, type State, type Status } from './application.ts';
import { applicationFrom, recordOf } from './application-record.ts';

const before = instant(1_000);
const expiresAt = instant(2_000);
const common = {
  id: 'app_1', shard: 7, customerId: 'cus_1', productCode: 'weilidai', submittedAt: instant(500),
  request: { amountFen: 1_200_000n, months: 12, method: 'level_installment', purpose: 'travel', isStudent: false, ageYears: 38, region: '31' },
} as const;
const decided = { decisionId: 'dec_1', limitFen: 9_007_199_254_740_993n, pricePpm: 144_000n };
const offered = { ...decided, offerId: 'off_1', sheetHash: 'a'.repeat(64), expiresAt, failedChecks: 0, lastCheck: null };
const identified = { ...offered, cardToken: 'card_1', identityCheckId: 'idc_1' };
const signed = { ...identified, contractId: 'ctr_1', loanId: 'loan_1' };
const states = {
  submitted: { status: 'submitted' },
  decided: { status: 'decided', ...decided },
  offered: { status: 'offered', ...offered },
  identified: { status: 'identified', ...identified },
  signed: { status: 'signed', ...signed },
  completed: { status: 'completed', ...signed },
  closed: { status: 'closed', reason: 'declined', detail: null, decisionId: 'dec_1' },
} as const satisfies Record<Status, State>;
const inState = (status: Status): Application => ({ ...common, ...states[status] });

const commands = {
  approve: { type: 'approve', ...decided },
  'turn down': { type: 'turn_down', reason: 'declined', decisionId: 'dec_1' },
  'make offer': { type: 'make_offer', offerId: 'off_1', sheetHash: 'b'.repeat(64), expiresAt },
  'find no offer': { type: 'find_no_offer', reason: 'no_funder', detail: 'all full' },
  'renew offer': { type: 'renew_offer', replaces: 'off_1', offerId: 'off_2', sheetHash: 'c'.repeat(64) },
  'check fails': { type: 'identify', outcome: 'fail', detail: 'face_mismatch' },
  'check passes': { type: 'identify', outcome: 'pass', cardToken: 'card_1', identityCheckId: 'idc_1' },
  sign: { type: 'sign', contractId: 'ctr_1', loanId: 'loan_1' },
  complete: { type: 'complete' },
  'refuse payout': { type: 'refuse_payout', detail: 'card_closed' },
  withdraw: { type: 'withdraw', detail: null },
  expire: { type: 'expire' },
} as const satisfies Record<string, Command>;

const outcomeOf = (status: Status, command: Command, at = before): string => {
  const next = advance(inState(status), command, at);
  if (!next.ok) return { application_not_ready: '-', application_closed: 'x', offer_expired: 'late' }[next.error.code as string] ?? next.error.code;
  return next.value.status === 'closed' ? next.value.reason : next.value.status;
};

/** Every status × every command: what it becomes; `-` too early or too late (application_not_ready), `x` ended (application_closed). */
const TABLE = `
                 submitted  decided    offered    identified signed         completed  closed
approve          decided    -          -          -          -              x          x
turn down        declined   -          -          -          -              x          x
make offer       -          offered    -          -          -              x          x
find no offer    -          no_funder  -          -          -              x          x
renew offer      -          -          offered    identified -              x          x
check fails      -          -          offered    -          -              x          x
check passes     -          -          identified -          -              x          x
sign             -          -          -          signed     x              x          x
complete         -          -          -          -          completed      x          x
refuse payout    -          -          -          -          payout_refused x          x
withdraw         withdrawn  withdrawn  withdrawn  withdrawn  -              x          x
expire           -          -          -          -          -              x          x
`;

/** The same when the offer has run out: only what differs. */
const LATE = `
renew offer      -          -          late       late       -              x          x
check fails      -          -          late       -          -              x          x
check passes     -          -          late       -          -              x          x
sign             -          -          -          late       x              x          x
withdraw         withdrawn  withdrawn  withdrawn  withdrawn  -              x          x
expire           -          -          expired    expired    -              x          x
`;

const rowsOf = (table: string) => table.trim().split('\n').map((line) => [line.slice(0, 17).trim(), line.slice(17).trim().split(/\s+/)] as const);
const statuses = Object.keys(states) as Status[];

describe('the life of an application', () => {
  it('names every status and every command in its table', () => {
    const [, ...rows] = rowsOf(`statuses\n${TABLE.trim().split('\n').slice(1).join('\n')}`);
    expect(rows.map(([name]) => name)).toEqual(Object.keys(commands));
    expect(TABLE.trim().split('\n')[0]!.trim().split(/\s+/)).toEqual(statuses);
  });

  it.each(TABLE.trim().split('\n').slice(1).map((line) => rowsOf(line)[0]!))('%s', (name, outcomes) => {
    expect(statuses.map((status) => outcomeOf(status, commands[name as keyof typeof commands]))).toEqual(outcomes);
  });

  it.each(rowsOf(LATE))('%s, at the moment the offer runs out', (name, outcomes) => {
    expect(statuses.map((status) => outcomeOf(status, commands[name as keyof typeof commands], expiresAt))).toEqual(outcomes);
  });

  it('closes at the third check that fails, and not before', () => {
    let app = inState('offered');
    for (let failed = 1; failed < IDENTITY_TRIES; failed++) {
      const next = advance(app, commands['check fails'], before);
      if (!next.ok) throw new Error(next.error.code);
      app = next.value;
      expect(app).toMatchObject({ status: 'offered', failedChecks: failed, lastCheck: 'face_mismatch' });
    }
    expect(advance(app, commands['check fails'], before)).toMatchObject({ ok: true, value: { status: 'closed', reason: 'identity_failed', detail: 'face_mismatch', decisionId: 'dec_1' } });
  });

  it('an offer is renewed once: who renews the one that was replaced finds the new one', () => {
    const once = advance(inState('identified'), commands['renew offer'], before);
    if (!once.ok) throw new Error(once.error.code);
    expect(once.value).toMatchObject({ offerId: 'off_2', sheetHash: 'c'.repeat(64), cardToken: 'card_1' });
    expect(advance(once.value, { ...commands['renew offer'], offerId: 'off_3' }, before)).toEqual(once);
  });

  it('what a closed one says of its decision is what was decided, if anything was', () => {
    expect(advance(inState('offered'), commands.withdraw, before)).toMatchObject({ value: { decisionId: 'dec_1' } });
    expect(advance(inState('submitted'), commands.withdraw, before)).toMatchObject({ value: { decisionId: null } });
  });

  it('is told apart: who is open, who waits for the program, whose offer may be taken up', () => {
    expect(OPEN_STATUSES).toEqual(statuses.filter((status) => status !== 'completed' && status !== 'closed'));
    expect(DRIVEN_STATUSES.every((status) => OPEN_STATUSES.includes(status))).toBe(true);
    expect(statuses.filter((status) => openOffer(inState(status), 'open_sheet', before).ok)).toEqual(['offered', 'identified']);
    expect(openOffer(inState('offered'), 'open_sheet', expiresAt)).toMatchObject({ error: { code: 'offer_expired', expired_at: '1970-01-01T00:00:02.000Z' } });
    expect(stageRefusal(inState('signed'), 'sign')).toMatchObject({ error: { code: 'application_closed', status: 'signed' } });
  });

  it.each(statuses)('%s is stored as JSON and read back the same', (status) => {
    expect(applicationFrom(JSON.parse(JSON.stringify(recordOf(inState(status)))))).toEqual(inState(status));
  });
});
