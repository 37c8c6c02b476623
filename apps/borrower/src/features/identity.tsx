import { useState } from 'preact/hooks';
import type { ApplicationReply } from '@mingdai/contract';
import type { Reply } from '../api/http.ts';
import { useApp } from '../app-context.ts';
import { Button, Field, focusFirst } from '../kit/controls.tsx';
import { Note, TroubleNotice } from '../kit/notices.tsx';
import { StepHeading } from '../kit/step-heading.tsx';
import { ThreeElements } from '../kit/three-elements.tsx';
import { useAction } from '../kit/use-action.ts';
import type { StageProps } from './stage-props.ts';
import { ConsentBox, RECIPIENTS, type Agreed } from './consent-box.tsx';
import { Withdraw } from './offer.tsx';
import { useOfferCost, type Offer } from './offer-cost.ts';

type Errors = Readonly<Partial<Record<'card' | 'face' | 'consent-identity_check', string>>>;

/** Step 3 (C3): face and four factors. Asked only now, after the price is known. */
export function IdentityPage({ application, show }: StageProps) {
  return application.offer === null ? null : <Identify application={application} offer={application.offer} show={show} />;
}

type Props = { readonly application: ApplicationReply; readonly offer: Offer; readonly show: (application: ApplicationReply) => void };

function Identify({ application, offer, show }: Props) {
  const { api, words, go } = useApp();
  const [card, setCard] = useState('');
  const [face, setFace] = useState('');
  const [agreed, setAgreed] = useState<Agreed>({});
  const [hasTried, setTried] = useState(false);
  const { cost } = useOfferCost(offer);

  const action = useAction(async (): Promise<Reply<ApplicationReply>> => {
    const consent = await api.consent('identity_check', RECIPIENTS.identity_check, agreed.identity_check!);
    return consent.kind === 'done' ? api.identify(application.id, { card_number: card.replace(/\s/g, ''), face_ticket: face.trim() }) : consent;
  }, (after) => {
    show(after);
    if (after.status !== 'offered') go(`application/${after.id}`);
  });

  const found: Errors = {
    ...(/^\d{12,19}$/.test(card.replace(/\s/g, '')) ? {} : { card: words.identity.cardWrong }),
    ...(face.trim() === '' ? { face: words.apply.required } : {}),
    ...(agreed.identity_check === undefined ? { 'consent-identity_check': words.apply.consentMissing } : {}),
  };
  const errors = hasTried ? found : {};
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(found).length > 0) return focusFirst(found);
    return action.run();
  };

  return (
    <form onSubmit={submit} noValidate>
      <StepHeading number={3} title={words.identity.title} />
      <ThreeElements cost={cost} />
      <Note>{words.identity.why}</Note>
      <Failed application={application} />
      <Field name="card" label={words.identity.card} value={card} inputMode="numeric" error={errors.card} onInput={setCard} />
      <Field name="face" label={words.identity.face} value={face} hint={words.identity.faceHint} error={errors.face} onInput={setFace} />
      <ConsentBox purpose="identity_check" agreed={agreed} setAgreed={setAgreed} error={errors['consent-identity_check']} />
      <TroubleNotice trouble={action.trouble} onRetry={() => action.run()} />
      <div class="actions">
        <Button type="submit" isPending={action.isPending} isCta>{words.identity.submit}</Button>
        <Withdraw id={application.id} />
      </div>
    </form>
  );
}

function Failed({ application }: { readonly application: ApplicationReply }) {
  const { words } = useApp();
  const { identity } = application;
  if (identity === null || identity.outcome === 'pass') return null;
  if (identity.outcome === 'unknown') return <div class="notice" role="status"><p>{words.refusals['identity_check_unknown']}</p></div>;
  const reasons = identity.reasons.map((reason) => words.identity.reasons[reason] ?? reason).join('、');
  return <div class="notice notice-bad" role="alert"><p>{words.identity.failed(reasons, identity.tries_left)}</p></div>;
}
