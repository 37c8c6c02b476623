import {
  divideHalfUp, FEE_FORMS, feeThatCosts, fixedOf, formatDate, formatPercent, formatYuan, ONE, PPM, trueCost,
  type BusinessDate, type OfferDescription, type OfferReading, type OfferRefusal, type RateBase, type TrueCost,
} from '@mingdai/loan-math';
import { HARD_STOP_PPM, type Compliance, type LenderType } from '../modules/compliance/index.ts';
import type { CostWords } from './cost-words.ts';

/** A ceiling, and the kinds of lender it holds for; none: for all of them. */
export type NamedCap = { readonly rule: string; readonly ppm: bigint; readonly lenders: readonly LenderType[] };
export type CostRequest = { readonly offer: OfferDescription; readonly startOn: BusinessDate; readonly bankRatePpm: bigint; readonly reachPpm: bigint | null };
export type CostReport = {
  readonly request: CostRequest;
  readonly caps: readonly NamedCap[];
  readonly cost: Extract<TrueCost, { kind: 'cost' }>;
  readonly reach: readonly ReachedBy[];
};
/** The fee that makes the advertised rate cost the target, by each measure; null where it costs more without any. */
export type ReachedBy = { readonly base: RateBase; readonly form: (typeof FEE_FORMS)[number]; readonly irrTimes12: bigint | null; readonly effective: bigint | null };

const LENDERS: readonly LenderType[] = ['bank', 'consumer_finance', 'microloan'];

/** The ceilings of a day and a term for every kind of lender, and the stop behind them all (RATE-024). */
export function capsOn(compliance: Compliance, on: BusinessDate, months: number): readonly NamedCap[] {
  const caps: NamedCap[] = [];
  for (const lender of LENDERS) {
    const cap = compliance.capFor(lender, on, months);
    const same = caps.findIndex(({ rule, ppm }) => rule === cap?.rule && ppm === cap.capPpm);
    if (same >= 0) caps[same] = { ...caps[same]!, lenders: [...caps[same]!.lenders, lender] };
    else if (cap !== null) caps.push({ rule: cap.rule, ppm: cap.capPpm, lenders: [lender] });
  }
  return [...caps, { rule: 'RATE-024', ppm: HARD_STOP_PPM, lenders: [] }];
}

/** The true cost of an offer beside the caps of the day and a bank's price. */
export function costReport(compliance: Compliance, request: CostRequest): CostReport | { readonly refusal: OfferRefusal } {
  const { offer, startOn, bankRatePpm } = request;
  const caps = capsOn(compliance, startOn, offer.months);
  const cost = trueCost(offer, { startOn, bankRatePpm, caps: caps.map(({ rule, ppm }) => ({ id: rule, ppm })) });
  if (cost.kind === 'refused') return { refusal: cost.refusal };
  return { request, caps, cost, reach: reachedBy(request) };
}

function reachedBy({ offer, reachPpm }: CostRequest): readonly ReachedBy[] {
  const { stated } = offer.price;
  if (reachPpm === null || stated === null) return [];
  const target = fixedOf(reachPpm, PPM);
  const share = (loan: { readonly base: RateBase; readonly form: ReachedBy['form'] }, measure: 'irr_times_12' | 'effective'): bigint | null => {
    const found = feeThatCosts({ months: offer.months, stated, base: loan.base }, { measure, rate: target }, loan.form);
    return found.kind === 'fee' ? divideHalfUp(found.share * FEE_UNIT, ONE) : null;
  };
  const bases: readonly RateBase[] = ['original', 'outstanding'];
  return bases.flatMap((base) => FEE_FORMS.map((form) => ({ base, form, irrTimes12: share({ base, form }, 'irr_times_12'), effective: share({ base, form }, 'effective') })));
}

/** Fees are shown to a millionth of a percentage point. */
const FEE_UNIT = 100_000_000n;
const feePercent = (share: bigint): string => `${share / 1_000_000n}.${(share % 1_000_000n).toString().padStart(6, '0')}`;

