import { useApp } from './app-context.ts';
import { sizeOf } from './format.ts';
import type { Intake } from './intake.ts';
import { Mark } from './marks.tsx';

/** A file that was not read at all, and why. */
export function RefusedView({ refused: { name, why, bytes } }: { readonly refused: Extract<Intake, { kind: 'refused' }> }) {
  const { words } = useApp();
  return (
    <section class="verdict verdict-unreadable" aria-labelledby="verdict">
      <Mark sign="unreadable" />
      <div>
        <p class="file">{name}</p>
        <h1 id="verdict" tabIndex={-1}>{words.verdicts.unreadable}</h1>
        <p role="alert">{why === 'too_large' ? words.refused.too_large(sizeOf(bytes)) : words.refused[why]}</p>
      </div>
    </section>
  );
}
