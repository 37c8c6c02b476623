import { daysOf } from './account-lines-time.ts';
import { interestFigures, rowOf } from './account-lines-book.ts';
import type { Words } from './explain.ts';
import { COMMA, computation, dayWords, grouped, joined, money, plural, rowWords, SEMICOLON, WORD } from './explain-text.ts';
import type { ChangedRow, Compared, NetAmount, NetComponent, Side } from './replay-net.ts';

const LABEL: Readonly<Record<NetComponent, Words>> = {
  disbursed: { zh: '已放款', en: 'Paid out' },
  received: { zh: '收到的钱', en: 'Money received' },
  refunded: { zh: '已退款', en: 'Refunded' },
  refundLiability: { zh: '应退款', en: 'To be refunded' },
  principalPaid: { zh: '已还本金', en: 'Principal repaid' },
  interestCharged: { zh: '已计利息', en: 'Interest charged' },
  interestPaid: { zh: '已还利息', en: 'Interest paid' },
  interestWaived: { zh: '已减免利息', en: 'Interest waived' },
  penaltyCharged: { zh: '罚息', en: 'Penalty' },
  penaltyPaid: { zh: '已还罚息', en: 'Penalty paid' },
  penaltyWaived: { zh: '已减免罚息', en: 'Penalty waived' },
  feeCharged: { zh: '已收取费用', en: 'Fees charged' },
  feePaid: { zh: '已还费用', en: 'Fees paid' },
  feeWaived: { zh: '已减免费用', en: 'Fees waived' },
  principalChargedOff: { zh: '转损失的本金', en: 'Principal charged off' },
  recovered: { zh: '转损失后收回', en: 'Recovered' },
  principalOutstanding: { zh: '未还本金', en: 'Principal outstanding' },
  principalOverdue: { zh: '逾期本金', en: 'Principal overdue' },
  dueFee: { zh: '应还费用', en: 'Fees due' },
  duePenalty: { zh: '应还罚息', en: 'Penalty due' },
  dueInterest: { zh: '应还利息', en: 'Interest due' },
  duePrincipal: { zh: '应还本金', en: 'Principal due' },
  due: { zh: '应还合计', en: 'All that is due' },
};

/** Why an amount differs: what was added, and on which installments it tells. */
export function amountWhy(compared: Compared, amount: Omit<NetAmount, 'why'>): Words {
  const { component, before, after, change, rows } = amount;
  const label = LABEL[component];
  const by = money(change < 0n ? -change : change);
  const lead = {
    zh: `${label.zh}${change < 0n ? '减少' : '增加'} ${by.zh}（${grouped(before)} → ${grouped(after)}）：${compared.causes.zh}`,
    en: `${label.en}: ${by.en} ${change < 0n ? 'less' : 'more'} (${grouped(before)} → ${grouped(after)}), as ${compared.causes.en}`,
  };
  const details = rows.length > 0 ? rowDetails(compared, component, rows) : partDetails(compared, component);
  const all = joined([lead, ...details], SEMICOLON);
  return { zh: `${all.zh}。`, en: `${all.en}.` };
}

const ROWS_MAX = 6;

function rowDetails(compared: Compared, component: NetComponent, rows: readonly ChangedRow[]): readonly Words[] {
  const details = rows.slice(0, ROWS_MAX).map((row) => rowDetail(compared, component, row));
  const rest = rows.slice(ROWS_MAX);
  if (rest.length === 0) return details;
  const change = rest.reduce((sum, row) => sum + row.after - row.before, 0n);
  const sum = signed(change);
  return [...details, { zh: `另外 ${rest.length} 期共 ${sum}`, en: `${plural(rest.length, 'other installment')}: ${sum} together` }];
}

const signed = (amount: bigint): string => (amount > 0n ? `+${grouped(amount)}` : grouped(amount));

function rowDetail(compared: Compared, component: NetComponent, { installment, before, after }: ChangedRow): Words {
  const name = rowWords(installment);
  const step = `${grouped(before)} → ${grouped(after)}`;
  const because = component === 'penaltyCharged' ? penaltyBecause(compared, installment) : component === 'interestCharged' ? interestBecause(compared, installment) : null;
  return because === null
    ? { zh: `${name.zh} ${step}`, en: `${name.en} ${step}` }
    : { zh: `${name.zh} ${step}，${because.zh}`, en: `${name.en} ${step}, ${because.en}` };
}

