/** A bug, not a refusal: something that can never be true was. The caller's transaction rolls back. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** States what must hold here. Throws InvariantError with the sentence that did not. */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new InvariantError(sentence);
}
