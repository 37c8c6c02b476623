import type { BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import type { Words } from './explain.ts';
import { COMMA, dayWords, joined, money, WORD } from './explain-text.ts';

const NAMED_MAX = 4;

/** The added events that make the difference, by day and amount: those that count, and reversals of what would have counted. */
export function causesOf(events: readonly LoanEvent[], added: readonly LoanEvent[], on: BusinessDate): Words {
  const known = new Map([...events, ...added].map((event) => [event.id, event]));
  const isOld = new Set(events.map((event) => event.id));
  const reversed = new Set([...known.values()].flatMap((event) => (event.kind === 'repayment_reversed' ? [event.reverses] : [])));
  const phrases: Words[] = [];
  const inOrder = [...added].sort((a, b) => a.valueOn - b.valueOn || a.sequence - b.sequence);
  for (const event of inOrder) {
    if (event.kind === 'fell_due' || event.kind === 'crossed_bucket' || reversed.has(event.id)) continue;
    if (event.kind !== 'repayment_reversed') {
      if (event.valueOn <= on) phrases.push(addedPhrase(event));
      continue;
    }
    const target = known.get(event.reverses);
    if (target !== undefined && isOld.has(target.id) && target.valueOn <= on) phrases.push(reversalPhrase(target));
  }
  const named = joined(phrases.slice(0, NAMED_MAX), COMMA);
  const more = phrases.length - NAMED_MAX;
  return more <= 0 ? named : { zh: `${named.zh}等共 ${phrases.length} 笔`, en: `${named.en} and ${more} more` };
}

function addedPhrase(event: LoanEvent): Words {
  const on = dayWords(event.valueOn);
  const [noun, sum] = [nounOf(event), 'amount' in event ? money(event.amount) : null];
  return { zh: `补记 ${on.zh}的${noun.zh}${sum === null ? '' : ` ${sum.zh}`}`, en: `the ${noun.en}${sum === null ? '' : ` of ${sum.en}`} of ${on.en} is added` };
}

function reversalPhrase(target: LoanEvent): Words {
  const on = dayWords(target.valueOn);
  const sum = 'amount' in target ? money(target.amount) : { zh: '', en: '' };
  return { zh: `冲正 ${on.zh}的${nounOf(target).zh} ${sum.zh}`, en: `the ${nounOf(target).en} of ${sum.en} of ${on.en} is taken back` };
}

function nounOf(event: LoanEvent): Words {
  switch (event.kind) {
    case 'disbursed': return { zh: '放款', en: 'payout' };
    case 'cancelled': return { zh: '取消', en: 'cancellation' };
    case 'repayment_received': return { zh: '还款', en: 'repayment' };
    case 'prepaid': return event.effect === 'settle' ? { zh: '提前结清', en: 'early settlement' } : { zh: '提前还款', en: 'prepayment' };
    case 'overpayment_refunded': return { zh: '退款', en: 'refund' };
    case 'fee_charged': return { zh: '费用', en: 'fee' };
    case 'waived': return { zh: `${WORD[event.component].zh}减免`, en: `waiver of ${WORD[event.component].en}` };
    case 'charged_off': return { zh: '转损失', en: 'charge-off' };
    case 'recovered': return { zh: '收回', en: 'recovery' };
    case 'rate_changed': return { zh: '利率变更', en: 'change of rate' };
    case 'rescheduled': return { zh: '还款计划重排', en: 'new schedule' };
    case 'paused': return { zh: '暂停还款', en: 'pause' };
    case 'resumed': return { zh: '恢复还款', en: 'end of the pause' };
    default: return { zh: '变动', en: 'change' };
  }
}
