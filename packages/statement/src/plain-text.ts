/**
 * What shows nothing, or makes what stands beside it show otherwise: control characters (a terminal obeys them), marks of direction and of
 * no width, halves of a character, characters of no agreed look, breaks of lines and paragraphs.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
const EVERY_UNSEEN = new RegExp(UNSEEN.source, 'gu');
/** Alphabets with letters that look like Latin ones. */
const LIKE_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
const LATIN = /\p{Script=Latin}/u;

/** Whether a text reads in one way only: nothing unseen, composed in the one normal form, no space around it, no Latin word with borrowed letters. */
export function isPlainText(text: string): boolean {
  return !UNSEEN.test(text) && text === text.trim() && text === text.normalize('NFC') && !(LIKE_LATIN.test(text) && LATIN.test(text));
}

/** A text for people, where it may be anything: what would not be seen is written as `\\u{202e}`. */
export const visible = (text: string): string => text.replace(EVERY_UNSEEN, (unseen) => `\\u{${unseen.codePointAt(0)!.toString(16)}}`);
