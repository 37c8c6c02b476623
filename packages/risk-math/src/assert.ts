/** A bug, not a refusal: something that can never be true was. */
export class RiskMathError extends Error {
  override readonly name = 'RiskMathError';
}

/** States what must hold here. Throws RiskMathError with the sentence that did not. */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new RiskMathError(sentence);
}
