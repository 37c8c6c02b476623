import { formatYuan } from '@mingdai/loan-math';
import { isObject, memberPath, type Json } from './json-text.ts';
import { labelOf } from './labels.ts';
import type { StatementCheck } from './report.ts';
import { leavesOf } from './seals.ts';

const ROOT = 'claimed';
const NONE = '—';

/**
 * Each claimed figure beside the one computed anew, in the order of the document; all of them, whether they agree or not.
 *
 * Keeps   every leaf of either side is compared exactly once, as text: figures have one way to be written.
 * Source  docs/specs/statement.md §4.
 */
export function checksOf(claimed: Json, recomputed: Json): readonly StatementCheck[] {
  return compared(claimed, recomputed, ROOT);
}

function compared(claimed: Json | undefined, recomputed: Json | undefined, path: string): readonly StatementCheck[] {
  if (Array.isArray(claimed) && Array.isArray(recomputed)) {
    const longer = Math.max(claimed.length, recomputed.length);
    return Array.from({ length: longer }, (_, index) => compared(claimed[index] as Json | undefined, recomputed[index] as Json | undefined, `${path}[${index}]`)).flat();
  }
  if (isObject(claimed) && isObject(recomputed)) {
    return Object.keys(recomputed).flatMap((name) => compared(claimed[name], recomputed[name], memberPath(path, name)));
  }
  return onlyLeaves(claimed, recomputed, path);
}

/** One side may be a whole object where the other has nothing: then each of its leaves is compared with nothing. */
function onlyLeaves(claimed: Json | undefined, recomputed: Json | undefined, path: string): readonly StatementCheck[] {
  const known = isObject(recomputed) ? recomputed : isObject(claimed) ? claimed : null;
  if (known === null) return [check(path, claimed, recomputed)];
  return leavesOf(known, path).map((leaf) => (known === recomputed ? check(leaf.path, undefined, leaf.value) : check(leaf.path, leaf.value, undefined)));
}

function check(path: string, claimed: Json | undefined, recomputed: Json | undefined): StatementCheck {
  const inside = path.slice(ROOT.length + 1);
  const row = /^installments\[(\d+)\]/.exec(inside);
  return {
    section: sectionOf(inside), path, installment: row === null ? null : Number(row[1]) + 1, label: labelOf(inside),
    claimed: shown(path, claimed), recomputed: shown(path, recomputed), agrees: claimed === recomputed,
  };
}

function sectionOf(inside: string): StatementCheck['section'] {
  if (inside.startsWith('totals.')) return 'totals';
  if (inside.startsWith('due.')) return 'due';
  if (inside.startsWith('installments')) return 'installment';
  return inside.startsWith('payoff') ? 'payoff' : 'position';
}

function shown(path: string, value: Json | undefined): string {
  if (value === undefined || value === null) return NONE;
  if (path.endsWith('_fen') && typeof value === 'string') return formatYuan(BigInt(value));
  return path.startsWith(`${ROOT}.accrued_`) ? `${String(value)} fen` : String(value);
}
