/** Reads a sentence back as a borrower with pencil and paper would: what stands between the colon and the equals sign, worked out exactly. */
export type Stated = { readonly numerator: bigint; readonly denominator: bigint; readonly result: bigint; readonly isRounded: boolean; readonly isCut: boolean };

const AMOUNT = /^(−?)([\d,]+)\.(\d\d)$/;

export function fenOf(text: string): bigint {
  const match = AMOUNT.exec(text);
  if (match === null) throw new Error(`not an amount: ${text}`);
  const amount = BigInt(match[2]!.replaceAll(',', '') + match[3]!);
  return match[1] === '' ? amount : -amount;
}

/** The computation a sentence states, or null when it states none. */
export function statedIn(sentence: string): Stated | null {
  const equals = sentence.lastIndexOf(' = ');
  if (equals < 0) return null;
  const right = /(−?[\d,]+\.\d\d)/.exec(sentence.slice(equals))![1]!;
  const colon = Math.max(sentence.lastIndexOf('：', equals), sentence.lastIndexOf(': ', equals));
  let [numerator, denominator] = [0n, 1n];
  const addends = ` + ${sentence.slice(colon + 1, equals).trim()}`.replace(/^ \+ −/, ' − ').split(/ (?=[+−] )/).filter((text) => text.trim() !== '');
  for (const addend of addends) {
    const sign = addend.trim().startsWith('−') ? -1n : 1n;
    const [first, ...factors] = addend.trim().slice(1).trim().split(/ (?=[×÷] )/);
    let n = sign * fenOf(/(−?[\d,]+\.\d\d)$/.exec(first!)![1]!);
    let d = 1n;
    for (const factor of factors) {
      const value = factor.slice(2).trim();
      const share = /^(\d+)\/(\d+)$/.exec(value);
      const percent = /^([\d.]+)%$/.exec(value);
      const [top, bottom] = share !== null ? [BigInt(share[1]!), BigInt(share[2]!)]
        : percent !== null ? [BigInt(Math.round(Number(percent[1]) * 10_000)), 1_000_000n]
        : [BigInt(/^\d+/.exec(value)![0]), 1n];
      if (factor.startsWith('×')) [n, d] = [n * top, d * bottom];
      else [n, d] = [n * bottom, d * top];
    }
    numerator = numerator * d + n * denominator;
    denominator *= d;
  }
  return { numerator, denominator, result: fenOf(right), isRounded: /四舍五入|rounded/.test(sentence), isCut: /不足一分|less than a fen/.test(sentence) };
}

/** Whether a stated computation comes out, within the one rounding it says. */
export function isTrue({ numerator, denominator, result, isRounded, isCut }: Stated): boolean {
  const off = numerator - result * denominator;
  if (isCut) return off > 0n && off < denominator;
  if (isRounded) return off !== 0n && 2n * off >= -denominator && 2n * off <= denominator;
  return off === 0n;
}
