import { annualCostOf, costExceeds, type AnnualCost, type CapTest, type CostFlows } from './annual-cost.ts';
import { aprc, aprcFlows } from './aprc.ts';
import { ArgumentError } from './assert.ts';
import { businessDate, type BusinessDate } from './business-date.ts';
import { costFlowsOf, flatFeeSchedule, withFees, type FeeShare, type OfferFee, type OfferFlows, type OfferRow } from './flat-fee.ts';
import { ppmOfFixed } from './fixed.ts';
import { levelInstallmentSchedule } from './level-installment.ts';
import { divideHalfUp, fen, type Fen } from './money.ts';
import { needBigint, needList, needObject, needText } from './needs.ts';
import { annualRatePpm } from './rate.ts';
import { advertisedRate, checkAmount, checkMonths, checkOneOf, checkPrincipal, checkShare, checkStated, type AdvertisedRate, type StatedRate } from './true-cost-rate.ts';
import { installmentRows, rateRows, type OfferMethod } from './true-cost-rows.ts';

/** What a rate is a rate of: the first principal all the way, or what is still out. */
export type RateBase = 'original' | 'outstanding';

/** An offer as its seller describes it. Where his words do not say what a rate is a rate of, its base is `open`. */
export type OfferDescription = {
  /** What the contract says is lent. */
  readonly principal: Fen;
  /** What reaches the borrower, when that is stated (到手); the difference is then held back. */
  readonly received: Fen | null;
  readonly months: number;
  readonly price: OfferPrice;
  readonly fees: readonly DescribedFee[];
};

export type OfferPrice =
  | { readonly kind: 'rate'; readonly stated: StatedRate; readonly base: RateBase | 'open'; readonly method: OfferMethod }
  /** Only what is paid each month is stated, perhaps beside a rate that the seller shows. */
  | { readonly kind: 'installment'; readonly amount: Fen; readonly stated: StatedRate | null };

export type DescribedFee = Omit<OfferFee, 'size'> & { readonly size: Exclude<OfferFee['size'], FeeShare> | (Omit<FeeShare, 'of'> & { readonly of: RateBase | 'open' }) };

/** A ceiling to hold the offer against: who asks brings it. */
export type OfferCap = { readonly id: string; readonly ppm: bigint };

export type CostQuestion = { readonly startOn: BusinessDate; readonly caps: readonly OfferCap[]; readonly bankRatePpm: bigint | null };

/** One way to read the offer. A base is null where there is no rate, or where it makes no difference. */
export type OfferReading = {
  readonly interestOn: RateBase | null;
  readonly monthlyFeesOn: RateBase | null;
  readonly flows: OfferFlows;
  readonly cost: AnnualCost;
  /** The rate the EU's directive asks for: time in months, days left over in years of 365 or 366 (J1). Null when no rate solves it. */
  readonly aprcPpm: bigint | null;
  /** All paid beyond what was received. */
  readonly charges: Fen;
  /** Charges on each 100 yuan received, in fen. */
  readonly chargesPer100: bigint;
  readonly caps: readonly (OfferCap & CapTest & { readonly isBroken: boolean })[];
  /** The money received, over the same months, as a level-installment loan of a bank. */
  readonly bank: BankLoan | null;
};

export type BankLoan = { readonly ratePpm: bigint; readonly installment: Fen; readonly charges: Fen; readonly chargesPer100: bigint; /** What the offer costs beyond it. */ readonly dearerBy: Fen };

export type TrueCost =
  | {
      readonly kind: 'cost';
      readonly advertised: AdvertisedRate | null;
      /** What the words leave open. With both false there is one reading. */
      readonly isInterestOpen: boolean;
      readonly areFeesOpen: boolean;
      /** Dearest first. */
      readonly readings: readonly OfferReading[];
    }
  | { readonly kind: 'refused'; readonly refusal: OfferRefusal };

export type OfferRefusal =
  /** Fees take all that is lent, or more. */
  | { readonly code: 'nothing_received'; readonly principal: Fen; readonly taken: Fen }
  /** Stated: so much reaches the borrower. By the fees held back it is another amount. */
  | { readonly code: 'received_disagrees'; readonly stated: Fen; readonly byFees: Fen }
  /** The installments together are less than was lent, or so much that no rate within reach explains them. */
  | { readonly code: 'installment_does_not_repay'; readonly principal: Fen; readonly repaid: Fen }
  | { readonly code: 'no_rate' };

