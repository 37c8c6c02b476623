import { useApp } from '../app-context.ts';

/** Where the borrower is among the five steps, as text a screen reader says too. */
export function StepHeading({ number, title, note }: { readonly number: 1 | 2 | 3 | 4 | 5; readonly title: string; readonly note?: string }) {
  const { words } = useApp();
  return (
    <header class="step">
      <p class="step-line">
        <span>{words.step(number, words.steps[number - 1]!)}</span>
        <span class="dots" aria-hidden="true">{[1, 2, 3, 4, 5].map((each) => <i key={each} class={each <= number ? 'on' : ''} />)}</span>
      </p>
      <h1 tabIndex={-1}>{title}</h1>
      {note === undefined ? null : <p class="hint">{note}</p>}
    </header>
  );
}
