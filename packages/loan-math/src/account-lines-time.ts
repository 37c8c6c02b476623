import { feeReasons } from './account-lines-change.ts';
import { penaltyParts } from './account-lines-bases.ts';
import { interestFigures, leftLater, levelOf, periodStart, rowOf, type Book } from './account-lines-book.ts';
import type { Run } from './account-lines-run.ts';
import { businessDateOf } from './business-date.ts';
import type { Reason, Words } from './explain.ts';
import { borneFigures, dayWords, money, part, plural, reasoned, rowWords, said, sumFigures, WORD } from './explain-text.ts';
import type { Position, PositionInstallment } from './position.ts';
import { formatPercent } from './rate.ts';
import type { LoanTerms } from './terms.ts';

export const daysOf = (runs: readonly Run[]): number => runs.reduce((days, run) => days + run.to - run.from, 0);

/** What was told of penalty so far: how much, by number of installment, and which were only ever told in a sum. */
export type PenaltyTold = { readonly amount: Map<number, bigint>; readonly inSum: Set<number> };

/** More installments than anybody reads at one go: the rest is told in a sum, and one by one where the account ends. */
const TOLD_EACH = 12;

/** Why penalty has grown since it was told last, installment by installment; what is told now is noted in `told`. */
export function penaltyReasons(book: Book, position: Position, told: PenaltyTold): readonly Reason[] {
  const grown = position.installments.filter((row) => row.penalty !== (told.amount.get(row.number) ?? 0n));
  const reasons = grown.slice(0, TOLD_EACH).flatMap((row) => grownReasons(book, row, told.amount.get(row.number) ?? 0n));
  const rest = grown.slice(TOLD_EACH);
  if (rest.length > 0) {
    const added = rest.reduce((sum, row) => sum + row.penalty - (told.amount.get(row.number) ?? 0n), 0n);
    reasons.push(reasoned(`另有 ${rest.length} 期的罚息这次共增加`, `Penalty on ${rest.length} more installments, new in all`, sumFigures([part(added)])));
  }
  for (const row of rest) told.inSum.add(row.number);
  for (const row of grown) told.amount.set(row.number, row.penalty);
  return reasons;
}

/** Where the account ends: what has grown since it was told last, and each installment that was told in a sum. */
export function penaltyReasonsAtEnd(book: Book, position: Position, told: PenaltyTold): readonly Reason[] {
  const isTold = (row: PositionInstallment): boolean => row.penalty === (told.amount.get(row.number) ?? 0n) && !told.inSum.has(row.number);
  return position.installments.flatMap((row) => (isTold(row) || row.penalty === 0n ? [] : grownReasons(book, row, told.inSum.has(row.number) ? 0n : told.amount.get(row.number) ?? 0n)));
}

function grownReasons(book: Book, row: PositionInstallment, before: bigint): readonly Reason[] {
  const whole = penaltyReason(book, row, before === 0n);
  if (before === 0n) return [whole];
  const added = sumFigures([part(row.penalty, { zh: '共', en: 'in all' }), part(-before, { zh: '此前已计', en: 'counted before' })]);
  return [whole, reasoned(`${rowWords(row.number).zh}这次增加`, `What is new on ${rowWords(row.number).en}`, added)];
}

function penaltyReason({ terms, penalty }: Book, row: PositionInstallment, isFirst: boolean): Reason {
  const runs = penalty.get(row.number) ?? [];
  const figures = borneFigures(penaltyParts(runs));
  const name = rowWords(row.number);
  if (figures.result !== row.penalty) return said(`${name.zh}的罚息共 ${money(row.penalty).zh}。`, `Penalty on ${name.en} is ${money(row.penalty).en} in all.`);
  const days = daysOf(runs);
  const what = terms.penaltyOn === 'principal_and_interest' ? { zh: '逾期本金和利息', en: 'Overdue principal and interest' } : { zh: '逾期本金', en: 'Overdue principal' };
  const [from, to] = [dayWords(businessDateOf(runs[0]!.from)), dayWords(businessDateOf(runs[runs.length - 1]!.to))];
  const rule = isFirst ? ruleOfPenalty(terms, runs[0]!.rate) : { zh: '', en: '' };
  return reasoned(
    `${name.zh}的${what.zh}从 ${from.zh}到 ${to.zh}计罚息 ${days} 天${rule.zh}`,
    `${what.en} of ${name.en} bears penalty for ${plural(days, 'day')} from ${from.en} to ${to.en}${rule.en}`, figures,
  );
}

