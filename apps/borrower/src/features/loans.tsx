import { useApp } from '../app-context.ts';
import { day, money } from '../format.ts';
import { Shown, SignInFirst } from '../kit/notices.tsx';
import { useLoad } from '../kit/use-load.ts';

/** The borrower's loans, what is due first, and an application that was left half-way. */
export function LoansPage() {
  const { api, words, language, isSignedIn } = useApp();
  const { state, again } = useLoad('loans', async () => (isSignedIn ? api.loans() : { kind: 'done' as const, value: { loans: [] } }));
  return (
    <>
      <h1 tabIndex={-1}>{words.loans.title}</h1>
      {isSignedIn ? null : <SignInFirst />}
      <OpenApplications />
      {isSignedIn ? (
        <Shown state={state} onRetry={again}>
          {({ loans }) => (loans.length === 0 ? <p class="empty">{words.loans.empty}</p> : (
            <ul class="cards">
              {loans.map((loan) => (
                <li key={loan.id} class="card">
                  <a href={`#/loan/${loan.id}`} aria-label={words.loans.open(loan.id)}>
                    <span class="card-head"><strong>{money(loan.principal_outstanding_fen, language)}</strong><span class={`tag tag-${loan.days_past_due > 0 ? 'overdue' : loan.status}`}>{loan.days_past_due > 0 ? words.loan.overdue(loan.days_past_due) : words.statuses[loan.status]}</span></span>
                    <span class="hint">{words.loans.borrowed(money(loan.principal_fen, language))}</span>
                    {loan.due_fen === '0' ? null : <span>{words.loan.dueTitle} {money(loan.due_fen, language)}</span>}
                    {loan.next_due_on === null ? null : <span class="hint">{words.loans.next(day(loan.next_due_on, language))}</span>}
                  </a>
                </li>
              ))}
            </ul>
          ))}
        </Shown>
      ) : null}
    </>
  );
}

/** Applications that are still going: the way back into them. */
export function OpenApplications() {
  const { api, words, language, isSignedIn } = useApp();
  const { state } = useLoad('applications', async () => (isSignedIn ? api.applications() : { kind: 'done' as const, value: { applications: [] } }));
  if (state.kind !== 'shown') return null;
  const going = state.value.applications.filter(({ status }) => status !== 'closed' && status !== 'completed');
  return (
    <>
      {going.map((application) => (
        <p key={application.id} class="notice"><a href={`#/application/${application.id}`}>{words.loans.continue}</a> · {money(application.amount_fen, language)}</p>
      ))}
    </>
  );
}
