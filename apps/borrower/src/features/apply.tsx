import { useState } from 'preact/hooks';
import type { ConsentPurpose } from '@mingdai/contract';
import type { Reply } from '../api/http.ts';
import { useApp } from '../app-context.ts';
import { Button, Choice, Field, focusFirst } from '../kit/controls.tsx';
import { Note, TroubleNotice } from '../kit/notices.tsx';
import { StepHeading } from '../kit/step-heading.tsx';
import { ThreeElements } from '../kit/three-elements.tsx';
import { useAction } from '../kit/use-action.ts';
import { liveQuote } from '../live-quote.ts';
import { costOf, WishLine } from './choose.tsx';
import { ConsentBox, RECIPIENTS, type Agreed } from './consent-box.tsx';

export type Person = { readonly name: string; readonly idNumber: string; readonly phone: string; readonly isStudent: 'yes' | 'no' | null };
type Errors = Readonly<Partial<Record<'name' | 'id-number' | 'phone' | 'student-yes' | 'consent-bureau_query' | 'consent-funder_share', string>>>;

const NEEDED: readonly ConsentPurpose[] = ['bureau_query', 'funder_share'];

/** Step 2 (C2): who applies, and what may be asked about them. Nothing is ticked for anybody (RATE-031, DATA-011). */
export function ApplyPage({ person, setPerson }: { readonly person: Person; readonly setPerson: (person: Person) => void }) {
  const { api, shelf, words, wish, go } = useApp();
  const [agreed, setAgreed] = useState<Agreed>({});
  const [hasTried, setTried] = useState(false);
  const errors: Errors = hasTried ? check(person, agreed, words.apply) : {};
  const quote = liveQuote(shelf.product, wish, BigInt(shelf.product.annual_rate.max_ppm), shelf.today);

  const action = useAction(async (): Promise<Reply<{ readonly id: string }>> => {
    for (const purpose of NEEDED) {
      const consent = await api.consent(purpose, RECIPIENTS[purpose], agreed[purpose]!);
      if (consent.kind !== 'done') return consent;
    }
    return api.apply({
      product_code: shelf.product.code, amount_fen: String(wish.amountFen), months: wish.months, method: wish.method, purpose: wish.purpose,
      declared: { is_student: person.isStudent === 'yes' },
      applicant: { name: person.name.trim(), id_number: person.idNumber.trim().toUpperCase(), phone: person.phone.replace(/[\s-]/g, '') },
    });
  }, ({ id }) => go(`application/${id}`));

  const submit = (event: Event) => {
    event.preventDefault();
    const found = check(person, agreed, words.apply);
    setTried(true);
    if (Object.keys(found).length > 0) return focusFirst(found);
    return action.run();
  };

  return (
    <form onSubmit={submit} noValidate>
      <StepHeading number={2} title={words.apply.title} />
      <WishLine />
      {quote === null ? null : <ThreeElements cost={costOf(quote, wish, shelf.overduePpm)} />}
      <PersonFields person={person} setPerson={setPerson} errors={errors} />
      <h2>{words.apply.consents}</h2>
      <Note>{words.apply.consentsNote}</Note>
      {NEEDED.map((purpose) => (
        <ConsentBox key={purpose} purpose={purpose} agreed={agreed} setAgreed={setAgreed} error={errors[`consent-${purpose}` as keyof Errors]} />
      ))}
      <TroubleNotice trouble={action.trouble} onRetry={() => action.run()} />
      <AlreadyOpen trouble={action.trouble} />
      <div class="actions">
        <p class="error" role="alert">{Object.keys(errors).length === 0 ? '' : words.apply.errors(Object.keys(errors).length)}</p>
        <Button type="submit" isPending={action.isPending} isCta>{words.apply.submit}</Button>
        <Note>{words.apply.note}</Note>
      </div>
    </form>
  );
}

function PersonFields({ person, setPerson, errors }: { readonly person: Person; readonly setPerson: (person: Person) => void; readonly errors: Errors }) {
  const { words } = useApp();
  return (
    <>
      <Field name="name" label={words.apply.name} value={person.name} autocomplete="name" error={errors.name} onInput={(name) => setPerson({ ...person, name })} />
      <Field name="id-number" label={words.apply.idNumber} value={person.idNumber} error={errors['id-number']} onInput={(idNumber) => setPerson({ ...person, idNumber })} />
      <Field name="phone" label={words.apply.phone} value={person.phone} inputMode="tel" autocomplete="tel-national" error={errors.phone} onInput={(phone) => setPerson({ ...person, phone })} />
      <Choice
        name="student" label={words.apply.student} value={person.isStudent} error={errors['student-yes']} onChoose={(isStudent) => setPerson({ ...person, isStudent })}
        options={[{ value: 'yes', text: words.apply.yes }, { value: 'no', text: words.apply.no }]}
      />
    </>
  );
}

/** What is missing, in the order of the form. The server checks everything again, and more. */
function check(person: Person, agreed: Agreed, words: ReturnType<typeof useApp>['words']['apply']): Errors {
  return {
    ...(person.name.trim() === '' ? { name: words.required } : {}),
    ...(/^\d{17}[\dXx]$/.test(person.idNumber.trim()) ? {} : { 'id-number': words.idWrong }),
    ...(/^1\d{10}$/.test(person.phone.replace(/[\s-]/g, '')) ? {} : { phone: words.phoneWrong }),
    ...(person.isStudent === null ? { 'student-yes': words.choose } : {}),
    ...(agreed.bureau_query === undefined ? { 'consent-bureau_query': words.consentMissing } : {}),
    ...(agreed.funder_share === undefined ? { 'consent-funder_share': words.consentMissing } : {}),
  };
}

/** One open application per person and product: the way to it, instead of a dead end. */
function AlreadyOpen({ trouble }: { readonly trouble: { readonly kind: string; readonly problem?: { readonly code: string } & Readonly<Record<string, unknown>> } | null }) {
  const { words } = useApp();
  const id = trouble?.problem?.code === 'application_already_open' ? trouble.problem['application_id'] : undefined;
  return typeof id === 'string' ? <p><a href={`#/application/${id}`}>{words.loans.continue}</a></p> : null;
}
