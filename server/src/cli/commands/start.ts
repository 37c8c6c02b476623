import pino from 'pino';
import { createLog } from '../../platform/log.ts';
import { stopOnSignal } from '../../platform/signals.ts';
import type { CliCommand } from '../command.ts';
import { startLocalStack, type LocalStack } from '../local-stack.ts';

/** Brings up database, outside world and server, and stays until Ctrl-C. */
export const command: CliCommand = {
  name: 'start',
  summary: 'Start the database, the outside world (sandbox), the server and the borrower page',
  options: {
    'log-level': { type: 'string', value: 'level', help: 'trace, debug, info, warn, error (default warn), on stderr' },
  },
  notes: 'Settings come from the environment (PORT, HOST, DATABASE_URL, MINGDAI_DATA_DIR, CLOCK, SANDBOX_PORT, …);\nwhat is not set is chosen, and secrets are made once and kept in the data folder.',
  async run({ values, say, note, answer }) {
    const level = values['log-level'];
    const stack = await startLocalStack({
      env: { ...process.env, ...(typeof level === 'string' ? { LOG_LEVEL: level } : {}) },
      log: (config) => createLog(config.logLevel, pino.destination({ dest: 2, sync: false })),
    });
    stopOnSignal(() => stack.stop());
    for (const line of banner(stack)) say(line);
    answer({ server: stack.server.url, sandbox: stack.sandboxUrl, sandbox_pid: stack.sandboxPid, database: stack.server.platform.database.isEmbedded ? 'embedded' : 'given', data_dir: stack.config.dataDir });
    note(await stack.lost);
    await stack.server.stop();
    return 1;
  },
};

function banner({ server, sandboxUrl, config }: LocalStack): readonly string[] {
  const { database, clock } = server.platform;
  const postgres = `PostgreSQL ${Math.floor(database.serverVersion / 10_000)}.${database.serverVersion % 10_000}`;
  return [
    '',
    '  Mingdai is up.',
    '',
    `  Borrower page    ${server.url}/`,
    `  API and docs     ${server.url}/docs`,
    `  Outside world    ${sandboxUrl}/`,
    `  Database         ${postgres}, ${database.isEmbedded ? `embedded, in ${config.dataDir}` : 'as DATABASE_URL says'}`,
    `  Business time    ${new Date(clock.now()).toISOString()}${config.clock === 'told' ? ' (moved from the outside world)' : ''}`,
    `  Operator token   OPERATOR_TOKEN in ${config.dataDir}/secrets.json, unless set in the environment`,
    '',
    '  Ctrl-C stops everything.',
    '',
  ];
}
