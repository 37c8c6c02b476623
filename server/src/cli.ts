import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { Misuse, Stop, type CliCommand, type CommandInput } from './cli/command.ts';

const COMMANDS = join(import.meta.dirname, 'cli', 'commands');
const EVERY: CliCommand['options'] = {
  help: { type: 'boolean', short: 'h', help: 'show this' },
  json: { type: 'boolean', help: 'print the result as JSON, and nothing else on stdout' },
};
/** Told in words, without a stack: the person can do something about them. */
const PLAIN: ReadonlySet<string> = new Set(['ConfigMistakes', 'DatabaseUnavailable', 'MigrationMismatch', 'Stop']);

/** Runs one command line. Answers the exit code: 0 done, 1 not done, 2 asked wrongly. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(await overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${(await import('./main.ts')).VERSION}\n`);
    return 0;
  }
  const command = await find(name);
  if (command === null) {
    process.stderr.write(`mingdai knows no command "${name}".\n\n${await overview()}`);
    return 2;
  }
  return runCommand(command, rest);
}

async function runCommand(command: CliCommand, args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...EVERY, ...command.options } as ParseArgsOptionsConfig, allowPositionals: true, strict: true });
    if (values['help'] === true) {
      process.stdout.write(helpOf(command));
      return 0;
    }
    if (positionals.length > 0 && command.words === undefined) throw new Misuse(`takes no words, got "${positionals.join(' ')}"`);
    return await command.run(inputOf(values as CommandInput['values'], positionals));
  } catch (cause) {
    const error = cause as Error & { code?: string };
    if (error instanceof Misuse || error.code?.startsWith('ERR_PARSE_ARGS') === true) {
      process.stderr.write(`mingdai ${command.name}: ${error.message}\nSee: mingdai ${command.name} --help\n`);
      return 2;
    }
    process.stderr.write(PLAIN.has(error.name) ? `${error.message}\n` : `${error.stack ?? String(error)}\n`);
    return 1;
  }
}

function inputOf(values: CommandInput['values'], words: readonly string[]): CommandInput {
  const isJson = values['json'] === true;
  const line = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`);
  return {
    values, words, isJson,
    say: isJson ? () => undefined : line(process.stdout),
    note: line(process.stderr),
    answer: (value) => { if (isJson) process.stdout.write(`${JSON.stringify(value, (_key, member: unknown) => (typeof member === 'bigint' ? member.toString() : member), 2)}\n`); },
  };
}

async function find(name: string): Promise<CliCommand | null> {
  if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(join(COMMANDS, `${name}.ts`))) return null;
  return ((await import(join(COMMANDS, `${name}.ts`))) as { command: CliCommand }).command;
}

async function overview(): Promise<string> {
  const names = (await readdir(COMMANDS)).filter((file) => /^[a-z-]+\.ts$/.test(file)).map((file) => file.slice(0, -3)).sort();
  const commands = await Promise.all(names.map(find));
  const rows = commands.filter((command) => command !== null).map(({ name, summary }) => `  ${name.padEnd(16)}${summary}`);
  return `Mingdai: consumer credit whose every fen can be recomputed.\n\nUsage: mingdai <command> [options]\n\n${rows.join('\n')}\n\nEvery command has --help and --json. Exit codes: 0 done, 1 not done, 2 asked wrongly.\n`;
}

function helpOf({ name, summary, words, options, notes }: CliCommand): string {
  const rows = Object.entries({ ...options, ...EVERY }).map(([option, { short, type, value, help, default: preset }]) => {
    const left = `${short === undefined ? '    ' : `-${short}, `}--${option}${type === 'string' ? ` <${value ?? 'text'}>` : ''}`;
    return `  ${left.padEnd(30)}${help}${preset === undefined || preset === false ? '' : ` (default ${String(preset)})`}`;
  });
  return `${summary}\n\nUsage: mingdai ${name}${words === undefined ? '' : ` ${words}`} [options]\n\n${rows.join('\n')}\n${notes === undefined ? '' : `\n${notes}\n`}`;
}

export { Misuse, Stop };

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
