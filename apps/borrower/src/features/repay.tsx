import { useState } from 'preact/hooks';
import type { LoanReply, RepaymentReply, SettlementQuoteReply } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import { day, money } from '../format.ts';
import { Button } from '../kit/controls.tsx';
import { Note, TroubleNotice } from '../kit/notices.tsx';
import { useAction } from '../kit/use-action.ts';
import { useLoad } from '../kit/use-load.ts';
import { leftOf } from './left-of.ts';
import { PrepayPanel } from './prepay.tsx';

/** Paying what is due, paying early, settling: each says the amount on the button and what the bank answered. */
export function RepayPanel({ loan, reload }: { readonly loan: LoanReply; readonly reload: () => void }) {
  const { api, words, language } = useApp();
  const [paid, setPaid] = useState<RepaymentReply['status'] | null>(null);
  const done = ({ status }: RepaymentReply) => { setPaid(status); reload(); };
  const pay = useAction((amountFen: string) => api.repay(loan.id, { purpose: 'due', amount_fen: amountFen }), done);
  if (loan.status !== 'active') return paid === null ? null : <Answer status={paid} />;

  const current = loan.installments.find(({ due_on }) => due_on === loan.next_due_on);
  const due = loan.due.total_fen;
  const ahead = current === undefined ? 0n : leftOf(current);
  const amount = due === '0' ? ahead : BigInt(due);
  return (
    <section class="card" aria-label={words.repay.title}>
      <h2>{words.repay.title}</h2>
      <BoundCard />
      {paid === null ? null : <Answer status={paid} />}
      {amount <= 0n ? null : (
        <Button isPending={pay.isPending} kind={due === '0' ? 'quiet' : 'main'} onClick={() => pay.run(String(amount))}>
          {due === '0' ? words.repay.ahead(money(amount, language)) : words.repay.due(money(amount, language))}
        </Button>
      )}
      <TroubleNotice trouble={pay.trouble} onRetry={() => pay.run(String(amount))} />
      {due === '0' && loan.method !== 'any_time' ? <PrepayPanel loan={loan} done={done} /> : null}
      <SettlePanel loan={loan} done={done} />
    </section>
  );
}

function BoundCard() {
  const { api, words } = useApp();
  const { state } = useLoad('me', () => api.me());
  return state.kind === 'shown' && state.value.card !== null ? <Note>{words.repay.from(state.value.card)}</Note> : null;
}

function Answer({ status }: { readonly status: RepaymentReply['status'] }) {
  const { words } = useApp();
  switch (status) {
    case 'settled':
      return <p class="notice notice-good" role="status">{words.repay.settled}</p>;
    case 'refused':
    case 'returned':
      return <p class="notice notice-bad" role="alert">{words.repay.refused}</p>;
    default:
      return <p class="notice" role="status">{words.repay.pending}</p>;
  }
}

type SettleProps = { readonly loan: LoanReply; readonly done: (reply: RepaymentReply) => void };

/** What ends the loan today, part by part, and what that saves; then one button with the amount on it (REPAY-005). */
function SettlePanel({ loan, done }: SettleProps) {
  const { api, words } = useApp();
  const [quote, setQuote] = useState<SettlementQuoteReply | null>(null);
  const ask = useAction(() => api.settlementQuote(loan.id), setQuote);
  const settle = useAction((amountFen: string) => api.repay(loan.id, { purpose: 'settle', amount_fen: amountFen }), (reply) => { setQuote(null); done(reply); });
  return (
    <>
      <h3>{words.repay.settle}</h3>
      {quote === null ? <Button kind="quiet" isPending={ask.isPending} onClick={() => ask.run()}>{words.repay.getQuote}</Button> : <Settlement loan={loan} quote={quote} isPending={settle.isPending} pay={() => settle.run(quote.total_fen)} />}
      <TroubleNotice trouble={ask.trouble} onRetry={() => ask.run()} />
      <TroubleNotice trouble={settle.trouble} onRetry={() => ask.run()} />
    </>
  );
}

type SettlementProps = { readonly loan: LoanReply; readonly quote: SettlementQuoteReply; readonly isPending: boolean; readonly pay: () => void };

function Settlement({ loan, quote, isPending, pay }: SettlementProps) {
  const { words, language } = useApp();
  const parts = (['fee', 'penalty', 'interest', 'principal', 'reclaimed'] as const).filter((part) => quote[`${part}_fen`] !== '0');
  const saved = loan.installments.filter(({ status }) => status !== 'paid').reduce((sum, row) => sum + leftOf(row), 0n) - BigInt(quote.total_fen);
  return (
    <>
      <p>{words.repay.quote(day(quote.on, language))}</p>
      <dl class="terms">
        {parts.map((part) => <div key={part}><dt>{words.repay.parts[part]}</dt><dd>{money(quote[`${part}_fen`], language)}</dd></div>)}
      </dl>
      {saved > 0n ? <Note>{words.repay.saves(money(saved, language))}</Note> : null}
      <Note>{words.repay.noFee}</Note>
      <Button isPending={isPending} onClick={pay}>{words.repay.confirmSettle(money(quote.total_fen, language))}</Button>
    </>
  );
}
