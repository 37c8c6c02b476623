import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { dayRate, money, percent } from '../format.ts';
import { Button, Choice } from '../kit/controls.tsx';
import { Note } from '../kit/notices.tsx';
import { ScheduleTable } from '../kit/schedule-table.tsx';
import { StepHeading } from '../kit/step-heading.tsx';
import { ThreeElements } from '../kit/three-elements.tsx';
import { liveQuote, withMethod, type LiveQuote, type Wish } from '../live-quote.ts';
import { AmountControl } from './amount-control.tsx';

/** Step 1 (C1): an amount, a term, a method, and what they cost, computed while the slider moves. Asks for nothing, keeps nothing. */
export function ChoosePage() {
  const { shelf, words, wish, setWish, go, isSignedIn, askToSignIn, language } = useApp();
  const { product } = shelf;
  const [isPurposeMissing, setPurposeMissing] = useState(false);
  const quote = liveQuote(product, wish, BigInt(product.annual_rate.max_ppm), shelf.today);
  const offering = product.offerings.find(({ method }) => method === wish.method)!;

  const next = () => {
    setPurposeMissing(wish.purpose === '');
    if (quote === null) return document.getElementById('amount')?.focus();
    if (wish.purpose === '') return document.getElementById('purpose')?.focus();
    if (!isSignedIn) askToSignIn('needed');
    return go('apply');
  };

  return (
    <>
      <StepHeading number={1} title={product.name[language]} note={`${words.choose.lender(product.lender.name[language])} · ${words.choose.invited}`} />
      <AmountControl isWrong={quote === null} />
      {quote === null ? null : <ThreeElements cost={costOf(quote, wish, shelf.overduePpm)} />}
      <Choice
        name="method" label={words.choose.method} value={wish.method} onChoose={(method) => setWish(withMethod(product, wish, method))}
        options={product.offerings.map(({ method }) => ({ value: method, text: words.methods[method], hint: words.methodHints[method] }))}
      />
      <Choice
        name="months" label={words.choose.months} value={String(wish.months)} onChoose={(months) => setWish({ ...wish, months: Number(months) })}
        options={offering.months.map((months) => ({ value: String(months), text: words.choose.monthsIs(months) }))}
      />
      <Purpose isMissing={isPurposeMissing && wish.purpose === ''} />
      <div class="actions">
        <Button onClick={next} isCta>{words.choose.next}</Button>
        <Note>{words.choose.nextNote}</Note>
      </div>
      <h2>{words.choose.schedule}</h2>
      {quote === null ? null : <ScheduleTable rows={quote.rows} />}
      <Note>{words.choose.range(percent(product.annual_rate.min_ppm), percent(product.annual_rate.max_ppm))} {words.choose.day(dayRate(product.annual_rate.max_ppm))}</Note>
      {product.assumed.length === 0 ? null : <Note>{words.choose.assumed}</Note>}
    </>
  );
}

/** The three elements of a wish at the price it was quoted at. */
export const costOf = (quote: LiveQuote, wish: { readonly method: Wish['method']; readonly months: number }, overduePpm: bigint) => ({
  annualCostPpm: quote.annualCostPpm,
  overduePpm,
  method: wish.method,
  months: wish.months,
  first: quote.rows[0]?.total ?? null,
  last: quote.rows[quote.rows.length - 1]?.total ?? null,
  total: quote.total,
  interest: quote.interest,
  isOwnPrice: false,
});

function Purpose({ isMissing }: { readonly isMissing: boolean }) {
  const { words, wish, setWish } = useApp();
  return (
    <div class="field">
      <label for="purpose">{words.choose.purpose}</label>
      <select id="purpose" value={wish.purpose} aria-invalid={isMissing} aria-describedby="purpose-hint purpose-error" onChange={(event) => setWish({ ...wish, purpose: event.currentTarget.value })}>
        <option value="">{words.choose.choosePurpose}</option>
        {Object.entries(words.choose.purposes).map(([code, text]) => <option key={code} value={code}>{text}</option>)}
      </select>
      <p class="error" id="purpose-error">{isMissing ? words.choose.purposeMissing : ''}</p>
      <p class="hint" id="purpose-hint">{words.choose.notFor}</p>
    </div>
  );
}

/** The wish in one line, above the form it is applied for with. */
export function WishLine() {
  const { words, wish, language } = useApp();
  return <p class="wish"><strong>{money(wish.amountFen, language)}</strong> · {words.choose.monthsIs(wish.months)} · {words.methods[wish.method]}</p>;
}
