import type { ComponentChildren } from 'preact';
import { useApp } from '../app-context.ts';

type ButtonProps = { readonly children: ComponentChildren; readonly isPending?: boolean; readonly onClick?: () => void; readonly kind?: 'main' | 'quiet'; readonly type?: 'button' | 'submit'; readonly isCta?: boolean };

/** A button that says when it works. It is never greyed out without words: what is missing is said when it is tapped. */
export function Button({ children, isPending = false, onClick, kind = 'main', type = 'button', isCta = false }: ButtonProps) {
  const { words } = useApp();
  return (
    <button type={type} class={kind} aria-busy={isPending} onClick={onClick} {...(isCta ? { 'data-cta': '' } : {})}>
      {isPending ? words.working : children}
    </button>
  );
}

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'tel';
  readonly autocomplete?: string;
};

/** One line of text with its label above; an error is tied to it and read out. */
export function Field({ name, label, value, onInput, hint, error, inputMode = 'text', autocomplete = 'off' }: FieldProps) {
  const about = [hint === undefined ? '' : `${name}-hint`, error === undefined ? '' : `${name}-error`].filter((id) => id !== '').join(' ');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name} name={name} type="text" inputMode={inputMode} autocomplete={autocomplete} value={value} spellcheck={false}
        aria-invalid={error !== undefined} aria-describedby={about === '' ? undefined : about}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {hint === undefined ? null : <p class="hint" id={`${name}-hint`}>{hint}</p>}
      {error === undefined ? null : <p class="error" id={`${name}-error`}>{error}</p>}
    </div>
  );
}

type ChoiceProps<T extends string> = {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly text: string; readonly hint?: string }[];
  /** Null: nothing is chosen yet, and nothing is chosen for the borrower. */
  readonly value: T | null;
  readonly onChoose: (value: T) => void;
  readonly error?: string | undefined;
};

/** A few options side by side, of which one is chosen. */
export function Choice<T extends string>({ name, label, options, value, onChoose, error }: ChoiceProps<T>) {
  return (
    <fieldset class="choice" aria-describedby={error === undefined ? undefined : `${name}-error`}>
      <legend>{label}</legend>
      <div class="options">
        {options.map((option) => (
          <label key={option.value} class="option">
            <input type="radio" id={`${name}-${option.value}`} name={name} value={option.value} checked={option.value === value} onChange={() => onChoose(option.value)} />
            <span>{option.text}{option.hint === undefined ? null : <small>{option.hint}</small>}</span>
          </label>
        ))}
      </div>
      {error === undefined ? null : <p class="error" id={`${name}-error`}>{error}</p>}
    </fieldset>
  );
}

/** Puts the first wrong field under the borrower's finger. */
export function focusFirst(errors: Readonly<Record<string, string | undefined>>): void {
  const first = Object.keys(errors).find((name) => errors[name] !== undefined);
  if (first === undefined) return;
  const field = document.getElementById(first) ?? document.querySelector<HTMLElement>(`[name="${first}"]`);
  field?.focus();
}