const penaltyDays = ({ book }: Side, installment: number, penalty: bigint): number => (penalty === 0n ? 0 : daysOf(book?.penalty.get(installment) ?? []));

/** For how many days penalty ran, and when the installment was paid. */
function penaltyBecause({ before, after }: Compared, installment: number): Words {
  const [was, is] = [rowOf(before.position, installment), rowOf(after.position, installment)];
  const days = [penaltyDays(before, installment, was?.penalty ?? 0n), penaltyDays(after, installment, is?.penalty ?? 0n)] as const;
  const counted = days[0] === days[1]
    ? { zh: `同样计罚息 ${days[0]} 天，但逾期的本金不同`, en: `${plural(days[0], 'day')} of penalty as before, on other amounts` }
    : { zh: `计罚息的天数 ${days[0]} → ${days[1]}`, en: `days of penalty ${days[0]} → ${days[1]}` };
  if (is === null || was?.paidOn === is.paidOn) return counted;
  const paid = is.paidOn === null
    ? { zh: '因为这一期现在没有还清', en: 'for this installment is not paid now' }
    : is.paidOn <= is.dueOn
      ? { zh: `因为这一期在到期日 ${dayWords(is.dueOn).zh}之前或当天已还清`, en: `for this installment was paid on or before its due day, ${dayWords(is.dueOn).en}` }
      : { zh: `因为这一期在 ${dayWords(is.paidOn).zh}还清`, en: `for this installment was paid on ${dayWords(is.paidOn).en}` };
  return joined([counted, paid], { zh: '，', en: ', ' });
}

/** What its interest is computed from now. */
function interestBecause({ before, after }: Compared, installment: number): Words | null {
  const [was, is] = [computed(before, installment), computed(after, installment)];
  if (was !== null && is !== null && was.zh !== is.zh) return { zh: `原为 ${was.zh}，现为 ${is.zh}`, en: `was ${was.en}, is ${is.en}` };
  const row = rowOf(after.position, installment);
  if (row === null || row.interestPaid === (rowOf(before.position, installment)?.interestPaid ?? 0n)) return null;
  return { zh: '因为提前付的利息不同', en: 'for another amount of it is paid ahead' };
}

/** The interest of an installment that has fallen due (or was ended), as its computation. */
function computed({ book, position }: Side, installment: number): Words | null {
  const row = rowOf(position, installment);
  const runs = book?.interest.get(installment) ?? [];
  if (book === null || row === null || runs.length === 0) return null;
  const figures = interestFigures(book, position, row);
  return figures.result === row.interest ? computation(figures) : null;
}

/** What an amount that belongs to no installment is made of. */
function partDetails({ before, after }: Compared, component: NetComponent): readonly Words[] {
  const [was, is] = [before.position, after.position];
  const change = (label: Words, from: bigint, to: bigint): readonly Words[] =>
    from === to ? [] : [{ zh: `${label.zh} ${grouped(from)} → ${grouped(to)}`, en: `${label.en.toLowerCase()} ${grouped(from)} → ${grouped(to)}` }];
  if (component === 'due') {
    const parts = (['fee', 'penalty', 'interest', 'principal'] as const).filter((part) => was.due[part] !== is.due[part])
      .map((part) => ({ zh: `${WORD[part].zh} ${signed(is.due[part] - was.due[part])}`, en: `${WORD[part].en} ${signed(is.due[part] - was.due[part])}` }));
    return [joined(parts, COMMA)];
  }
  if (component === 'principalOutstanding') {
    return (['disbursed', 'principalPaid', 'principalChargedOff'] as const).flatMap((key) => change(LABEL[key], was.totals[key], is.totals[key]));
  }
  if (component === 'refundLiability') {
    return (['received', 'feePaid', 'penaltyPaid', 'interestPaid', 'principalPaid', 'refunded', 'recovered'] as const).flatMap((key) => change(LABEL[key], was.totals[key], is.totals[key]));
  }
  return [];
}