/** The report as lines for a person. */
export function costLines({ request, caps, cost, reach }: CostReport, words: CostWords): readonly string[] {
  const { advertised, readings, isInterestOpen, areFeesOpen } = cost;
  const bank = words.bank(formatPercent(request.bankRatePpm));
  const line = (label: string, of: (reading: OfferReading) => string): readonly string[] => [label, ...readings.map(of)];
  const yuan = (label: string, of: (reading: OfferReading) => bigint): readonly string[] => line(label, (reading) => formatYuan(of(reading)));
  const year = (label: string, of: (reading: OfferReading) => bigint): readonly string[] => line(label, (reading) => `${percentOf(of(reading))} %`);
  const table = [
    line('', (reading) => words.column(reading.interestOn, reading.monthlyFeesOn, { interest: isInterestOpen, fees: areFeesOpen })),
    yuan(words.rows.received, ({ flows }) => flows.received),
    yuan(words.rows.repaid, ({ flows, charges }) => flows.received + charges),
    yuan(words.rows.first, ({ flows }) => flows.rows[0]!.total),
    yuan(words.rows.last, ({ flows }) => flows.rows.at(-1)!.total),
    yuan(words.rows.charges, ({ charges }) => charges),
    yuan(words.rows.per100, ({ chargesPer100 }) => chargesPer100),
    year(words.rows.irr, ({ cost: { irrTimes12Ppm } }) => irrTimes12Ppm),
    year(words.rows.effective, ({ cost: { effectivePpm } }) => effectivePpm),
    year(words.rows.simple, ({ cost: { simplePpm } }) => simplePpm),
    year(words.rows.dated, ({ cost: { datedPpm } }) => datedPpm),
    line(words.rows.aprc, ({ aprcPpm }) => (aprcPpm === null ? '–' : `${percentOf(aprcPpm)} %`)),
    ...caps.map(({ rule, ppm, lenders }, index) => line(words.cap(formatPercent(ppm), lenders, rule), (reading) => (reading.caps[index]!.isBroken ? words.broken : words.kept))),
    yuan(bank.first, (reading) => reading.bank!.installment),
    yuan(bank.charges, (reading) => reading.bank!.charges),
    yuan(bank.dearer, (reading) => reading.bank!.dearerBy),
  ];
  return [
    ...(advertised === null ? [] : [words.advertised(percentOf(advertised.nominalPpm), advertised.nominal365Ppm === null ? null : percentOf(advertised.nominal365Ppm), percentOf(advertised.compoundedPpm))]),
    isInterestOpen || areFeesOpen ? words.open : words.noOpen,
    '', ...aligned(table), '',
    words.footnote(formatDate(request.startOn)),
    ...(reach.length === 0 || advertised === null ? [] : ['', words.reach(formatPercent(request.reachPpm!), percentOf(advertised.nominalPpm)), '', ...aligned(reachTable(reach, words))]),
  ];
}

function reachTable(reach: readonly ReachedBy[], words: CostWords): readonly (readonly string[])[] {
  const shown = (share: bigint | null): string => (share === null ? words.dearerAlready : feePercent(share));
  return [words.reachHeads, ...reach.map(({ base, form, irrTimes12, effective }) => [`${words.on[base]}: ${words.form[form]}`, shown(irrTimes12), shown(effective)])];
}

/** ppm as per cent with two decimals, half up: a figure to read; --json holds the exact one. */
const percentOf = (ppm: bigint): string => formatYuan(divideHalfUp(ppm, 100n));

/** Columns as wide as their widest cell; a Chinese character is as wide as two letters. */
function aligned(table: readonly (readonly string[])[]): readonly string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => widthOf(row[column]!))));
  return table.map((row) => row.map((cell, column) => (column === 0 ? cell + ' '.repeat(widths[0]! - widthOf(cell)) : ' '.repeat(widths[column]! - widthOf(cell) + 3) + cell)).join('').trimEnd());
}

const widthOf = (text: string): number => [...text].reduce((width, letter) => width + (/[\u2e80-\u9fff\uff00-\uff60\u3000-\u303f]/.test(letter) ? 2 : 1), 0);

/** The report as JSON: amounts in fen, rates in ppm. */
export function presentCost({ request, caps, cost, reach }: CostReport): Readonly<Record<string, unknown>> {
  const { offer, startOn, bankRatePpm } = request;
  const { advertised } = cost;
  return {
    offer: { principal_fen: offer.principal, received_fen: offer.received, months: offer.months },
    start_on: formatDate(startOn),
    bank_rate_ppm: bankRatePpm,
    advertised: advertised === null ? null : { nominal_ppm: advertised.nominalPpm, nominal_365_ppm: advertised.nominal365Ppm, compounded_ppm: advertised.compoundedPpm },
    is_interest_open: cost.isInterestOpen,
    are_fees_open: cost.areFeesOpen,
    readings: cost.readings.map((reading) => presentReading(reading, caps)),
    ...(request.reachPpm === null ? {} : { reach: { target_ppm: request.reachPpm, fees: reach.map(({ base, form, irrTimes12, effective }) => ({ base, form, irr_times_12_percent: irrTimes12 === null ? null : feePercent(irrTimes12), effective_percent: effective === null ? null : feePercent(effective) })) } }),
  };
}

function presentReading({ interestOn, monthlyFeesOn, flows, cost, aprcPpm, charges, chargesPer100, caps: tested, bank }: OfferReading, caps: readonly NamedCap[]): Readonly<Record<string, unknown>> {
  return {
    interest_on: interestOn,
    monthly_fees_on: monthlyFeesOn,
    received_fen: flows.received, deducted_fen: flows.deducted, paid_up_front_fen: flows.paidUpFront,
    repaid_fen: flows.received + charges, charges_fen: charges, charges_per_100_fen: chargesPer100,
    annual_cost: { irr_times_12_ppm: cost.irrTimes12Ppm, effective_ppm: cost.effectivePpm, simple_ppm: cost.simplePpm, dated_ppm: cost.datedPpm, effective_dated_ppm: cost.effectiveDatedPpm, aprc_ppm: aprcPpm },
    caps: caps.map(({ rule, ppm, lenders }, index) => ({ rule, cap_ppm: ppm, lenders, is_broken: tested[index]!.isBroken, by_irr_times_12: tested[index]!.byIrrTimes12, by_dated_flows: tested[index]!.byDatedFlows })),
    bank: bank === null ? null : { rate_ppm: bank.ratePpm, installment_fen: bank.installment, charges_fen: bank.charges, charges_per_100_fen: bank.chargesPer100, dearer_by_fen: bank.dearerBy },
    rows: flows.rows.map(({ number, principal, interest, fee, total, balance }) => ({ number, principal_fen: principal, interest_fen: interest, fee_fen: fee, total_fen: total, balance_fen: balance })),
  };
}