/**
 * What an offer really costs a year: unmasks a rate that is charged on money long repaid, and charges that are called something else.
 *
 * Units   fen; a rate a day counts 30 days a month; installment n falls due n calendar months after `startOn`.
 * Rounds  as its schedule and its fees do; charges per 100 yuan once, half up.
 * Keeps   every reading the words leave open is returned, none is chosen; dearest first.
 * Refuses `nothing_received`, `received_disagrees`, `installment_does_not_repay`, `no_rate`, in this order.
 * Needs   amounts of 1 fen to 100 million yuan, none received above the principal; 1 to 480 months; rates as in `advertisedRate`; fees as
 *         in `withFees`; a first day of the years 1900 to 2900; at most 100 caps, and rates to compare with, of 0 to 1000 %.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/true-cost.md (D3, A5, J1).
 */
export function trueCost(offer: OfferDescription, question: CostQuestion): TrueCost {
  checkOffer(offer);
  checkQuestion(question);
  const held = heldBack(offer);
  if ('code' in held) return { kind: 'refused', refusal: held };
  const { price } = offer;
  const readings: OfferReading[] = [];
  for (const interestOn of interestBases(price)) {
    for (const monthlyFeesOn of feeBases(offer.fees)) {
      const read = readAs({ ...offer, fees: held.fees }, { interestOn, monthlyFeesOn }, question);
      if ('code' in read) return { kind: 'refused', refusal: read };
      readings.push(read);
    }
  }
  const stated = price.stated;
  return {
    kind: 'cost',
    advertised: stated === null ? null : advertisedRate(stated),
    isInterestOpen: interestBases(price).length > 1,
    areFeesOpen: feeBases(offer.fees).length > 1,
    readings: readings.sort((a, b) => (a.cost.irrTimes12Ppm > b.cost.irrTimes12Ppm ? -1 : 1)),
  };
}

type Bases = { readonly interestOn: RateBase | null; readonly monthlyFeesOn: RateBase | null };

/** Interest first leaves all principal out to the end: both bases are the same amount. */
function interestBases(price: OfferPrice): readonly (RateBase | null)[] {
  if (price.kind === 'installment' || price.method === 'interest_first' || price.stated.rate === 0n) return [null];
  return price.base === 'open' ? ['original', 'outstanding'] : [price.base];
}

function feeBases(fees: readonly DescribedFee[]): readonly (RateBase | null)[] {
  const shares = fees.flatMap(({ when, size }) => (when === 'monthly' && size.kind === 'share' ? [size.of] : []));
  if (shares.includes('open')) return ['original', 'outstanding'];
  return [shares.length > 0 && shares.every((of) => of === shares[0]) ? (shares[0] as RateBase) : null];
}

function heldBack({ principal, received, fees }: OfferDescription): { readonly fees: readonly DescribedFee[] } | OfferRefusal {
  const { deducted } = withFees(principal, [], fees.map((fee) => onBase(fee, 'original')));
  if (received === null) return { fees };
  if (fees.some(({ when }) => when === 'deducted')) return principal - deducted === received ? { fees } : { code: 'received_disagrees', stated: received, byFees: fen(principal - deducted) };
  return { fees: [...fees, { when: 'deducted', size: { kind: 'amount', amount: fen(principal - received) } }] };
}

const onBase = ({ when, size }: DescribedFee, open: RateBase): OfferFee => ({ when, size: size.kind === 'share' ? { ...size, of: size.of === 'open' ? open : size.of } : size });

function readAs(offer: OfferDescription, { interestOn, monthlyFeesOn }: Bases, { startOn, caps, bankRatePpm }: CostQuestion): OfferReading | OfferRefusal {
  const { principal, months, price } = offer;
  const rows = rowsOf(offer, interestOn);
  if (rows === null && price.kind === 'installment') return { code: 'installment_does_not_repay', principal, repaid: fen(price.amount * BigInt(months)) };
  const flows = withFees(principal, rows ?? [], offer.fees.map((fee) => onBase(fee, monthlyFeesOn ?? 'original')));
  if (flows.received <= 0n) return { code: 'nothing_received', principal, taken: fen(flows.deducted + flows.paidUpFront) };
  const costFlows = costFlowsOf(flows, startOn);
  const result = annualCostOf(costFlows);
  if (result.kind !== 'cost') return { code: 'no_rate' };
  const charges = fen(flows.rows.reduce((sum, { total }) => sum + total, 0n) - flows.received);
  return {
    interestOn, monthlyFeesOn, flows, cost: result.cost, aprcPpm: aprcPpm(costFlows), charges,
    chargesPer100: per100(charges, flows.received),
    caps: caps.map((cap) => {
      const test = costExceeds(costFlows, cap.ppm);
      return { ...cap, ...test, isBroken: test.byIrrTimes12 || test.byDatedFlows };
    }),
    bank: bankRatePpm === null ? null : bankLoan({ received: flows.received, months, ratePpm: bankRatePpm, charges }),
  };
}

