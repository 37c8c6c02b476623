import type { LoanReply } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import { day, groupedYuan, money, percent } from '../format.ts';
import { Note, Shown } from '../kit/notices.tsx';
import { ThreeElements } from '../kit/three-elements.tsx';
import { useLoad } from '../kit/use-load.ts';
import { liveQuote } from '../live-quote.ts';
import { funderText } from './funder-text.ts';
import { leftOf } from './left-of.ts';
import { recompute } from '../recompute.ts';
import { RepayPanel } from './repay.tsx';
import { StatementDownload } from './statement.tsx';

/** One loan: what is asked next and when, what each fen is, and what has happened. */
export function LoanPage({ id }: { readonly id: string }) {
  const { api } = useApp();
  const { state, again } = useLoad(id, () => api.loan(id));
  return <Shown state={state} onRetry={again}>{(loan) => <Loan loan={loan} reload={again} />}</Shown>;
}

function Loan({ loan, reload }: { readonly loan: LoanReply; readonly reload: () => void }) {
  const { words, language } = useApp();
  const repaid = BigInt(loan.principal_fen) - BigInt(loan.principal_outstanding_fen);
  return (
    <>
      <h1 tabIndex={-1}>{words.loan.title}</h1>
      <NextPayment loan={loan} />
      <LoanThreeElements loan={loan} />
      <p class="lead">{loan.words[language]} <span class="hint">{words.loan.asOf(day(loan.on, language))}</span></p>
      {loan.refund_owed_fen === '0' ? null : <div class="notice"><p>{words.loan.refund(money(loan.refund_owed_fen, language))}</p></div>}
      <RepayPanel loan={loan} reload={reload} />
      <div class="progress">
        <progress value={shareOf(repaid, BigInt(loan.principal_fen))} max={1000} aria-label={words.loan.repaid(money(repaid, language), money(loan.principal_fen, language))} />
        <Note>{words.loan.repaid(money(repaid, language), money(loan.principal_fen, language))}</Note>
      </div>
      <h2>{words.loan.rows}</h2>
      <Rows loan={loan} />
      <SecondOpinion loan={loan} />
      <h2>{words.loan.events}</h2>
      {loan.events.length === 0 ? <p class="empty">{words.loan.noEvents}</p> : (
        <ol class="events">{loan.events.map((event) => <li key={event.id} class={event.is_reversed ? 'struck' : ''}>{event.words[language]}</li>)}</ol>
      )}
      <h2>{words.loan.terms}</h2>
      <Terms loan={loan} />
      <StatementDownload loan={loan} />
    </>
  );
}

/** How far, in thousandths: for a bar, not for money. */
const shareOf = (part: bigint, whole: bigint): number => (whole === 0n ? 0 : Number((part * 1000n) / whole));

function NextPayment({ loan }: { readonly loan: LoanReply }) {
  const { words, language } = useApp();
  const next = loan.installments.find(({ due_on }) => due_on === loan.next_due_on);
  if (loan.due.total_fen !== '0') {
    return (
      <section class={`next ${loan.days_past_due > 0 ? 'next-overdue' : ''}`}>
        <h2>{words.loan.dueTitle}</h2>
        <p class="figure">{money(loan.due.total_fen, language)}</p>
        {loan.days_past_due === 0 ? null : <p><strong>{words.loan.overdue(loan.days_past_due)}</strong> · {words.loan.perDay(money(penaltyPerDay(loan), language))}</p>}
      </section>
    );
  }
  if (next === undefined || loan.next_due_on === null) return <section class="next"><h2>{words.loan.dueTitle}</h2><p>{words.loan.nothing}</p></section>;
  return (
    <section class="next">
      <h2>{words.loan.nextTitle}</h2>
      <p class="figure">{money(leftOf(next), language)}</p>
      <p>{words.loan.dueOn(day(loan.next_due_on, language))}</p>
    </section>
  );
}

/** What one more overdue day costs now: overdue principal × penalty rate ÷ 360, half up to the fen. */
const penaltyPerDay = (loan: LoanReply): bigint => (2n * BigInt(loan.principal_overdue_fen) * BigInt(loan.penalty_rate_ppm) + 360_000_000n) / 720_000_000n;

/** The same three elements as on the way in, for the contract as it was signed. */
function LoanThreeElements({ loan }: { readonly loan: LoanReply }) {
  const { shelf } = useApp();
  const wish = { amountFen: BigInt(loan.principal_fen), months: loan.months, method: loan.method, purpose: '' };
  const signed = liveQuote(shelf.product, wish, BigInt(loan.annual_rate_ppm), loan.disbursed_on ?? loan.on);
  if (signed === null) return null;
  const cost = {
    annualCostPpm: signed.annualCostPpm, overduePpm: loan.penalty_rate_ppm, method: loan.method, months: loan.months,
    first: signed.rows[0]?.total ?? null, last: signed.rows[signed.rows.length - 1]?.total ?? null, total: signed.total, interest: signed.interest, isOwnPrice: true,
  };
  return <ThreeElements cost={cost} />;
}

function Rows({ loan }: { readonly loan: LoanReply }) {
  const { words, language } = useApp();
  return (
    <ul class="rows">
      {loan.installments.map((row) => (
        <li key={row.number} class={`row row-${row.status}`}>
          <p class="row-head">
            <span>{row.number} · {day(row.due_on, language)}</span>
            <strong>{groupedYuan(BigInt(row.total_fen))}</strong>
            <span class={`tag tag-${row.status}`}>{words.rowStatuses[row.status]}</span>
          </p>
          <p class="row-parts">
            {words.schedule.principal} {groupedYuan(BigInt(row.principal_fen))} · {words.schedule.interest} {groupedYuan(BigInt(row.interest_fen))}
            {row.penalty_fen === '0' ? null : <> · {words.schedule.penalty} {groupedYuan(BigInt(row.penalty_fen))}</>}
          </p>
          <p class="hint">{row.words[language]}</p>
        </li>
      ))}
    </ul>
  );
}

/** The loan computed again here, from contract and events, by the open arithmetic (the statement's promise, on every visit). */
function SecondOpinion({ loan }: { readonly loan: LoanReply }) {
  const { api, words } = useApp();
  const { state } = useLoad(`${loan.id}/${loan.on}/${loan.events.length}`, () => api.loanRecord(loan.id));
  // Something happened between the two questions: what they say is of two moments, and not to be compared.
  if (state.kind !== 'shown' || state.value.on !== loan.on || state.value.events.length !== loan.events.length) return null;
  const { figures, differing } = recompute(state.value, loan);
  return differing.length === 0
    ? <p class="notice notice-good">{words.loan.recomputed(figures)}</p>
    : <p class="notice notice-bad" role="alert">{words.loan.differs(differing.join(', '))}</p>;
}

function Terms({ loan }: { readonly loan: LoanReply }) {
  const app = useApp();
  const { words, language } = app;
  return (
    <dl class="terms">
      <div><dt>{words.loan.rate}</dt><dd>{percent(loan.annual_rate_ppm)}</dd></div>
      <div><dt>{words.loan.penaltyRate}</dt><dd>{percent(loan.penalty_rate_ppm)}</dd></div>
      {loan.disbursed_on === null ? null : <div><dt>{words.loan.borrowedOn}</dt><dd>{day(loan.disbursed_on, language)}</dd></div>}
      <div><dt>{words.offer.funders}</dt><dd>{loan.funders.map((share) => funderText(share, app)).join(' · ')}</dd></div>
      <div><dt>{words.loan.contract}</dt><dd class="code">{loan.contract_id}</dd></div>
    </dl>
  );
}
