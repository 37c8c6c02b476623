import { ArgumentError } from '../src/index.ts';
import { CALLS, FUNCTIONS, type Call } from './hostile-calls.ts';
import { chanceOf, type Chance } from './hostile-chance.ts';

/** What went wrong, and which case makes it again: `hostile-run.ts 1 <seed> <case>`. */
export type Finding = { readonly case: number; readonly function: string; readonly what: string };

export type Tally = { readonly calls: number; readonly accepted: number; readonly refused: number; readonly slowest: number; readonly slowestCase: number };

export type Report = { readonly tallies: Readonly<Record<string, Tally>>; readonly findings: readonly Finding[] };

export type Span = { readonly seed: number; readonly from: number; readonly to: number; readonly skip?: readonly number[]; readonly except?: readonly string[] };

const NAMES = [...FUNCTIONS.keys()].filter((name) => name in CALLS).sort();

export const nameOf = (index: number): string => NAMES[index % NAMES.length]!;

/** Calls functions with hostile arguments, case after case; `begin` is told each case before it starts. */
export function attack({ seed, from, to, skip = [], except = [] }: Span, begin: (index: number) => void = () => undefined): Report {
  const tallies: Record<string, { -readonly [key in keyof Tally]: Tally[key] }> = {};
  const findings: Finding[] = [];
  for (let index = from; index < to; index++) {
    const name = nameOf(index);
    if (skip.includes(index) || except.includes(name)) continue;
    begin(index);
    const { outcome, ms, what } = tried(name, caseOf(seed, index));
    const tally = (tallies[name] ??= { calls: 0, accepted: 0, refused: 0, slowest: 0, slowestCase: index });
    tally.calls++;
    tally[outcome]++;
    if (ms > tally.slowest) [tally.slowest, tally.slowestCase] = [ms, index];
    if (what !== null) findings.push({ case: index, function: name, what });
  }
  return { tallies, findings };
}

/** The arguments of one case, and, where only one was made wrong, which of them is of a kind the function does not take. */
export function caseOf(seed: number, index: number): { readonly args: unknown[]; readonly wrong: readonly string[] } {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const call = CALLS[NAMES[index % NAMES.length]!]!;
  const args = copied(call.args(chance)) as unknown[];
  const wrong: string[] = [];
  const changes = chance.pick([0, 0, 1, 1, 1, 2, 3]);
  const paths = changes === 0 || args.length === 0 ? [] : pathsOf(args);
  for (let count = 0; count < Math.min(changes, paths.length); count++) {
    const path = chance.pick(paths);
    const name = path.join('.');
    const change = change_(args, path, chance);
    const isLoose = (call.loose?.test(name) ?? false) && (call.loose?.source === '.' || change === 'absent' || !/^[1-9]$/.test(name));
    if (change !== 'near' && changes === 1 && !isLoose) wrong.push(name);
  }
  return { args, wrong };
}

/** Of this thread alone: on a busy machine a call waits. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

type Try = { readonly outcome: 'accepted' | 'refused'; readonly ms: number; readonly what: string | null };

function tried(name: string, { args, wrong }: { readonly args: unknown[]; readonly wrong: readonly string[] }): Try {
  const call: Call = CALLS[name]!;
  const act = FUNCTIONS.get(name)!;
  const begun = cpuMs();
  try {
    const result = call.isClass === true ? new (act as unknown as new (...of: unknown[]) => unknown)(...args) : act(...args);
    const ms = cpuMs() - begun;
    if (isRefusal(result)) return { outcome: 'refused', ms, what: null };
    const bad = badIn(result, 'result', 0);
    const what = bad ?? (wrong.length === 1 ? `took an argument of a wrong kind at ${wrong[0]}: ${shown(args)}` : null);
    return { outcome: 'accepted', ms, what };
  } catch (error) {
    const ms = cpuMs() - begun;
    const isMeant = error instanceof ArgumentError ? isNamed(error) : (call.throws?.(error) ?? false);
    return { outcome: 'refused', ms, what: isMeant ? null : `threw ${String(error)} for ${shown(args)}` };
  }
}

const isNamed = ({ argument, bound, message }: ArgumentError): boolean => argument !== '' && bound !== '' && message.length < 1000;

/** Refusals are values: `{ ok: false }`, `{ kind: 'refused' }`. */
const isRefusal = (result: unknown): boolean => typeof result === 'object' && result !== null && (('ok' in result && result.ok === false) || ('kind' in result && result.kind === 'refused'));

/** What no result may hold. */
function badIn(value: unknown, path: string, depth: number): string | null {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) return `${path} is ${Object.is(value, -0) ? '-0' : value}`;
  if (typeof value !== 'object' || value === null || depth > 8 || value instanceof Error) return null;
  for (const [key, member] of Object.entries(value)) {
    const bad = badIn(member, `${path}.${key}`, depth + 1);
    if (bad !== null) return bad;
  }
  return null;
}

type Path = readonly string[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return at.length === 0 ? [] : [at];
  return [...(at.length === 0 ? [] : [at]), ...Object.keys(value).flatMap((key) => pathsOf((value as Record<string, unknown>)[key], [...at, key]))];
}

