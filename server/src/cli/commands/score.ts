import { scoreReport, scoreTable } from '../../demo/score-report.ts';
import type { CliCommand } from '../command.ts';

/** AUC and KS of the scorecard that decides, on the half of the sample it never saw, beside a plain logistic fit. */
export const command: CliCommand = {
  name: 'score',
  summary: 'Measure the scorecard on held-out applicants beside a plain logistic fit',
  options: {},
  notes: 'With MINGDAI_DATA=<folder> holding taiwan_default.csv.gz and german_credit.csv, those sets are measured too.\nSex, age, marriage, personal status and foreign origin are never inputs.',
  async run({ say, answer }) {
    const report = scoreReport({ dataDir: process.env['MINGDAI_DATA'] || undefined });
    for (const line of scoreTable(report)) say(line);
    answer(report);
    return 0;
  },
};
