import { createRequire } from 'node:module';
import { cruise, type ICruiseOptions, type IForbiddenRuleType, type IViolation } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';
import { fixtureFolder, ROOT } from './source-files.ts';

const { forbidden, options } = createRequire(import.meta.url)(`${ROOT}/.dependency-cruiser.cjs`) as { forbidden: IForbiddenRuleType[]; options: ICruiseOptions };
const roots = ['server', 'sandbox', 'packages', 'apps'];

async function broken(baseDir: string, ...more: readonly string[]): Promise<readonly IViolation[]> {
  const { enhancedResolveOptions, tsConfig: _named, ...cruiseOptions } = options;
  const reply = await cruise(
    [...roots, ...more],
    { ...cruiseOptions, baseDir, validate: true, ruleSet: { forbidden } },
    { ...enhancedResolveOptions },
    { tsConfig: extractTSConfig(`${ROOT}/tsconfig.json`) },
  );
  if (typeof reply.output === 'string') throw new Error('a cruise answers with an object');
  return reply.output.summary.violations;
}
const shown = ({ rule, from, to }: IViolation): string => `${rule.name}: ${from} -> ${to}`;
const why = new Map(forbidden.map(({ name, comment }) => [name, comment]));

describe('the fences between the parts of the house', () => {
  it('stand: nothing is imported across them', async () => {
    const breaches = (await broken(ROOT, 'scripts', 'bench')).map((breach) => `${shown(breach)}\n    ${why.get(breach.rule.name)}`);
    expect(breaches).toEqual([]);
  });

  it('each say why', () => {
    for (const { name, comment } of forbidden) expect(comment?.length ?? 0, `${name} says why`).toBeGreaterThan(40);
  });
});

describe('a deliberate breach of a fence is caught', async () => {
  const caught = (await broken(fixtureFolder('fences'))).map(shown);

  it.each(breaches())('%s', (_rule, breach) => {
    expect(caught).toContain(breach);
  });

  it('for every fence there is, and nothing else is', () => {
    expect(new Set(breaches().map(([rule]) => rule))).toEqual(new Set(forbidden.map(({ name }) => name)));
    expect(caught.toSorted()).toEqual(breaches().map(([, breach]) => breach).toSorted());
  });
});

function breaches(): readonly (readonly [rule: string, breach: string])[] {
  const at = 'server/src/modules';
  return (
    [
      ['one-door', `${at}/payments/service.ts -> ${at}/ledger/service.ts`],
      ['outside-uses-the-door', `server/src/main.ts -> ${at}/ledger/service.ts`],
      ['domain-is-pure', `${at}/servicing/domain/day.ts -> fs`],
      ['domain-is-pure', `${at}/servicing/domain/day.ts -> server/src/platform/clock.ts`],
      ['domain-takes-only-types-from-a-door', `${at}/servicing/domain/entries.ts -> ${at}/ledger/index.ts`],
      ['math-stands-alone', 'packages/loan-math/src/money.ts -> crypto'],
      ['statement-stands-on-loan-math', 'packages/statement/src/seals.ts -> crypto'],
      ['contract-is-only-words', 'packages/contract/src/loans.ts -> server/src/kernel/result.ts'],
      ['kernel-knows-nothing', 'server/src/kernel/result.ts -> server/src/platform/clock.ts'],
      ['platform-knows-no-lending', `server/src/platform/jobs.ts -> ${at}/servicing/index.ts`],
      ['level-1a', `${at}/ledger/rule.ts -> ${at}/compliance/index.ts`],
      ['level-1b', `${at}/customers/peer.ts -> ${at}/payments/index.ts`],
      ['level-2', `${at}/funding/peer.ts -> ${at}/servicing/index.ts`],
      ['level-3', `${at}/collections/peer.ts -> ${at}/origination/index.ts`],
      ['level-4', `${at}/customers/top.ts -> server/src/main.ts`],
      ['sql-lives-in-repositories', `${at}/catalog/service.ts -> ../../../../../node_modules/pg/esm/index.mjs`],
      ['sandbox-stands-alone', 'sandbox/src/bank.ts -> packages/loan-math/src/money.ts'],
      ['nobody-imports-the-sandbox', 'server/src/cli/demo.ts -> sandbox/src/bank.ts'],
      ['pages-ask-over-http', 'apps/borrower/src/loan.tsx -> server/src/kernel/result.ts'],
      ['verify-asks-nobody', 'apps/verify/src/report.tsx -> packages/contract/src/loans.ts'],
      ['no-test-code-in-the-product', `${at}/funding/examples.ts -> ${at}/funding/funding.test.ts`],
      ['no-circles', `${at}/origination/contract.ts -> ${at}/origination/offer.ts`],
    ] as const
  ).map(([rule, breach]) => [rule, `${rule}: ${breach}`]);
}
