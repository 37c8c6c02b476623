import { annualRatePpm, businessDate, fen, type BusinessDate, type FundingShare, type LoanTerms } from '@mingdai/loan-math';
import { system, type By } from '../../kernel/actor.ts';
import { derivedId, shardOf } from '../../kernel/ids.ts';
import { instant, startOf, type Instant } from '../../kernel/instant.ts';
import type { LegalEntity } from '../ledger/index.ts';
import type { Contract } from './domain/contract.ts';

/** Contracts for the tests and the bench of this module. */
export const BANK_B: LegalEntity = { code: 'bank_b', name: 'Bank B', nameZh: '乙银行', roles: ['funder'] };
export const BANK_C: LegalEntity = { code: 'bank_c', name: 'Bank C', nameZh: '丙银行', roles: ['funder'] };

/** 20 % WeBank's own money, 80 % Bank B's. */
export const TWO_FUNDERS: readonly FundingShare[] = [{ funder: 'webank', sharePpm: 200_000n }, { funder: 'bank_b', sharePpm: 800_000n }];

/** 12,000.00 yuan at 7.2 % over 12 equal months: 1,039.43 a month, 72.00 interest in the first. */
export const MONTHLY_12: LoanTerms = {
  principal: fen(1_200_000n), method: 'level_installment', basis: 'monthly', rate: annualRatePpm(72_000n), months: 12, termDays: null, dueDay: null,
  graceDays: 0, graceCountsBack: true, penaltyRate: annualRatePpm(108_000n),
  allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
};

/** The same with day-rate interest, as 微粒贷 has it. */
export const DAILY_12: LoanTerms = { ...MONTHLY_12, basis: 'act_360' };

export type ContractChanges = Partial<Omit<Contract, 'terms'>> & { readonly terms?: LoanTerms };

/** A contract of customer `name`; `changes` says what is different. */
export function contractOf(name: string, changes: ContractChanges = {}): Contract {
  const customerId = derivedId('cus', name);
  return {
    id: derivedId('ctr', name), shard: shardOf(customerId), customerId, productCode: 'weilidai', productVersion: 1, lender: 'webank',
    terms: MONTHLY_12, shares: TWO_FUNDERS, cardToken: `card-${name}`, sheetHash: '0'.repeat(64), signedAt: noon('2026-10-08'),
    consentIds: [], offerId: derivedId('off', name), applicationId: derivedId('app', name), ...changes,
  };
}

/** 12:00 in Beijing. */
export const noon = (day: string | BusinessDate): Instant => instant(startOf(typeof day === 'string' ? businessDate(day) : day) + 12 * 3_600_000);

export const by = (key: string, at: Instant): By => ({ key, actor: system('test'), at });
