import type { FeeTime, LoanFee, LoanTerms, RollRule, Words } from '@mingdai/loan-math';
import { groupedYuan, percent } from './format.ts';

export type Term = { readonly name: Words; readonly says: Words };

const FEE_TIMES: Readonly<Record<FeeTime, Words>> = {
  deducted: { zh: '放款时从本金中扣收', en: 'taken out of the money paid out' },
  upfront: { zh: '放款日另付', en: 'paid on the day of the payout' },
  monthly_on_original: { zh: '每期按借款本金收取', en: 'with each installment, on the principal lent' },
  monthly_on_outstanding: { zh: '每期按剩余本金收取', en: 'with each installment, on the principal outstanding' },
  first_installment: { zh: '随第 1 期收取一次', en: 'once, with the first installment' },
  overdue: { zh: '每期逾期超过宽限期收取一次', en: 'once for each installment overdue beyond its grace' },
};

const ROLLS: Readonly<Record<RollRule, Words>> = {
  following: { zh: '顺延至下一工作日', en: 'moved to the next working day' },
  modified_following: { zh: '顺延至下一工作日，跨月则提前至上一工作日', en: 'moved to the next working day, or the one before where that is another month' },
  preceding: { zh: '提前至上一工作日', en: 'moved to the working day before' },
};

/** What only some contracts agree: what is absent is not said. */
export function furtherTerms(terms: LoanTerms): readonly Term[] {
  const { graceOnPrincipal = 0, graceOnInterest = 0, interestFree = 0, firstPeriodDaysMin, dueRoll, fees = [] } = terms;
  const said: (Term | null)[] = [
    graceOnPrincipal === 0 ? null : term('只还利息', 'Interest only', `前 ${graceOnPrincipal} 期不还本金`, `the first ${graceOnPrincipal} installments ask no principal`),
    graceOnInterest === 0 ? null : term('暂不付息', 'Interest put off', `前 ${graceOnInterest} 期不收利息，照常计算，之后一期一并收取`, `the first ${graceOnInterest} installments ask no interest; it runs on and is asked with the next`),
    interestFree === 0 ? null : term('免息', 'Free of interest', `前 ${interestFree} 期不计利息`, `no interest runs in the first ${interestFree} periods`),
    firstPeriodDaysMin === undefined ? null : term('首期', 'First period', `不足 ${firstPeriodDaysMin} 天的，到期日推后一个月`, `of fewer than ${firstPeriodDaysMin} days, it ends a month later`),
    dueRoll === undefined ? null : { name: { zh: '遇休息日', en: 'Days off' }, says: { zh: `${ROLLS[dueRoll.rule].zh}（日历：${dueRoll.calendar.name}）`, en: `${ROLLS[dueRoll.rule].en} (calendar: ${dueRoll.calendar.name})` } },
    ...fees.map(feeTerm),
  ];
  return said.filter((each): each is Term => each !== null);
}

const term = (nameZh: string, nameEn: string, zh: string, en: string): Term => ({ name: { zh: nameZh, en: nameEn }, says: { zh, en } });

function feeTerm({ code, when, amount, ratePpm }: LoanFee): Term {
  const size = amount === undefined ? { zh: percent(ratePpm ?? 0n), en: percent(ratePpm ?? 0n) } : { zh: `${groupedYuan(amount)} 元`, en: `${groupedYuan(amount)} yuan` };
  return term('费用', 'Fee', `${code}：${size.zh}，${FEE_TIMES[when].zh}`, `${code}: ${size.en}, ${FEE_TIMES[when].en}`);
}
