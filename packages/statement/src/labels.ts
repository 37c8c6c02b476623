import type { Words } from '@mingdai/loan-math';

const w = (en: string, zh: string): Words => ({ en, zh });

/** What each claimed figure is called, by its path without the numbers of installments. The words are those of GLOSSARY.md. */
const LABELS: { readonly [path: string]: Words } = {
  status: w('Status', '状态'),
  disbursed_on: w('Paid out on', '放款日'),
  settled_on: w('Settled on', '结清日'),
  principal_outstanding_fen: w('Principal outstanding', '剩余本金'),
  principal_overdue_fen: w('Principal overdue', '逾期本金'),
  days_past_due: w('Days past due', '逾期天数'),
  bucket: w('Bucket', '逾期阶段'),
  is_in_grace: w('In grace', '是否在宽限期内'),
  next_due_on: w('Next due day', '下一还款日'),

  'due.fee_fen': w('Fee due', '应还费用'),
  'due.penalty_fen': w('Penalty due', '应还罚息'),
  'due.interest_fen': w('Interest due', '应还利息'),
  'due.principal_fen': w('Principal due', '应还本金'),
  'due.total_fen': w('Due in all', '应还合计'),

  'accrued_interest.at': w('Interest run up, charged on the due day, exact', '已产生、到期才计入的利息（精确值）'),
  'accrued_interest.per_day': w('Interest that a day adds, exact', '每日新增利息（精确值）'),
  'accrued_penalty.at': w('Penalty run up on what is overdue, exact', '逾期部分已产生的罚息（精确值）'),
  'accrued_penalty.per_day': w('Penalty that a day adds, exact', '每日新增罚息（精确值）'),

  'totals.disbursed_fen': w('Paid out', '已放款'),
  'totals.received_fen': w('Received', '已收款'),
  'totals.refunded_fen': w('Sent back', '已退款'),
  'totals.refund_liability_fen': w('Still to be sent back', '待退款'),
  'totals.principal_paid_fen': w('Principal paid', '已还本金'),
  'totals.interest_charged_fen': w('Interest charged', '已计利息'),
  'totals.interest_paid_fen': w('Interest paid', '已还利息'),
  'totals.interest_waived_fen': w('Interest waived', '已减免利息'),
  'totals.penalty_charged_fen': w('Penalty charged', '已计罚息'),
  'totals.penalty_paid_fen': w('Penalty paid', '已还罚息'),
  'totals.penalty_waived_fen': w('Penalty waived', '已减免罚息'),
  'totals.fee_charged_fen': w('Fees charged', '已计费用'),
  'totals.fee_paid_fen': w('Fees paid', '已还费用'),
  'totals.fee_waived_fen': w('Fees waived', '已减免费用'),
  'totals.principal_charged_off_fen': w('Principal charged off', '已转损失本金'),
  'totals.recovered_fen': w('Recovered after charge-off', '转损失后收回'),

  'installments[].number': w('Number', '期次'),
  'installments[].due_on': w('Due day', '还款日'),
  'installments[].principal_fen': w('Principal', '本金'),
  'installments[].interest_fen': w('Interest', '利息'),
  'installments[].penalty_fen': w('Penalty', '罚息'),
  'installments[].fee_fen': w('Fee', '费用'),
  'installments[].principal_paid_fen': w('Principal paid', '已还本金'),
  'installments[].interest_paid_fen': w('Interest paid', '已还利息'),
  'installments[].penalty_paid_fen': w('Penalty paid', '已还罚息'),
  'installments[].fee_paid_fen': w('Fee paid', '已还费用'),
  'installments[].interest_waived_fen': w('Interest waived', '已减免利息'),
  'installments[].penalty_waived_fen': w('Penalty waived', '已减免罚息'),
  'installments[].fee_waived_fen': w('Fee waived', '已减免费用'),
  'installments[].balance_after_fen': w('Principal left afterwards', '还后剩余本金'),
  'installments[].status': w('Status', '状态'),
  'installments[].paid_on': w('Paid on', '还清日'),
  installments: w('Installments', '各期'),

  'payoff.fee_fen': w('Fee to settle', '结清费用'),
  'payoff.penalty_fen': w('Penalty to settle', '结清罚息'),
  'payoff.interest_fen': w('Interest to settle', '结清利息'),
  'payoff.principal_fen': w('Principal to settle', '结清本金'),
  'payoff.reclaimed_fen': w('Refund to be given back', '应返还的退款'),
  'payoff.total_fen': w('Ends the loan that day', '当日结清金额'),
  payoff: w('What ends the loan that day', '当日结清金额'),
};

/** A name for every claimed figure; its path where there is none. `path` is without `claimed.`. */
export function labelOf(path: string): Words {
  const generic = path.replace(/\[\d+\]/g, '[]');
  return LABELS[generic] ?? (generic === 'installments[]' ? LABELS['installments']! : { zh: path, en: path });
}
