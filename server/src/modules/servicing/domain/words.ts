import { eventsThatCount, formatDate, formatPercent, formatYuan, positionOn, type BusinessDate, type LoanEvent, type LoanTerms, type Position, type Totals } from '@mingdai/loan-math';

/** One sentence in both languages of the app. */
export type Words = { readonly en: string; readonly zh: string };

/** Parts of money, by what they are for. */
const PARTS: readonly { readonly component: keyof Totals; readonly en: string; readonly zh: string }[] = [
  { component: 'feePaid', en: 'fees', zh: '费用' },
  { component: 'penaltyPaid', en: 'penalty interest', zh: '罚息' },
  { component: 'interestPaid', en: 'interest', zh: '利息' },
  { component: 'principalPaid', en: 'principal', zh: '本金' },
  { component: 'recovered', en: 'a claim that had been charged off', zh: '已核销债权' },
  { component: 'refundLiability', en: 'too much, to be sent back', zh: '多付待退' },
];

/** Where a loan stands, said whole. */
export function positionWords(position: Position): Words {
  const { due, status } = position;
  const left = formatYuan(position.principalOutstanding);
  switch (status) {
    case 'awaiting_disbursement':
      return { en: 'The payout is on its way.', zh: '放款处理中。' };
    case 'cancelled':
      return { en: 'The payout did not succeed. Nothing is owed.', zh: '放款未成功，您无需还款。' };
    case 'settled':
      return { en: 'Everything is repaid.', zh: '已全部结清。' };
    case 'charged_off':
      return { en: `Charged off by the lender; ${formatYuan(position.totals.principalChargedOff)} yuan of principal is still owed.`, zh: `贷款人已核销，尚欠本金 ${formatYuan(position.totals.principalChargedOff)} 元。` };
    case 'active': {
      if (due.total > 0n) {
        const parts = partsOf([['fee', due.fee], ['penalty', due.penalty], ['interest', due.interest], ['principal', due.principal]]);
        const late = position.daysPastDue;
        return {
          en: `${formatYuan(due.total)} yuan is due${late > 0 ? `, ${late} ${late === 1 ? 'day' : 'days'} late` : ' today'}: ${parts.en}. Principal left: ${left} yuan.`,
          zh: `应还 ${formatYuan(due.total)} 元${late > 0 ? `，已逾期 ${late} 天` : '，今日到期'}：${parts.zh}。剩余本金 ${left} 元。`,
        };
      }
      const next = position.nextDueOn;
      if (next === null) return { en: `Principal left: ${left} yuan.`, zh: `剩余本金 ${left} 元。` };
      return { en: `Nothing is due. Next due day ${formatDate(next)}. Principal left: ${left} yuan.`, zh: `当前无应还款项，下一还款日 ${formatDate(next)}。剩余本金 ${left} 元。` };
    }
  }
}

const DUE_WORDS = { fee: ['fees', '费用'], penalty: ['penalty interest', '罚息'], interest: ['interest', '利息'], principal: ['principal', '本金'] } as const;

function partsOf(parts: readonly (readonly [keyof typeof DUE_WORDS, bigint])[]): Words {
  const some = parts.filter(([, amount]) => amount !== 0n);
  return {
    en: some.map(([part, amount]) => `${formatYuan(amount)} ${DUE_WORDS[part][0]}`).join(' + '),
    zh: some.map(([part, amount]) => `${DUE_WORDS[part][1]} ${formatYuan(amount)} 元`).join('＋'),
  };
}

type Row = Position['installments'][number];

/** What an installment asks and why: principal, interest with its days and rate, penalty. `from` is the day before which nothing of it ran. */
export function installmentWords(terms: LoanTerms, row: Row, from: BusinessDate): Words {
  const parts = partsOf([['principal', row.principal], ['interest', row.interest], ['penalty', row.penalty], ['fee', row.fee]]);
  const total = formatYuan(row.principal + row.interest + row.penalty + row.fee);
  const [days, rate, balance] = [row.dueOn - from, formatPercent(terms.rate), formatYuan(row.balanceAfter + row.principal)];
  const late = row.penalty > 0n
    ? { en: ` Penalty interest at ${formatPercent(terms.penaltyRate)} % a year runs on principal that is late, instead of interest.`, zh: `逾期本金按年利率 ${formatPercent(terms.penaltyRate)}% 计收罚息，不再计收利息，不计复利。` }
    : { en: '', zh: '' };
  return {
    en: `Installment ${row.number}, due ${formatDate(row.dueOn)}: ${total} yuan = ${parts.en || '0.00'}. Interest: ${rate} % a year for ${days} days on at most ${balance} yuan.${late.en}`,
    zh: `第 ${row.number} 期，${formatDate(row.dueOn)} 应还 ${total} 元：${parts.zh || '0.00 元'}。利息按年利率 ${rate}% 计 ${days} 天，计息本金不超过 ${balance} 元。${late.zh}`,
  };
}

