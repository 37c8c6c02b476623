import type { ProviderHttp, ProviderReply } from '../../../../platform/provider-http.ts';
import { behaviourFields, type BehaviourReport } from '../../domain/evidence.ts';
import type { BehaviourGateway, ReportOutcome } from '../../report-gateway.ts';
import { decodeReport, encodeReportRequest } from '../report-codec.ts';

/** Behaviour data (E2), through a licensed bureau only (DATA-006). */
export function behaviourGateway(http: ProviderHttp, supplier = 'pudao'): BehaviourGateway {
  return {
    source: 'behaviour',
    supplier,
    send: async (request) => decode(request.reportId, await http({ method: 'POST', path: '/behaviour/reports', body: encodeReportRequest(request) })),
    async ask(reportId) {
      const reply = await http({ method: 'GET', path: `/behaviour/reports/${encodeURIComponent(reportId)}` });
      return reply.kind === 'reply' && reply.status === 404 ? { kind: 'never_seen' } : decode(reportId, reply);
    },
  };
}

/** Pure: what a reply of the behaviour source says. */
export function decodeBehaviour(reportId: string, reply: { readonly status: number; readonly body: unknown }): ReportOutcome<BehaviourReport> {
  return decodeReport<BehaviourReport>(behaviourFields, reportId, reply);
}

const decode = (reportId: string, reply: ProviderReply): ReportOutcome<BehaviourReport> =>
  reply.kind === 'no_reply' ? { kind: 'unknown', seen: reply.seen } : decodeBehaviour(reportId, reply);
