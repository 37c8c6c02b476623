import type { ParseArgsOptionsConfig } from 'node:util';

/** One option of a command: what node's parseArgs takes, and the words --help shows. */
export type CommandOption = ParseArgsOptionsConfig[string] & { readonly help: string; readonly value?: string };

export type CommandInput = {
  /** Options by name, as parseArgs gives them. */
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly words: readonly string[];
  readonly isJson: boolean;
  /** A line for people, on stdout; nothing under --json. */
  readonly say: (line: string) => void;
  /** Progress and warnings, on stderr. */
  readonly note: (line: string) => void;
  /** The result under --json: the only thing on stdout. Amounts (bigint) as decimal strings. */
  readonly answer: (value: unknown) => void;
};

/**
 * A command of `mingdai`: one file in `cli/commands/`, named like the command, that exports `command`.
 * `run` answers the exit code: 0 done, 1 not done, 2 asked wrongly (throw `Misuse`).
 */
export type CliCommand = {
  readonly name: string;
  readonly summary: string;
  /** Words after the options, e.g. `<loan-id>`. */
  readonly words?: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Shown at the end of --help. */
  readonly notes?: string;
  readonly run: (input: CommandInput) => Promise<number>;
};

/** The command was asked wrongly: told on stderr, exit code 2. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

/** Trouble that needs no stack: told on stderr as it is, exit code 1. */
export class Stop extends Error {
  override readonly name = 'Stop';
}
