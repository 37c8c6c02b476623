import { useEffect } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { Button } from '../kit/controls.tsx';
import { Shown } from '../kit/notices.tsx';
import { StepHeading } from '../kit/step-heading.tsx';
import { useLoad } from '../kit/use-load.ts';
import { ClosedPage } from './closed.tsx';
import { OfferPage } from './offer.tsx';
import { IdentityPage } from './identity.tsx';
import { PayoutPage } from './payout.tsx';
import { SignPage } from './sign.tsx';
import type { StageProps } from './stage-props.ts';

/** How often a screen asks by itself while somebody outside is being waited for. */
const ASK_EVERY_MS = 3_000;

/** Steps 2 to 5 of one application: what to show follows from its status alone, so a reload lands where one was. */
export function ApplicationPage({ id, hasAccepted }: { readonly id: string; readonly hasAccepted: boolean }) {
  const { api } = useApp();
  const { state, show, again } = useLoad(id, () => api.application(id));
  const isWaiting = state.kind === 'shown' && (state.value.status === 'submitted' || state.value.status === 'signed');
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(again, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isWaiting, id]);

  return (
    <Shown state={state} onRetry={again}>
      {(application) => <Stage application={application} hasAccepted={hasAccepted} show={show} again={again} />}
    </Shown>
  );
}

function Stage({ application, hasAccepted, show, again }: StageProps & { readonly hasAccepted: boolean }) {
  switch (application.status) {
    case 'submitted':
      return <WaitingPage waitingFor={application.waiting_for} again={again} />;
    case 'offered':
      return hasAccepted ? <IdentityPage application={application} show={show} again={again} /> : <OfferPage application={application} />;
    case 'identified':
      return <SignPage application={application} show={show} again={again} />;
    case 'signed':
    case 'completed':
      return <PayoutPage application={application} />;
    case 'closed':
      return <ClosedPage application={application} />;
  }
}

function WaitingPage({ waitingFor, again }: { readonly waitingFor: string | null; readonly again: () => void }) {
  const { words } = useApp();
  return (
    <>
      <StepHeading number={2} title={words.waiting.title} />
      <div class="notice" role="status"><p>{waitingFor === null ? words.waiting.nobody : words.waiting.who(waitingFor)}</p></div>
      <div class="actions"><Button kind="quiet" onClick={again}>{words.waiting.refresh}</Button></div>
    </>
  );
}