function ruleOfPenalty({ graceDays, graceCountsBack }: LoanTerms, penaltyRate: bigint): Words {
  const rate = formatPercent(penaltyRate);
  const grace = graceDays === 0 ? { zh: '', en: '' }
    : graceCountsBack ? { zh: `，${graceDays} 天宽限期已用完，从到期日算起`, en: `, the grace of ${plural(graceDays, 'day')} is used up and it counts from the due day` }
    : { zh: `，从 ${graceDays} 天宽限期满算起`, en: `, from the end of the grace of ${plural(graceDays, 'day')}` };
  return { zh: `（罚息年利率 ${rate}%，代替合同利率${grace.zh}）`, en: ` (${rate}% a year in place of the contract rate${grace.en})` };
}

/** Why an installment that falls due asks what it asks. `before` is the position before that day's dues. */
export function fallingDueReasons(book: Book, row: PositionInstallment, before: Position): readonly Reason[] {
  const reasons = [...interestReasons(book, row, before), principalReason(book, row, before)];
  const paid = row.feePaid + row.interestPaid + row.principalPaid;
  if (row.fee > 0n) reasons.push(...feeReasons(book.terms, row.number === 1 ? [...MONTHLY, 'first_installment'] : MONTHLY, (when) => (when === 'monthly_on_outstanding' ? balanceAt(book, row, before) : book.terms.principal)));
  if ((row.interest > 0n && row.principal > 0n) || row.fee > 0n || paid > 0n) {
    const parts = [part(row.fee, WORD.fee), part(row.interest, WORD.interest), part(row.principal, WORD.principal)];
    if (paid > 0n) parts.push(part(-paid, { zh: '已提前付', en: 'paid ahead' }));
    reasons.push(reasoned('今天应还', 'Due today', sumFigures(parts.filter(({ base }) => base !== 0n))));
  }
  return reasons;
}

const MONTHLY = ['monthly_on_original', 'monthly_on_outstanding'] as const;

/** Principal that had not fallen due when an installment's period began. */
const balanceAt = ({ terms }: Book, row: PositionInstallment, position: Position): bigint => rowOf(position, row.number - 1)?.balanceAfter ?? terms.principal;

/** How a period's interest came about, with a stretch for each principal that bore it. */
export function interestReasons(book: Book, row: PositionInstallment, position: Position): readonly Reason[] {
  const figures = interestFigures(book, position, row);
  const name = rowWords(row.number);
  const [since, until] = [dayWords(periodStart(book, position, row.number)), dayWords(row.dueOn)];
  const reasons = [reasoned(`${name.zh}的利息，${since.zh}至 ${until.zh}`, `Interest of ${name.en}, ${since.en} to ${until.en}`, figures)];
  const left = leftLater(book, position, row);
  if (left > 0n) {
    const parts = [part(figures.result), part(-row.interest, { zh: '已提前付', en: 'paid ahead' })].filter(({ base }) => base !== 0n);
    reasons.push(reasoned(`${name.zh}不收利息，留到下一期`, `${capital(name.en)} asks no interest; left for the next one`, sumFigures([{ ...parts[0]!, label: WORD.interest }, ...parts.slice(1)])));
  } else if (figures.result !== row.interest) {
    const parts = [part(row.interest, { zh: '已收', en: 'already taken' }), part(-figures.result, { zh: '按天计算', en: 'by days' })];
    reasons.push(reasoned('此前提前还款时利息已经收足，多出的部分', 'Payments ahead of time had already taken the whole interest; what is over', sumFigures(parts)));
  }
  return reasons;
}

