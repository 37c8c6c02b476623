import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('trace', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

const ID = '11010119900307851X';
const PHONE = '13800138000';
const CARD = '6222021234567890123';

describe('a log line has no personal data', () => {
  it.each(['name', 'id_number', 'idNumber', 'phone', 'card_number', 'cardToken', 'token', 'authorization', 'session_key', 'openid', 'x-signature'])('in a field named %s', (key) => {
    expect(logged((log) => log.info({ [key]: 'Li Na', deep: [{ [key]: 'Li Na' }] }, 'seen'))).not.toContain('Li Na');
  });

  it('that looks like an identity number, a mobile or a card, wherever it stands', () => {
    const line = logged((log) => {
      log.info({ note: `of ${ID}`, list: [PHONE, `+86${PHONE}`], count: 13800138000, big: 6222021234567890123n }, `paid to ${CARD}, call ${PHONE}`);
      log.error({ err: new Error(`no ${CARD}`, { cause: new Error(ID) }) }, 'failed');
      log.warn(new Error(`phone ${PHONE}`));
    });
    for (const secret of [ID, PHONE, CARD]) expect(line).not.toContain(secret);
    expect(line).toContain('[redacted]');
    expect(line).toContain('"type":"Error"');
  });

  it('while ids, amounts and times are left alone', () => {
    const kept = { loan: `loan_${'1'.repeat(32)}`, amount_fen: '1200000', at: 1_790_000_000_000, digest: 'a1'.repeat(32), day: '2026-10-08' };
    expect(JSON.parse(logged((log) => log.info(kept, 'kept')))).toMatchObject({ ...kept, level: 'info', msg: 'kept' });
  });

  it('is one JSON object with its time', () => {
    expect(JSON.parse(logged((log) => log.info('hello'))).time).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/);
  });
});