/** The days from which installments run: the payout day, then each due day. */
export const startsOf = (position: Position): readonly BusinessDate[] =>
  position.disbursedOn === null ? [] : [position.disbursedOn, ...position.installments.map(({ dueOn }) => dueOn)];

/** What each event moved, in the order of the fold: the difference of knowing it and not knowing it on its own day. */
export function movesOf(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate): ReadonlyMap<string, Partial<Totals>> {
  const counting = eventsThatCount(events, on, Math.max(0, ...events.map(({ sequence }) => sequence)));
  return new Map(counting.map((event, index) => {
    const before = positionOn(terms, counting.slice(0, index), event.valueOn).totals;
    const after = positionOn(terms, counting.slice(0, index + 1), event.valueOn).totals;
    const changed = (Object.keys(after) as (keyof Totals)[]).filter((component) => after[component] !== before[component]);
    return [event.id, Object.fromEntries(changed.map((component) => [component, after[component] - before[component]])) as Partial<Totals>];
  }));
}

/** What happened, in a sentence that accounts for every fen. */
export function eventWords(event: LoanEvent, moved: Partial<Totals>): Words {
  const on = formatDate(event.valueOn);
  const amount = 'amount' in event ? formatYuan(event.amount) : '';
  switch (event.kind) {
    case 'disbursed':
      return { en: `${on}: ${amount} yuan paid out.`, zh: `${on} 放款 ${amount} 元。` };
    case 'cancelled':
      return { en: `${on}: the payout did not succeed.`, zh: `${on} 放款未成功。` };
    case 'repayment_received':
    case 'prepaid':
    case 'recovered':
      return received(on, amount, moved);
    case 'repayment_reversed':
      return { en: `${on}: the bank took a repayment back; it counts as never made.`, zh: `${on} 银行退回一笔还款，视同未还。` };
    case 'overpayment_refunded':
      return { en: `${on}: ${amount} yuan paid too much was sent back.`, zh: `${on} 多付的 ${amount} 元已退回。` };
    case 'fee_charged':
      return { en: `${on}: a fee of ${amount} yuan was charged (${event.fee}).`, zh: `${on} 收取费用 ${amount} 元（${event.fee}）。` };
    case 'waived':
      return { en: `${on}: ${amount} yuan of ${DUE_WORDS[event.component][0]} was waived.`, zh: `${on} 减免${DUE_WORDS[event.component][1]} ${amount} 元。` };
    case 'charged_off':
      return { en: `${on}: the lender charged the loan off; it is still owed.`, zh: `${on} 贷款人核销本笔贷款，债务仍然有效。` };
    case 'rate_changed':
      return rateWords(on, event);
    case 'rescheduled':
      return {
        en: `${on}: what is left is spread over ${event.months} ${event.months === 1 ? 'installment' : 'installments'}${event.includesOverdue ? ', principal that is late included' : ''}.`,
        zh: `${on} 剩余款项${event.includesOverdue ? '（含逾期本金）' : ''}重新分 ${event.months} 期偿还。`,
      };
    case 'paused':
      return {
        en: `${on}: repayment is paused through ${formatDate(event.until)}; interest ${event.interest === 'runs' ? 'runs on' : 'stops'}.`,
        zh: `${on} 起暂停还款至 ${formatDate(event.until)}，期间${event.interest === 'runs' ? '继续计息' : '停止计息'}。`,
      };
    case 'resumed':
      return { en: `${on}: repayment goes on.`, zh: `${on} 恢复还款。` };
    case 'fell_due':
      return { en: `${on}: installment ${event.installment} fell due.`, zh: `${on} 第 ${event.installment} 期到期。` };
    case 'crossed_bucket':
      return { en: `${on}: now ${event.to}.`, zh: `${on} 逾期阶段：${event.to}。` };
  }
}

function rateWords(on: string, { rate, penaltyRate }: Extract<LoanEvent, { kind: 'rate_changed' }>): Words {
  const late = penaltyRate === null ? { en: '', zh: '' } : { en: `, for what is late ${formatPercent(penaltyRate)} %`, zh: `，罚息年利率 ${formatPercent(penaltyRate)}%` };
  return { en: `${on}: the yearly rate is ${formatPercent(rate)} % from now on${late.en}.`, zh: `${on} 起年利率 ${formatPercent(rate)}%${late.zh}。` };
}

function received(on: string, amount: string, moved: Partial<Totals>): Words {
  const some = PARTS.filter(({ component }) => (moved[component] ?? 0n) !== 0n);
  const en = some.map((part) => `${formatYuan(moved[part.component]!)} ${part.en}`).join(' + ');
  const zh = some.map((part) => `${part.zh} ${formatYuan(moved[part.component]!)} 元`).join('＋');
  return { en: `${on}: ${amount} yuan received = ${en}.`, zh: `${on} 收到还款 ${amount} 元：${zh}。` };
}
