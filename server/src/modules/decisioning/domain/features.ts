import type { FeatureValues } from '@mingdai/risk-math';
import { behaviourFields, bureauFields, type BehaviourReport, type BureauReport, type FieldValue } from './evidence.ts';

/**
 * What the scorecard is shown: every number of both reports under its own name, amounts in whole yuan (rounded down) under `…_yuan`.
 * Nothing about the request, the place, age, sex or the lender's own price is among them; nor `income_evidence`: whom a lender chose to
 * verify is its own act, and in the sample those it verified did worse, so that proving one's income would have cost points.
 *
 * Source  docs/specs/scorecard.md §1.
 */
export function featuresOf(reports: { readonly bureau: BureauReport; readonly behaviour: BehaviourReport }): FeatureValues {
  const values: Readonly<Record<string, FieldValue>> = { ...reports.bureau, ...reports.behaviour };
  return Object.fromEntries(featureFields.map(({ feature, name }) => [feature, plain(values[name] ?? null)]));
}

/** Every feature with the report field it is read from. */
export const featureFields = [...bureauFields, ...behaviourFields].filter(({ unit }) => unit !== 'code').map((one) => ({
  feature: one.unit === 'fen' ? one.name.replace(/_fen$/, '_yuan') : one.name,
  name: one.name,
  unit: one.unit,
  zh: one.zh,
  en: one.en,
}));

/** Fen to whole yuan; exact, for reports hold at most one billion yuan. */
const plain = (value: FieldValue): number | string | null => (typeof value === 'bigint' ? parseInt(`${value / 100n}`, 10) : value);