/** Puts something else where a path leads. `wrong`: of a kind that was not there; `absent`: nothing. */
function change_(args: unknown[], path: Path, chance: Chance): 'near' | 'wrong' | 'absent' {
  let holder = args as unknown as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    holder = holder[key] as Record<string, unknown>;
    if (typeof holder !== 'object' || holder === null || Object.isFrozen(holder) || ArrayBuffer.isView(holder)) return 'near';
  }
  const key = path[path.length - 1]!;
  const old = holder[key];
  if (chance.once(2)) {
    Reflect.set(holder, key, neighbour(old, chance));
    return 'near';
  }
  const wild = chance.pick(WILD)();
  if (wild === GAP) Reflect.deleteProperty(holder, key);
  else Reflect.set(holder, key, wild);
  return isOfKind(old, wild) || (wild === null && NULLABLE.test(key)) ? 'near' : wild === undefined || wild === null || wild === GAP ? 'absent' : 'wrong';
}

/** Something like it: off by one, out of bounds, out of order, doubled, cut. */
function neighbour(value: unknown, c: Chance): unknown {
  switch (typeof value) {
    case 'number': return c.pick([value + 1, value - 1, -value || 0, 0, 1, value * 2, value * 1000, 480, 481, 10_000, 10_001, 1e9, 2_932_896, -719_162, Number.MAX_SAFE_INTEGER]);
    case 'bigint': return c.pick([value + 1n, value - 1n, -value, 0n, 1n, value * 2n, value * 1000n, 10n ** 15n, 10n ** 40n, 10n ** 100n, -(10n ** 15n), 10n ** 10n, 1_000_001n]);
    case 'string': return c.pick([`${value}x`, value.slice(1), value.toUpperCase(), '', 'constructor', '__proto__', 'toString', value.repeat(3)]);
    case 'boolean': return !value;
    default: break;
  }
  if (value === null) return c.pick<unknown>([0, 1, 31, 1n, 'x']);
  if (Array.isArray(value)) return c.pick<() => unknown>([() => [], () => [...value].reverse(), () => [...value, ...value], () => value.slice(1), () => [...value, value[0]].filter((each) => each !== undefined)])();
  return { ...value, extra: 1 };
}

/** Members that may be null. */
const NULLABLE = /^(?:dueDay|termDays|penaltyRate|received|bankRatePpm|stated|share|bears|label)$/;

const GAP = Symbol('gap');

/** Values that no argument is meant to have. */
const WILD: readonly (() => unknown)[] = [
  () => undefined, () => GAP, () => null, () => Number.NaN, () => Infinity, () => -Infinity, () => -0, () => 0.1, () => 1e308, () => 2 ** 53, () => -1e9, () => '', () => '12', () => '2026-01-01', () => 'constructor',
  () => 'a'.repeat(10_000), () => true, () => false, () => 5, () => 5n, () => -5n, () => 10n ** 30n, () => 10n ** 5000n, () => -(10n ** 5000n), () => 10n ** 400n, () => [], () => ({}), gapped, () => [Number.NaN],
  () => [[]], () => ['day'], () => Object.create(null) as unknown, () => new Date(0), () => new Map(), () => () => 1, () => Symbol('x'), () => Object(1n) as unknown, () => Array.from({ length: 100_001 }, () => 0), cyclic,
  () => ({ length: 3 }), () => ({ toString: () => 'day' }), () => ({ valueOf: () => 5 }), () => Object(5) as unknown, () => Object('day') as unknown, () => new Uint8Array(3), () => Object.freeze([]),
];

function gapped(): unknown {
  const list = [0, 1];
  delete list[0];
  return list;
}

function cyclic(): unknown {
  const self: Record<string, unknown> = {};
  self.self = self;
  return self;
}

/** Whether a value could stand where another does, as far as its kind goes. */
function isOfKind(old: unknown, wild: unknown): boolean {
  if (old === null) return wild !== GAP && (wild === null || !['boolean', 'symbol', 'function', 'undefined'].includes(typeof wild));
  if (typeof old === 'number') return typeof wild === 'number' && (Number.isInteger(wild) || Object.is(wild, 0));
  if (typeof old !== 'object') return typeof wild === typeof old;
  if (Array.isArray(old)) return Array.isArray(wild) && (wild.length === 0 || old.length === 0);
  return typeof wild === 'object' && wild !== null && !Array.isArray(wild) && Object.keys(old).length === 0;
}

const copied = (value: unknown): unknown =>
  typeof value !== 'object' || value === null ? value : Array.isArray(value) ? value.map(copied) : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copied(member)]));

/** Arguments in a few words. */
export function shown(args: readonly unknown[]): string {
  const seen = new Set<unknown>();
  const text = (value: unknown): string => {
    if (typeof value === 'bigint') return value > 10n ** 50n || value < -(10n ** 50n) ? 'huge' : `${value}n`;
    if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
    if (seen.has(value)) return '(again)';
    seen.add(value);
    if (Array.isArray(value)) return `[${value.slice(0, 40).map(text).join(', ')}]`;
    return `{${Object.entries(value).map(([key, member]) => `${key}: ${text(member)}`).join(', ')}}`;
  };
  return args.map(text).join(' | ').slice(0, 600);
}