function principalReason(book: Book, row: PositionInstallment, position: Position): Reason {
  const name = rowWords(row.number);
  const prepaid = book.prepaid.get(row.number) ?? 0n;
  const earlier = balanceAt(book, row, position);
  const level = levelOf(book, row.number);
  const remains = sumFigures([part(earlier, { zh: '此前未还本金', en: 'principal before' }), part(-row.balanceAfter, { zh: '以后各期本金', en: 'principal of later installments' })].filter(({ base }) => base !== 0n));
  if (row.balanceAfter === 0n) return reasoned(`${name.zh}是最后一期，收取全部剩余本金`, `${capital(name.en)} is the last one and takes all principal that is left`, remains);
  if (book.terms.method === 'level_principal' && level === row.principal) return reasoned(`${name.zh}的本金每期相同`, `Principal of ${name.en} is the same each time`, remains);
  const isLeft = leftLater(book, position, row) > 0n;
  const carried = book.carried.get(row.number) ?? 0n;
  const own = isLeft ? interestFigures(book, position, row).result - carried : row.interest - carried;
  if (book.terms.method === 'level_installment' && level !== null && level - own + prepaid === row.principal) {
    const parts = [part(level, { zh: '每期相同金额', en: 'level amount' })];
    if (prepaid > 0n) parts.push(part(prepaid, { zh: '本期内提前还款', en: 'repaid early in this period' }));
    parts.push(part(-own, carried > 0n || isLeft ? { zh: '本期自己的利息', en: 'interest of its own period' } : WORD.interest));
    return reasoned(`${name.zh}的本金是每期金额减去利息`, `Principal of ${name.en} is the level amount less its interest`, sumFigures(parts.filter(({ base }) => base !== 0n)));
  }
  if (row.principal === 0n) return row.interest > 0n ? said(`${name.zh}只还利息，不还本金。`, `${capital(name.en)} asks interest only, no principal.`) : said(`${name.zh}不还本金。`, `${capital(name.en)} asks no principal.`);
  return reasoned(`${name.zh}的本金，含已提前还的部分`, `Principal of ${name.en}, with what was repaid ahead of time`, remains);
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What an installment still asks. */
export const unpaidOf = (row: PositionInstallment): bigint =>
  row.fee + row.penalty + row.interest + row.principal - row.feePaid - row.feeWaived - row.penaltyPaid - row.interestPaid - row.principalPaid - row.penaltyWaived - row.interestWaived;

/** How the loan stands today: interest run up, principal left, what is due, what comes next. */
export function standingReasons(book: Book, position: Position): readonly Reason[] {
  const { terms } = book;
  const { totals, due } = position;
  const reasons: Reason[] = [];
  const accrued = accruedReason(book, position);
  if (accrued !== null) reasons.push(accrued);
  const principal = [part(terms.principal, { zh: '借款本金', en: 'principal lent' })];
  if (totals.principalPaid > 0n) principal.push(part(-totals.principalPaid, { zh: '已还本金', en: 'principal repaid' }));
  if (totals.principalChargedOff > 0n) principal.push(part(-totals.principalChargedOff, { zh: '已转损失', en: 'charged off' }));
  reasons.push(reasoned('未还本金', 'Principal outstanding', sumFigures(principal)));
  if (due.total > 0n) {
    const parts = (['fee', 'penalty', 'interest', 'principal'] as const).filter((component) => due[component] > 0n);
    reasons.push(reasoned('今天应还', 'Due today', sumFigures(parts.map((component) => part(due[component], WORD[component])))));
  }
  const next = nextReason(position);
  return next === null ? reasons : [...reasons, next];
}

function accruedReason(book: Book, position: Position): Reason | null {
  const open = position.installments.find((row) => row.dueOn > position.on);
  if (open === undefined || position.status !== 'active') return null;
  const sofar = interestFigures(book, position, open);
  if (sofar.parts.length === 0) return null;
  const from = periodStart(book, position, open.number);
  const parts = [...sofar.parts];
  if (open.interestPaid > 0n) parts.push(part(-open.interestPaid, { zh: '已提前付', en: 'paid ahead' }));
  const figures = borneFigures(parts);
  const [name, since] = [rowWords(open.number), dayWords(from)];
  return reasoned(
    `${name.zh}从 ${since.zh}到今天的利息，到期才收，还没有计入应还`,
    `Interest of ${name.en} from ${since.en} to today, asked on its due day and not yet counted as due`, figures,
  );
}

function nextReason(position: Position): Reason | null {
  const next = position.installments.find((row) => row.dueOn > position.on && row.status !== 'paid');
  if (next === undefined || position.status !== 'active') return null;
  const parts = [part(next.fee, WORD.fee), part(next.interest, WORD.interest), part(next.principal, WORD.principal)];
  const paid = next.feePaid + next.interestPaid + next.principalPaid;
  if (paid > 0n) parts.push(part(-paid, { zh: '已提前付', en: 'paid ahead' }));
  const [name, on] = [rowWords(next.number), dayWords(next.dueOn)];
  return reasoned(
    `如果不再发生别的事，${name.zh}在 ${on.zh}应还`, `If nothing else happens, ${name.en} asks on ${on.en}`,
    sumFigures(parts.filter(({ base }) => base !== 0n)),
  );
}
