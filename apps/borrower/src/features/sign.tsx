import { useEffect, useState } from 'preact/hooks';
import type { ApplicationReply, SheetOpeningReply } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import { minute, money } from '../format.ts';
import { Button } from '../kit/controls.tsx';
import { Note, TroubleNotice } from '../kit/notices.tsx';
import { ScheduleTable } from '../kit/schedule-table.tsx';
import { StepHeading } from '../kit/step-heading.tsx';
import { ThreeElements } from '../kit/three-elements.tsx';
import { useAction } from '../kit/use-action.ts';
import type { StageProps } from './stage-props.ts';
import { CostSheetDialog } from './cost-sheet-dialog.tsx';
import { Withdraw } from './offer.tsx';
import { useOfferCost, type Offer } from './offer-cost.ts';

/** Step 4 (C4): the cost sheet is opened, read and confirmed, then the contract is signed. The server holds the same line (RATE-005). */
export function SignPage({ application, show }: StageProps) {
  return application.offer === null ? null : <Sign application={application} offer={application.offer} show={show} />;
}

type Props = { readonly application: ApplicationReply; readonly offer: Offer; readonly show: (application: ApplicationReply) => void };

function Sign({ application, offer, show }: Props) {
  const { api, words, language } = useApp();
  const [opened, setOpened] = useState<SheetOpeningReply | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [confirmedHash, setConfirmedHash] = useState<string | null>(null);
  const { cost, quote } = useOfferCost(offer);

  const open = useAction(() => api.openSheet(application.id), (sheet) => { setOpened(sheet); setConfirmedHash(null); setOpen(true); });
  const sign = useAction((hash: string) => api.sign(application.id, hash), show);
  useEffect(() => { if (confirmedHash !== null) requestAnimationFrame(() => window.scrollTo(0, 0)); }, [confirmedHash]);
  const cta = confirmedHash === null
    ? <Button isCta isPending={open.isPending} onClick={open.run}>{opened === null ? words.sign.open : words.sign.again}</Button>
    : <Button isCta isPending={sign.isPending} onClick={() => sign.run(confirmedHash)}>{words.sign.sign}</Button>;

  return (
    <>
      <StepHeading number={4} title={words.sign.title} />
      <p class="wish"><strong>{money(offer.amount_fen, language)}</strong> · {words.choose.monthsIs(offer.months)} · {words.methods[offer.method]}</p>
      <ThreeElements cost={cost} />
      {confirmedHash === null ? <Note>{words.sign.read}</Note> : <p class="notice notice-good" role="status">{words.sign.confirmed}</p>}
      <div class="actions">
        {cta}
        {confirmedHash === null ? null : <Note>{words.sign.signNote}</Note>}
        <TroubleNotice trouble={open.trouble} onRetry={open.run} />
        <TroubleNotice trouble={sign.trouble} onRetry={() => sign.run(confirmedHash ?? '')} />
        {needsNewSheet(sign.trouble) ? <Button kind="quiet" isPending={open.isPending} onClick={open.run}>{words.sign.again}</Button> : null}
        <Withdraw id={application.id} />
      </div>
      <Note>{words.offer.expires(minute(offer.expires_at, language))}</Note>
      <h2>{words.sign.schedule}</h2>
      {quote === null ? null : <ScheduleTable rows={quote.rows} />}
      {opened === null || !isOpen ? null : (
        <CostSheetDialog applicationId={application.id} opened={opened} onClose={() => setOpen(false)} onConfirmed={() => { setOpen(false); setConfirmedHash(opened.sheet_hash); }} />
      )}
    </>
  );
}

/** The refusals after which only a fresh opening helps: the day or the sheet has changed. */
function needsNewSheet(trouble: { readonly kind: string; readonly problem?: { readonly code: string } } | null): boolean {
  const code = trouble?.problem?.code ?? '';
  return code.startsWith('cost_sheet_');
}
