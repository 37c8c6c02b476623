import { describe, expect, it } from 'vitest';
import { behaviourFields, bureauFields, reportsOfLendingClub } from './evidence.ts';
import { featureFields, featuresOf } from './features.ts';

/** The worked example of docs/specs/evidence-mapping.md §3: the first row of the sample. */
const row = {
  funded_amnt: '16100', term: 'term_36', int_rate: '13.99', sub_grade: 'C4', addr_state: 'CT', verification_status: 'Not_Verified', annual_inc: '35000.0', emp_length: 'emp_5',
  delinq_2yrs: '0', inq_last_6mths: '0', revol_util: '67.4', acc_now_delinq: '0', open_il_6m: '1', open_il_12m: '0', open_il_24m: '0', total_bal_il: '1099', all_util: '48', inq_fi: '0',
  inq_last_12m: '3', delinq_amnt: '0', num_il_tl: '3', total_il_high_credit_limit: '13193', Class: 'good',
};

describe('the mapping of the LendingClub sample', () => {
  it('takes dollars × 7 as yuan, in fen, and per cent as permille', () => {
    const { bureau, behaviour } = reportsOfLendingClub(row);
    expect(behaviour).toEqual({ annual_income_fen: 24_500_000n, income_years: 5, income_evidence: 'none' });
    expect(bureau).toEqual({
      delinquencies_24m: 0, enquiries_6m: 0, enquiries_12m: 3, finance_enquiries: 0, revolving_utilisation_permille: 674, overall_utilisation_permille: 480, accounts_overdue_now: 0,
      overdue_now_fen: 0n, installment_loans_active: 1, installment_loans_opened_12m: 0, installment_loans_opened_24m: 0, installment_loans_ever: 3, installment_balance_fen: 769_300n, installment_limit_fen: 9_235_100n,
    });
  });

  it('keeps cents: 65789.43 dollars are 460,526.01 yuan', () => expect(reportsOfLendingClub({ ...row, annual_inc: '65789.43' }).behaviour.annual_income_fen).toBe(46_052_601n));

  it.each([['emp_lt_1', 0], ['emp_1', 1], ['emp_9', 9], ['emp_ge_10', 10], ['emp_unk', null]])('reads %s as %s years', (emp_length, years) =>
    expect(reportsOfLendingClub({ ...row, emp_length }).behaviour.income_years).toBe(years));

  it.each([['annual_inc', 'NA'], ['annual_inc', '-5'], ['annual_inc', '1e5'], ['delinq_2yrs', '1.5'], ['revol_util', '67.45'], ['emp_length', 'emp_11'], ['verification_status', 'toString'], ['delinq_amnt', '']])(
    'refuses %s = %j, naming both', (column, text) => expect(() => reportsOfLendingClub({ ...row, [column]: text })).toThrow(`column ${column} of the sample reads ${JSON.stringify(text)}`));

  it('never looks at the lender\'s verdict, the outcome, the request or the place', () => {
    const columns = [...bureauFields, ...behaviourFields].map(({ lendingClub }) => lendingClub.column as string);
    expect(new Set(columns).size).toBe(columns.length);
    for (const forbidden of ['int_rate', 'sub_grade', 'Class', 'funded_amnt', 'term', 'addr_state']) expect(columns).not.toContain(forbidden);
  });
});

describe('the features of the scorecard', () => {
  it('are the figures of both reports, amounts in whole yuan', () => {
    const features = featuresOf(reportsOfLendingClub(row));
    expect(features).toMatchObject({ annual_income_yuan: 245_000, installment_balance_yuan: 7_693, revolving_utilisation_permille: 674, income_years: 5 });
    expect(Object.keys(features)).toEqual(featureFields.map(({ feature }) => feature));
  });

  it('hold nothing about age, sex, place, or how income was verified', () => {
    expect(featureFields.map(({ feature }) => feature).filter((name) => /age_|sex|gender|marri|state|region|evidence/.test(name))).toEqual([]);
  });
});
