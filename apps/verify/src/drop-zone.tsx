import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from './app-context.ts';

type Props = { readonly onFiles: (files: readonly File[]) => void; readonly onText: (text: string) => void };

/** Where a statement is put in: a button, the whole page for a file let go of, and a field for text. */
export function DropZone({ onFiles, onText }: Props) {
  const { words } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const isOver = useDropAnywhere(onFiles);
  usePaste(onFiles, onText);
  return (
    <div class="put-in">
      <button type="button" class={`drop ${isOver ? 'drop-over' : ''}`} aria-describedby="drop-hint" onClick={() => input.current?.click()}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 3h7l4 4v14H7zM14 3v4h4M12.5 18v-7M9.5 13.5l3-3 3 3" /></svg>
        <span>{isOver ? words.dropNow : words.drop}</span>
      </button>
      <input
        ref={input} type="file" class="unseen" tabIndex={-1} aria-hidden="true" multiple accept=".json,application/json"
        onChange={(event) => { const files = [...(event.currentTarget.files ?? [])]; event.currentTarget.value = ''; onFiles(files); }}
      />
      <p class="hint" id="drop-hint">{words.dropHint}</p>
      <details class="paste">
        <summary>{words.pasteTitle}</summary>
        <label for="pasted">{words.pasteLabel}</label>
        <textarea id="pasted" rows={5} spellcheck={false} autocomplete="off" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        <button type="button" class="quiet" onClick={() => onText(text)}>{words.pasteGo}</button>
      </details>
    </div>
  );
}

/** A file may be let go anywhere: beside the button the browser would open it in place of this page. */
function useDropAnywhere(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const over = (event: DragEvent) => { event.preventDefault(); setOver(true); };
    const leave = (event: DragEvent) => { if (event.relatedTarget === null) setOver(false); };
    const drop = (event: DragEvent) => { event.preventDefault(); setOver(false); take.current([...(event.dataTransfer?.files ?? [])]); };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}

/** Text or files pasted anywhere but in a field. */
function usePaste(onFiles: (files: readonly File[]) => void, onText: (text: string) => void): void {
  const take = useRef({ onFiles, onText });
  take.current = { onFiles, onText };
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest('input, textarea') !== null) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) take.current.onFiles(files);
      else if (text.trim() !== '') take.current.onText(text);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
}
