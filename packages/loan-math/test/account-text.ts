import { readFileSync } from 'node:fs';
import { formatDate, formatYuan, type AccountLine, type Replay } from '../src/index.ts';

/** Fenced blocks of a page of docs/specs in pairs: a `loan` block, and the block of the given kind that follows it. */
export function pairsOf(page: string, kind: string): readonly { readonly loan: readonly string[]; readonly text: string }[] {
  const blocks = [...readFileSync(new URL(`../../../docs/specs/${page}`, import.meta.url), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, name, text], index) => {
    const loan = blocks[index - 1];
    return name === kind && loan?.[1] === 'loan' ? [{ loan: loan[2]!.trimEnd().split('\n'), text: text! }] : [];
  });
}

/** An account as the spec page shows it. */
export function accountText(lines: readonly AccountLine[]): string {
  return lines.map((line) => {
    const moved = Object.entries(line.moved).map(([key, amount]) => `${key} ${formatYuan(amount)}`);
    const head = [`${formatDate(line.on)} ${line.kind}${line.event === null ? '' : ` ${line.event}`}`, ...moved, `outstanding ${formatYuan(line.principalOutstanding)}`, `due ${formatYuan(line.due)}`].join(' · ');
    return [head, `  ${line.what.zh}`, `  ${line.what.en}`, ...line.why.flatMap(({ zh, en }) => [`    ${zh}`, `    ${en}`]), ''].join('\n');
  }).join('');
}

/** A replay as the spec page shows it. */
export function replayText({ net, facts }: Replay): string {
  const amounts = net.flatMap(({ component, change, why }) => [`${component} ${formatYuan(change)}`, `  ${why.zh}`, `  ${why.en}`]);
  const others = facts.flatMap(({ fact, before, after, why }) => [`${fact} ${String(before)} → ${String(after)}`, `  ${why.zh}`, `  ${why.en}`]);
  return `${[...amounts, ...others].join('\n')}\n`;
}
