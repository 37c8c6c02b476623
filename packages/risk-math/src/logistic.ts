import { assert } from './assert.ts';
import { solvePositiveDefinite } from './linear.ts';

export type LogisticOptions = {
  /** Weight of ½·ridge·Σ coefficient² (the intercept is free). Keeps the optimum finite on separable data. */
  readonly ridge: number;
  readonly iterationsMax?: number;
  /** Stops when no component of the gradient is larger than this. */
  readonly tolerance?: number;
};

export type LogisticFit = {
  readonly intercept: number;
  readonly coefficients: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
  /** Largest absolute component of the penalised gradient at the end. */
  readonly gradientMax: number;
  /** Penalised negative log-likelihood at the end. */
  readonly loss: number;
};

/**
 * Logistic regression by Newton's method (IRLS) with step halving: P(bad) = σ(intercept + Σ coefficient·column).
 *
 * Keeps   the loss never rises from step to step; at convergence the penalised gradient is zero within `tolerance`.
 * Needs   columns of equal length, finite numbers; ridge > 0, or columns that are independent and not separating.
 * Throws  RiskMathError when that does not hold.
 * Source  docs/specs/scorecard.md §4.
 */
export function fitLogistic(columns: readonly Float64Array[], isBad: readonly boolean[], options: LogisticOptions): LogisticFit {
  const { ridge, iterationsMax = 50, tolerance = 1e-8 } = options;
  assert(ridge >= 0, 'ridge is not negative');
  for (const column of columns) assert(column.length === isBad.length, 'every column has one number a row');
  const size = columns.length + 1;
  let weights = new Float64Array(size);
  let state = evaluate(columns, isBad, weights, ridge);
  let iterations = 0;
  while (state.gradientMax > tolerance && iterations < iterationsMax) {
    const step = solvePositiveDefinite(state.hessian, state.gradient);
    let [scale, next, tried] = [1, weights, state];
    do {
      next = weights.map((weight, at) => weight - scale * step[at]!);
      tried = evaluate(columns, isBad, next, ridge);
      scale /= 2;
    } while (!(tried.loss <= state.loss) && scale > 1e-10);
    iterations++;
    if (!(tried.loss <= state.loss)) break;
    [weights, state] = [next, tried];
  }
  return {
    intercept: weights[0]!,
    coefficients: [...weights.subarray(1)],
    iterations,
    converged: state.gradientMax <= tolerance,
    gradientMax: state.gradientMax,
    loss: state.loss,
  };
}

/** log(1 + e^x) without overflow. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** 1 / (1 + e^-x) without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const grown = Math.exp(x);
  return grown / (1 + grown);
}

/** intercept + Σ coefficient·column, for every row. */
export function linearPredictor(columns: readonly Float64Array[], fit: Pick<LogisticFit, 'intercept' | 'coefficients'>, rows: number): Float64Array {
  const out = new Float64Array(rows).fill(fit.intercept);
  columns.forEach((column, at) => {
    for (let row = 0; row < rows; row++) out[row]! += fit.coefficients[at]! * column[row]!;
  });
  return out;
}

type State = { readonly loss: number; readonly gradient: Float64Array; readonly hessian: Float64Array; readonly gradientMax: number };

function evaluate(columns: readonly Float64Array[], isBad: readonly boolean[], weights: Float64Array, ridge: number): State {
  const size = weights.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const x = new Float64Array(size);
  x[0] = 1;
  let loss = 0;
  for (let row = 0; row < isBad.length; row++) {
    let z = weights[0]!;
    for (let at = 1; at < size; at++) {
      x[at] = columns[at - 1]![row]!;
      z += weights[at]! * x[at]!;
    }
    const p = sigmoid(z);
    const outcome = isBad[row]! ? 1 : 0;
    loss += softplus(z) - outcome * z;
    const curvature = p * (1 - p);
    for (let at = 0; at < size; at++) {
      gradient[at]! += (p - outcome) * x[at]!;
      for (let other = 0; other <= at; other++) hessian[at * size + other]! += curvature * x[at]! * x[other]!;
    }
  }
  for (let at = 1; at < size; at++) {
    loss += (ridge / 2) * weights[at]! ** 2;
    gradient[at]! += ridge * weights[at]!;
    hessian[at * size + at]! += ridge;
  }
  for (let at = 0; at < size; at++) for (let other = 0; other < at; other++) hessian[other * size + at] = hessian[at * size + other]!;
  assert(Number.isFinite(loss), 'columns are finite numbers');
  return { loss, gradient, hessian, gradientMax: gradient.reduce((most, part) => Math.max(most, Math.abs(part)), 0) };
}
