/** The two answers of every command: done, or a refusal that a caller can read. Bugs are thrown, never returned. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** What every refusal has: a stable snake_case code. The other fields explain it; they are safe to show to the caller. */
export type Refusal = { readonly code: string };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const refuse = <const E extends Refusal>(error: E): Result<never, E> => ({ ok: false, error });

/** Ends a switch over a closed union: a new member does not compile until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
