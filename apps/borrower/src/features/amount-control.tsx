import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { groupedYuan, wholeYuan } from '../format.ts';

const YUAN = 100n;

/** The amount, typed or slid: both say the same, both work by keyboard. Whole yuan only. */
export function AmountControl({ isWrong }: { readonly isWrong: boolean }) {
  const { shelf, words, wish, setWish, language } = useApp();
  const { min_fen, max_fen } = shelf.product.amount;
  const [typed, setTyped] = useState(grouped(wish.amountFen));
  const [min, max] = [wholeYuan(min_fen, language), wholeYuan(max_fen, language)];
  const shown = (readYuan(typed) ?? 0n) === wish.amountFen ? typed : grouped(wish.amountFen);

  const type = (text: string) => {
    setTyped(text);
    setWish({ ...wish, amountFen: readYuan(text) ?? 0n });
  };
  return (
    <div class="amount">
      <label for="amount">{words.choose.amount}</label>
      <input id="amount" class="amount-figure" type="text" inputMode="numeric" autocomplete="off" value={shown} aria-invalid={isWrong} aria-describedby="amount-range" onInput={(event) => type(event.currentTarget.value)} onBlur={() => setTyped(readYuan(typed) === null ? typed : grouped(wish.amountFen))} />
      <input
        type="range" aria-label={words.choose.amount} aria-valuetext={wholeYuan(wish.amountFen, language)} min={0} max={STOPS} step={1}
        value={stopOf(wish.amountFen, BigInt(min_fen), BigInt(max_fen))}
        onInput={(event) => setWish({ ...wish, amountFen: amountAt(Number(event.currentTarget.value), BigInt(min_fen), BigInt(max_fen)) })}
      />
      <p id="amount-range" class={isWrong ? 'error' : 'hint'} role={isWrong ? 'alert' : undefined}>{isWrong ? words.choose.amountWrong(min, max) : words.choose.amountRange(min, max)}</p>
    </div>
  );
}

/** `12,000` → 1_200_000n fen; null when it is no whole amount of yuan. */
export function readYuan(text: string): bigint | null {
  const digits = text.replace(/[,，\s]/g, '');
  return /^\d{1,9}$/.test(digits) ? BigInt(digits) * YUAN : null;
}

const grouped = (fen: bigint): string => groupedYuan(fen).replace(/\.00$/, '');

const STOPS = 200;
const ROUND = 10_000n; // the slider stops at whole hundreds of yuan

/** Small amounts get more of the slider: it grows with the square of its place. */
function amountAt(stop: number, min: bigint, max: bigint): bigint {
  const place = BigInt(stop * stop);
  const exact = min + ((max - min) * place) / BigInt(STOPS * STOPS);
  const rounded = ((exact + ROUND / 2n) / ROUND) * ROUND;
  return rounded < min ? min : rounded > max ? max : rounded;
}

function stopOf(amount: bigint, min: bigint, max: bigint): number {
  if (amount <= min) return 0;
  if (amount >= max) return STOPS;
  for (let stop = 0; stop <= STOPS; stop++) if (amountAt(stop, min, max) >= amount) return stop;
  return STOPS;
}
