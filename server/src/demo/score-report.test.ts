import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { artefactText, fitArtefact, readLendingClub, splitOf } from './fit-scorecard.ts';
import { scoreReport, scoreTable } from './score-report.ts';

const CHECKED_IN = fileURLToPath(new URL('../modules/decisioning/scorecard-lending-club.json', import.meta.url));

describe('the scorecard that decides', () => {
  it('is what fitting on the training half gives, byte for byte', () => {
    expect(artefactText(fitArtefact(readLendingClub()))).toBe(readFileSync(CHECKED_IN, 'utf8'));
  });

  it('never saw the half it is measured on', () => {
    const { training, heldOut } = splitOf(readLendingClub());
    expect(training.filter((row) => heldOut.includes(row))).toEqual([]);
    expect(training.length + heldOut.length).toBe(9_857);
  });

  it('parts bad from good on the held-out half as well as a plain logistic fit, within 0.01 AUC or better', () => {
    const { compared, absent } = scoreReport();
    const [{ ours, plain, heldOutBads }] = compared as [typeof compared[number]];
    expect(ours.auc).toBeGreaterThanOrEqual(plain.auc - 0.01);
    expect(ours.auc).toBeGreaterThan(0.64);
    expect(heldOutBads).toBe(277);
    expect(absent).toEqual(['taiwan_default.csv.gz: MINGDAI_DATA is not set', 'german_credit.csv: MINGDAI_DATA is not set']);
  });

  it('prints one line a set, and says what was not measured', () => {
    const lines = scoreTable(scoreReport({ dataDir: '/nowhere' }));
    expect(lines).toHaveLength(5);
    expect(lines[2]).toMatch(/^LendingClub\s+4938\s+4919\s+277\s+0\.\d{4}/);
    expect(lines.slice(3)).toEqual(['Not measured: taiwan_default.csv.gz: not in /nowhere.', 'Not measured: german_credit.csv: not in /nowhere.']);
  });
});

describe('on public sets', () => {
  it('that are there: within 0.01 AUC of the plain fit or better, at least 0.765 on Taiwan, and nothing about who a person is among the inputs', () => {
    const { compared, absent } = scoreReport({ dataDir: process.env['MINGDAI_DATA'] });
    expect(compared.length + absent.length).toBe(3);
    for (const { ours, plain } of compared) expect(ours.auc).toBeGreaterThanOrEqual(plain.auc - 0.01);
    for (const { ours } of compared.filter(({ data }) => data === 'Taiwan')) expect(ours.auc).toBeGreaterThan(0.765);
    for (const { columns } of compared) expect(columns.filter((name) => /^(SEX|AGE|MARRIAGE|age|personal_status_sex|foreign_worker)$/.test(name))).toEqual([]);
  });
});
