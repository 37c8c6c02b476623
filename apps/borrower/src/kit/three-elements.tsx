import type { RepaymentMethod } from '@mingdai/loan-math';
import { useApp } from '../app-context.ts';
import { money, percent } from '../format.ts';

export type Cost = {
  readonly annualCostPpm: bigint | string;
  readonly overduePpm: bigint | string;
  readonly method: RepaymentMethod;
  readonly months: number;
  /** What is asked first and last, to say the method in money; null when there is no schedule to show. */
  readonly first: bigint | null;
  readonly last: bigint | null;
  readonly total: bigint;
  readonly interest: bigint;
  readonly isOwnPrice: boolean;
};

/**
 * Annual cost, repayment method, cost of being overdue, and the total in yuan: together, before any button that asks for
 * a yes, on every such screen (G4, RATE-028). One component, so that no screen can show them smaller.
 */
export function ThreeElements({ cost }: { readonly cost: Cost }) {
  const { words, language } = useApp();
  return (
    <section class="three" data-disclosure-group aria-label={words.three.title}>
      <dl>
        <div>
          <dt>{words.three.annual}<small>{cost.isOwnPrice ? words.three.yours : words.three.highest}</small></dt>
          <dd class="apr" data-disclosure="apr">{percent(cost.annualCostPpm)}</dd>
        </div>
        <div>
          <dt>{words.three.method}</dt>
          <dd data-disclosure="method">{methodText(cost, words, language)}</dd>
        </div>
        <div>
          <dt>{words.three.overdue}</dt>
          <dd data-disclosure="overdue">{words.three.overdueIs(percent(cost.overduePpm))}</dd>
        </div>
        <div>
          <dt>{words.three.total}</dt>
          <dd data-disclosure="total">{words.three.totalIs(money(cost.total, language), money(cost.interest, language))}</dd>
        </div>
      </dl>
    </section>
  );
}

function methodText({ method, months, first, last }: Cost, words: ReturnType<typeof useApp>['words'], language: 'zh' | 'en'): string {
  if (method === 'level_installment' && first !== null) return words.methodIs.level(months, money(first, language));
  if (method === 'interest_first' && last !== null) return words.methodIs.interestFirst(months, money(last, language));
  return words.methodIs.other(words.methods[method], months);
}
