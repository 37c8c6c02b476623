import type { ProviderHttp, ProviderReply } from '../../../../platform/provider-http.ts';
import { bureauFields, type BureauReport } from '../../domain/evidence.ts';
import type { BureauGateway, ReportOutcome } from '../../report-gateway.ts';
import { decodeReport, encodeReportRequest } from '../report-codec.ts';

/** The credit bureau (E1). */
export function bureauGateway(http: ProviderHttp, supplier = 'pboc_crc'): BureauGateway {
  return {
    source: 'bureau',
    supplier,
    send: async (request) => decode(request.reportId, await http({ method: 'POST', path: '/bureau/reports', body: encodeReportRequest(request) })),
    async ask(reportId) {
      const reply = await http({ method: 'GET', path: `/bureau/reports/${encodeURIComponent(reportId)}` });
      return reply.kind === 'reply' && reply.status === 404 ? { kind: 'never_seen' } : decode(reportId, reply);
    },
  };
}

/** Pure: what a reply of the bureau source says. */
export function decodeBureau(reportId: string, reply: { readonly status: number; readonly body: unknown }): ReportOutcome<BureauReport> {
  return decodeReport<BureauReport>(bureauFields, reportId, reply);
}

const decode = (reportId: string, reply: ProviderReply): ReportOutcome<BureauReport> =>
  reply.kind === 'no_reply' ? { kind: 'unknown', seen: reply.seen } : decodeBureau(reportId, reply);