function aprcPpm({ received, receivedOn, payments }: CostFlows): bigint | null {
  const paid = payments.map(({ dueOn, principal, charges }) => ({ on: dueOn, amount: -(principal + charges) }));
  const found = aprc(aprcFlows(receivedOn, 'month', [{ on: receivedOn, amount: received }, ...paid]));
  return found.kind === 'rate' ? ppmOfFixed(found.rate) : null;
}

function rowsOf({ principal, months, price }: OfferDescription, interestOn: RateBase | null): readonly OfferRow[] | null {
  if (price.kind === 'installment') return installmentRows(principal, months, price.amount);
  if (interestOn === 'original') return flatFeeSchedule({ principal, months, rate: price.stated });
  return rateRows({ principal, months, rate: price.stated, method: price.method });
}

function bankLoan({ received, months, ratePpm, charges }: { readonly received: Fen; readonly months: number; readonly ratePpm: bigint; readonly charges: Fen }): BankLoan {
  const rows = levelInstallmentSchedule({ principal: received, rate: annualRatePpm(ratePpm), months });
  const asked = fen(rows.reduce((sum, { interest }) => sum + interest, 0n));
  const [first] = rows;
  return { ratePpm, installment: fen(first!.principal + first!.interest), charges: asked, chargesPer100: per100(asked, received), dearerBy: fen(charges - asked) };
}

const per100 = (charges: bigint, received: bigint): bigint => divideHalfUp(charges * 10_000n, received);

function checkOffer(offer: OfferDescription): void {
  needObject('offer', offer);
  const { principal, received, months, price, fees } = offer;
  checkPrincipal('principal', principal);
  if (received !== null) checkAmount('received', received, principal);
  checkMonths(months);
  needObject('price', price);
  checkOneOf('price.kind', price.kind, ['rate', 'installment']);
  if (price.kind === 'installment') {
    if (price.stated !== null) checkStated('price.stated', price.stated);
    checkPrincipal('price.amount', price.amount);
  } else {
    checkStated('price.stated', price.stated);
    checkOneOf('price.base', price.base, ['original', 'outstanding', 'open']);
    checkOneOf('price.method', price.method, ['level_installment', 'level_principal', 'interest_first']);
  }
  needList('fees', fees, FEES_MAX);
  for (let index = 0; index < fees.length; index++) checkDescribed(`fees[${index}]`, fees[index], principal);
}

function checkDescribed(argument: string, fee: unknown, principal: Fen): void {
  needObject(argument, fee);
  const { when, size } = fee as DescribedFee;
  checkOneOf(`${argument}.when`, when, ['deducted', 'paid_up_front', 'monthly', 'with_first']);
  needObject(`${argument}.size`, size);
  checkOneOf(`${argument}.size.kind`, size.kind, ['amount', 'share']);
  if (size.kind === 'amount') return checkAmount(`${argument}.size.amount`, size.amount, principal);
  checkShare(`${argument}.size.share`, size.share);
  checkOneOf(`${argument}.size.of`, size.of, ['original', 'outstanding', 'open']);
}

const FEES_MAX = 20;
const CAPS_MAX = 100;
const CAP_ID_MAX = 200;
const RATE_MAX = 10_000_000n;
const FIRST_DAY = businessDate('1900-01-01');
const LAST_DAY = businessDate('2900-01-01');

function checkQuestion(question: CostQuestion): void {
  needObject('question', question);
  const { startOn, caps, bankRatePpm } = question;
  if (!Number.isInteger(startOn) || startOn < FIRST_DAY || startOn > LAST_DAY || Object.is(startOn, -0)) throw new ArgumentError('startOn', startOn, `a day from 1900-01-01 to 2900-01-01 (${FIRST_DAY} to ${LAST_DAY})`);
  needList('caps', caps, CAPS_MAX);
  for (let index = 0; index < caps.length; index++) {
    const cap: unknown = caps[index];
    needObject(`caps[${index}]`, cap);
    needText(`caps[${index}].id`, (cap as OfferCap).id, CAP_ID_MAX);
    needBigint(`caps[${index}].ppm`, (cap as OfferCap).ppm, 0n, RATE_MAX);
  }
  if (bankRatePpm !== null) needBigint('bankRatePpm', bankRatePpm, 0n, RATE_MAX);
}
