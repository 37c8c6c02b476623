/** What came in to be checked, before anything is said about it. */
export type Intake =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'refused'; readonly name: string; readonly why: 'too_large' | 'empty' | 'not_text' | 'not_json' | 'not_readable'; readonly bytes: number };

/** 20 MB: two thousand events take less than one. */
export const BYTES_MAX = 20_000_000;

export type Readable = { readonly name: string; readonly size: number; arrayBuffer(): Promise<ArrayBuffer> };

/** Reads a file as text. Never throws: a folder, a picture or a film is told apart and named. */
export async function takeIn(file: Readable): Promise<Intake> {
  const refused = (why: Extract<Intake, { kind: 'refused' }>['why']): Intake => ({ kind: 'refused', name: file.name, why, bytes: file.size });
  if (file.size > BYTES_MAX) return refused('too_large');
  try {
    const text = decoded(await file.arrayBuffer());
    if (text === null) return refused('not_text');
    return textIn(file.name, text);
  } catch {
    return refused('not_readable');
  }
}

/** A text that was pasted, or read. What does not even begin like a statement is told apart from one that is damaged. */
export function textIn(name: string, text: string): Intake {
  if (text.length > BYTES_MAX) return { kind: 'refused', name, why: 'too_large', bytes: text.length };
  const begins = /\S/.exec(text)?.[0];
  if (begins === undefined) return { kind: 'refused', name, why: 'empty', bytes: 0 };
  return begins === '{' || /\.json$/i.test(name) ? { kind: 'text', name, text } : { kind: 'refused', name, why: 'not_json', bytes: text.length };
}

function decoded(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
