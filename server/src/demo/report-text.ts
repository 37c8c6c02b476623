import { formatPercent, formatYuan } from '@mingdai/loan-math';
import type { DemoReport } from './report.ts';

/** The report as a page of text. */
export function reportLines(report: DemoReport): readonly string[] {
  const { portfolio, offers } = report;
  return [
    `微粒贷, ${report.from} to ${report.through}, seed ${report.seed}. Amounts in yuan; applicants: LendingClub 2016 Q1, dollars × 7.`,
    '', 'FUNNEL', ...table(report.funnel.map(({ stage, count }) => [stage, String(count)])),
    '', 'WHY NOT', ...table(report.reasons.map(({ reason, count }) => [reason, String(count)])),
    '', 'ANNUAL COST OFFERED (all-in)',
    ...table([
      ['offers', String(offers.made)],
      ['lowest', percent(offers.lowest_ppm)], ['median', percent(offers.median_ppm)], ['highest', percent(offers.highest_ppm)],
      [`cap (${offers.cap_rule})`, percent(offers.cap_ppm)],
    ]),
    '', 'LOANS', ...table(Object.entries(portfolio.loans).filter(([, count]) => count > 0).map(([status, count]) => [status.replaceAll('_', ' '), String(count)])),
    '', 'BALANCES', ...table([
      ['disbursed', yuan(portfolio.disbursed_fen)], ['received', yuan(portfolio.received_fen)],
      ['principal outstanding', yuan(portfolio.principal_outstanding_fen)], ['  of it overdue', yuan(portfolio.principal_overdue_fen)],
      ['interest charged', yuan(portfolio.interest_charged_fen)], ['interest paid', yuan(portfolio.interest_paid_fen)],
      ['penalty charged', yuan(portfolio.penalty_charged_fen)], ['penalty paid', yuan(portfolio.penalty_paid_fen)],
      ['owed back to borrowers', yuan(portfolio.refund_liability_fen)],
    ]),
    '', 'DELINQUENCY', ...columns(['bucket', 'loans', 'principal'], portfolio.buckets.map(({ bucket, loans, principal_fen }) => [bucket, String(loans), yuan(principal_fen)])),
    '', 'FUNDERS', ...columns(
      ['funder', 'disbursed', 'outstanding', 'interest earned', 'penalty earned', 'due from lender'],
      portfolio.funders.map((each) => [each.funder, yuan(each.disbursed_fen), yuan(each.principal_outstanding_fen), yuan(each.interest_earned_fen), yuan(each.penalty_earned_fen), yuan(each.due_from_lender_fen)]),
    ),
    '', 'TRIAL BALANCE', ...columns(['entity', 'debit', 'credit', 'net'], report.trial_balance.map(({ entity, debit_fen, credit_fen, net_fen }) => [entity, yuan(debit_fen), yuan(credit_fen), yuan(net_fen)])),
    '', 'PROOFS', ...report.proofs.lines.map(({ what, holds, detail }) => `  ${holds ? 'yes' : 'NO '}  ${what} (${detail})`),
    '', report.proofs.all_hold ? 'Everything adds up.' : 'SOMETHING DOES NOT ADD UP.',
  ];
}

const yuan = (amount: string): string => formatYuan(BigInt(amount)).replace(/\B(?=(\d{3})+(?=\.))/g, ',');
const percent = (ppm: string): string => `${formatPercent(BigInt(ppm))} %`;

const table = (rows: readonly (readonly [string, string])[]): string[] => rows.map(([name, value]) => `  ${name.padEnd(58)}${value.padStart(18)}`);

function columns(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const width = head.map((_, index) => Math.max(...[head, ...rows].map((row) => row[index]!.length)) + 2);
  const line = (row: readonly string[]): string => `  ${row.map((cell, index) => (index === 0 ? cell.padEnd(width[index]!) : cell.padStart(width[index]!))).join('')}`;
  return [line(head), ...rows.map(line)];
}
