import { describe, expect, it } from 'vitest';
import type { ProviderCall, ProviderReply } from '../../../platform/provider-http.ts';
import { behaviourGateway } from './behaviour/gateway.ts';
import { bureauGateway } from './bureau/gateway.ts';

const request = { reportId: 'evd_1', subject: { name: '赵安白', idNumber: '990000197001010001' }, consentId: 'con_1', purpose: 'loan_approval' };
function spoken(reply: ProviderReply) {
  const calls: ProviderCall[] = [];
  return { calls, http: async (call: ProviderCall) => { calls.push(call); return reply; } };
}

describe('speaking to a source of evidence', () => {
  it('hands on the report id, the consent and the purpose (DATA-001)', async () => {
    const { calls, http } = spoken({ kind: 'reply', status: 200, body: { report_id: 'evd_1', status: 'not_found', report: {} } });
    expect(await bureauGateway(http).send(request)).toMatchObject({ kind: 'report', status: 'not_found' });
    expect(calls).toEqual([{ method: 'POST', path: '/bureau/reports', body: { report_id: 'evd_1', subject: { name: '赵安白', id_number: '990000197001010001' }, consent_id: 'con_1', purpose: 'loan_approval' } }]);
  });

  it('asks after a report by its id', async () => {
    const { calls, http } = spoken({ kind: 'reply', status: 404, body: { code: 'not_found' } });
    expect(await behaviourGateway(http).ask('evd_1')).toEqual({ kind: 'never_seen' });
    expect(calls).toEqual([{ method: 'GET', path: '/behaviour/reports/evd_1' }]);
  });

  it('takes silence as unknown, for sending and for asking', async () => {
    const { http } = spoken({ kind: 'no_reply', seen: 'TimeoutError' });
    expect(await bureauGateway(http).send(request)).toEqual({ kind: 'unknown', seen: 'TimeoutError' });
    expect(await bureauGateway(http).ask('evd_1')).toEqual({ kind: 'unknown', seen: 'TimeoutError' });
  });

  it('does not take a 404 to a question as an answer', async () => {
    const { http } = spoken({ kind: 'reply', status: 404, body: {} });
    expect(await bureauGateway(http).send(request)).toEqual({ kind: 'unknown', seen: 'http 404' });
  });
});
