import { useState } from 'preact/hooks';
import type { LoanRecordReply, LoanReply, RepaymentReply } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import { day, groupedYuan, money } from '../format.ts';
import { Button, Choice, Field } from '../kit/controls.tsx';
import { Note, TroubleNotice } from '../kit/notices.tsx';
import { useAction } from '../kit/use-action.ts';
import { prepaymentOf, settlesAt, type Ahead, type PartEffect, type Prepayment } from '../prepayment.ts';
import { readYuan } from './amount-control.tsx';

type Props = { readonly loan: LoanReply; readonly done: (reply: RepaymentReply) => void };

/** Part of the principal ahead of time (REPAY-005): an amount, what it changes, computed here, and only then the button. */
export function PrepayPanel({ loan, done }: Props) {
  const { api, words } = useApp();
  const [record, setRecord] = useState<LoanRecordReply | null>(null);
  const ask = useAction(() => api.loanRecord(loan.id), setRecord);
  return (
    <>
      <h3>{words.repay.prepay.title}</h3>
      {record === null
        ? <Button kind="quiet" isPending={ask.isPending} onClick={() => ask.run()}>{words.repay.prepay.open}</Button>
        : <PrepayForm loan={loan} record={record} done={(reply) => { setRecord(null); done(reply); }} />}
      <TroubleNotice trouble={ask.trouble} onRetry={() => ask.run()} />
    </>
  );
}

function PrepayForm({ loan, record, done }: Props & { readonly record: LoanRecordReply }) {
  const { api, words, language } = useApp();
  const isLevel = loan.method === 'level_installment';
  const [typed, setTyped] = useState('');
  // Where only interest is paid each month there is nothing to choose: the months stay, the interest shrinks.
  const [effect, setEffect] = useState<PartEffect>(isLevel ? 'shorter_term' : 'smaller_installment');
  const pay = useAction((amountFen: string) => api.repay(loan.id, { purpose: 'prepay', amount_fen: amountFen, effect }), done);
  const amount = readYuan(typed);
  const found = amount === null ? null : prepaymentOf(record, amount, effect);
  const range = words.repay.prepay.range(money(settlesAt(record), language));
  return (
    <>
      <Field name="prepay-amount" label={words.repay.prepay.amount} value={typed} inputMode="numeric" hint={range} error={typed !== '' && found === null ? range : undefined} onInput={setTyped} />
      {isLevel ? (
        <Choice
          name="prepay-effect" label={words.repay.prepay.effect} value={effect} onChoose={setEffect}
          options={(['shorter_term', 'smaller_installment'] as const).map((each) => ({ value: each, text: words.repay.prepay.effects[each], hint: words.repay.prepay.effectHints[each] }))}
        />
      ) : null}
      {found === null || amount === null ? null : (
        <>
          <Changes prepayment={found} />
          <Note>{words.repay.prepay.noFee}</Note>
          <Button isPending={pay.isPending} onClick={() => pay.run(String(amount))}>{words.repay.prepay.confirm(money(amount, language))}</Button>
        </>
      )}
      <TroubleNotice trouble={pay.trouble} onRetry={() => pay.run(String(amount))} />
    </>
  );
}

/** Each figure as it stands beside what it would become. */
function Changes({ prepayment: { principal, interest, before, after, saved } }: { readonly prepayment: Prepayment }) {
  const { words, language } = useApp();
  const said = words.repay.prepay;
  const rows: readonly (readonly [string, (ahead: Ahead) => string])[] = [
    [said.installments, ({ installments }) => String(installments)],
    [said.next, ({ next }) => groupedYuan(next)],
    [said.following, ({ following }) => (following === null ? '0.00' : groupedYuan(following))],
    [said.last, ({ lastDueOn }) => day(lastDueOn, language)],
    [said.left, ({ interest: left }) => groupedYuan(left)],
  ];
  return (
    <div role="status" class="changes">
      {interest === 0n ? null : <p>{said.parts(money(principal, language), money(interest, language))}</p>}
      <table>
        <caption class="unseen">{said.title}</caption>
        <thead><tr><td /><th scope="col">{said.now}</th><th scope="col">{said.then}</th></tr></thead>
        <tbody>{rows.map(([name, of]) => <tr key={name}><th scope="row">{name}</th><td>{of(before)}</td><td>{of(after)}</td></tr>)}</tbody>
      </table>
      {saved > 0n ? <Note>{words.repay.saves(money(saved, language))}</Note> : null}
    </div>
  );
}
