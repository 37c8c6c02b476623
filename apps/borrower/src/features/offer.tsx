import { useApp } from '../app-context.ts';
import { minute, money, percent } from '../format.ts';
import { Button } from '../kit/controls.tsx';
import { Note, TroubleNotice } from '../kit/notices.tsx';
import { ScheduleTable } from '../kit/schedule-table.tsx';
import { StepHeading } from '../kit/step-heading.tsx';
import { ThreeElements } from '../kit/three-elements.tsx';
import { useAction } from '../kit/use-action.ts';
import type { StageProps } from './stage-props.ts';
import { funderText } from './funder-text.ts';
import { useOfferCost, type Offer } from './offer-cost.ts';

/** Step 2, the answer: the borrower's own price, why it is that, and the whole range (D0). Saying no is as easy as yes. */
export function OfferPage({ application }: Pick<StageProps, 'application'>) {
  return application.offer === null ? null : <Offered application={application} offer={application.offer} />;
}

function Offered({ application, offer }: { readonly application: StageProps['application']; readonly offer: Offer }) {
  const app = useApp();
  const { words, language, go } = app;
  const { cost, quote } = useOfferCost(offer);
  const limit = application.decision?.limit_fen ?? null;
  const isLowered = BigInt(offer.amount_fen) < BigInt(offer.requested_fen);
  return (
    <>
      <StepHeading number={2} title={words.offer.title} {...(limit === null ? {} : { note: words.offer.limit(money(limit, language)) })} />
      {isLowered ? <div class="notice"><p>{words.offer.lowered(money(offer.requested_fen, language), money(offer.amount_fen, language))}</p></div> : null}
      <p class="wish"><strong>{money(offer.amount_fen, language)}</strong> · {words.choose.monthsIs(offer.months)} · {words.methods[offer.method]}</p>
      <ThreeElements cost={cost} />
      <div class="actions">
        <Button isCta onClick={() => go(`application/${application.id}/identity`)}>{words.offer.next}</Button>
        <Withdraw id={application.id} />
      </div>
      <Note>{words.offer.expires(minute(offer.expires_at, language))}</Note>
      <WhyThisPrice application={application} />
      <h2>{words.offer.funders}</h2>
      <ul>{offer.funders.map((share) => <li key={share.code}>{funderText(share, app)}</li>)}</ul>
      <h2>{words.choose.schedule}</h2>
      {quote === null ? null : <ScheduleTable rows={quote.rows} />}
    </>
  );
}

/** The way out, on every step before the money moves. */
export function Withdraw({ id }: { readonly id: string }) {
  const { api, words, go } = useApp();
  const action = useAction(() => api.withdraw(id), () => go(''));
  return (
    <>
      <Button kind="quiet" isPending={action.isPending} onClick={action.run}>{words.offer.withdraw}</Button>
      <TroubleNotice trouble={action.trouble} onRetry={action.run} />
    </>
  );
}

function WhyThisPrice({ application }: { readonly application: StageProps['application'] }) {
  const { words, language } = useApp();
  const price = application.decision?.price;
  if (price === null || price === undefined) return null;
  return (
    <section class="card">
      <h2>{words.offer.why}</h2>
      <p>{price.sentence[language]}</p>
      {price.next_better === null ? null : <Note>{words.offer.better(percent(price.next_better.price_ppm))}</Note>}
    </section>
  );
}
