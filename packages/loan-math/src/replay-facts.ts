import type { Words } from './explain.ts';
import { dayWords } from './explain-text.ts';
import type { LoanStatus, Position, PositionInstallment } from './position.ts';
import type { Compared, FactName } from './replay-net.ts';

const STATUS: Readonly<Record<LoanStatus, Words>> = {
  awaiting_disbursement: { zh: '等待放款', en: 'awaiting its payout' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  active: { zh: '还款中', en: 'being repaid' },
  settled: { zh: '已还清', en: 'repaid' },
  charged_off: { zh: '已转损失', en: 'charged off' },
};

/** Why something that is not an amount differs. */
export function factWhy({ before, after, causes }: Compared, fact: FactName): Words {
  const [was, is] = [before.position, after.position];
  const told = toldOf(fact, was, is);
  return { zh: `${told.zh}：${causes.zh}。`, en: `${told.en}, as ${causes.en}.` };
}

function toldOf(fact: FactName, was: Position, is: Position): Words {
  switch (fact) {
    case 'status': return { zh: `借款由${STATUS[was.status].zh}变为${STATUS[is.status].zh}`, en: `The loan was ${STATUS[was.status].en} and is ${STATUS[is.status].en}` };
    case 'settledOn': return changed({ zh: '还清日', en: 'The day on which all was repaid' }, dayOrNone(was.settledOn), dayOrNone(is.settledOn));
    case 'daysPastDue': {
      const days = changed({ zh: '逾期天数', en: 'Days past due' }, same(String(was.daysPastDue)), same(String(is.daysPastDue)));
      const oldest = changed({ zh: '最早没有还清的到期日', en: 'oldest unpaid due day' }, oldestOf(was), oldestOf(is));
      return { zh: `${days.zh}，${oldest.zh}`, en: `${days.en}, ${oldest.en}` };
    }
    case 'bucket': {
      const bucket = changed({ zh: '逾期阶段', en: 'Stage of being overdue' }, bucketWords(was), bucketWords(is));
      return { zh: `${bucket.zh}（逾期 ${was.daysPastDue} → ${is.daysPastDue} 天）`, en: `${bucket.en} (days past due ${was.daysPastDue} → ${is.daysPastDue})` };
    }
    case 'isInGrace': return is.isInGrace ? { zh: '现在在宽限期内', en: 'The loan is within grace now' } : { zh: '现在不在宽限期内', en: 'The loan is not within grace now' };
    case 'nextDueOn': return changed({ zh: '下一个到期日', en: 'The next due day' }, dayOrNone(was.nextDueOn), dayOrNone(is.nextDueOn));
  }
}

const bucketWords = ({ bucket }: Position): Words => (bucket === 'current' ? { zh: '正常', en: 'not overdue' } : same(bucket));
const same = (text: string): Words => ({ zh: text, en: text });
const changed = (label: Words, from: Words, to: Words): Words => ({ zh: `${label.zh} ${from.zh} → ${to.zh}`, en: `${label.en} ${from.en} → ${to.en}` });
const dayOrNone = (day: Position['settledOn']): Words => (day === null ? { zh: '无', en: 'none' } : dayWords(day));

function oldestOf({ installments, on }: Position): Words {
  const oldest: PositionInstallment | undefined = installments.find((row) => row.status === 'overdue' || (row.status === 'due' && row.dueOn <= on));
  if (oldest === undefined) return { zh: '无', en: 'none' };
  const due = dayWords(oldest.dueOn);
  return { zh: `${due.zh}（第 ${oldest.number} 期）`, en: `${due.en} (installment ${oldest.number})` };
}
