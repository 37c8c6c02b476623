import type { ApplicationReply } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import { Button } from '../kit/controls.tsx';
import { Note } from '../kit/notices.tsx';
import { StepHeading } from '../kit/step-heading.tsx';

/** Step 5 (C5): where the money is. A list of states with an honest longest time, never a spinner. */
export function PayoutPage({ application }: { readonly application: ApplicationReply }) {
  const { words, go } = useApp();
  const isDone = application.status === 'completed';
  const reached = isDone ? 2 : 1;
  return (
    <>
      <StepHeading number={5} title={words.payout.title} />
      <ol class="states">
        {words.payout.states.map((state, index) => (
          <li key={state} class={index <= reached ? 'on' : ''} {...(index === reached ? { 'aria-current': 'step' } : {})}>{state}</li>
        ))}
      </ol>
      <div class={isDone ? 'notice notice-good' : 'notice'} role="status"><p>{isDone ? words.payout.done : words.payout.paying}</p></div>
      {application.loan_id === null ? null : (
        <div class="actions"><Button kind={isDone ? 'main' : 'quiet'} onClick={() => go(`loan/${application.loan_id}`)}>{words.payout.toLoan}</Button></div>
      )}
      <Note>{application.contract_id === null ? '' : `${words.loan.contract} ${application.contract_id}`}</Note>
    </>
  );
}
