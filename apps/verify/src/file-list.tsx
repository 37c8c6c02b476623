import type { StatementReport } from '@mingdai/statement';
import { useApp } from './app-context.ts';
import { Mark } from './marks.tsx';

type Found = { readonly name: string; readonly report?: StatementReport };

/** Several files at once: each with its verdict, one of them shown below. */
export function FileList({ files, shown, onShow }: { readonly files: readonly Found[]; readonly shown: number; readonly onShow: (index: number) => void }) {
  const { words } = useApp();
  return (
    <nav class="files" aria-label={words.list}>
      <h2>{words.list}</h2>
      <ol>
        {files.map(({ name, report }, index) => {
          const verdict = report?.verdict ?? 'unreadable';
          return (
            <li key={`${index} ${name}`}>
              <button type="button" aria-current={index === shown ? 'true' : undefined} onClick={() => onShow(index)}>
                <Mark sign={verdict} small /><span class="name">{name}</span><span class="tag">{words.verdictTags[verdict]}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
