import { addDays, businessDate, formatDate } from '@mingdai/loan-math';
import type { DayCloseReply } from '@mingdai/contract';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Misuse, Stop, type CliCommand } from '../command.ts';

/** Asks the running server to close the books: it is the one that tells borrowers what fell due. */
export const command: CliCommand = {
  name: 'close-day',
  summary: 'Close the books through a business day, with every day missed before it',
  options: {
    through: { type: 'string', value: 'YYYY-MM-DD', help: "the last day to close; without it, the day before the server's business day" },
    server: { type: 'string', value: 'url', help: 'where the server listens (default http://127.0.0.1:8300, or as HOST and PORT say)' },
  },
  notes: 'Needs a running server and its OPERATOR_TOKEN: from the environment, else from secrets.json of MINGDAI_DATA_DIR.\nClosing again, or after a close that was killed, does only what is left.',
  async run({ values, say, answer }) {
    const server = serverOf(values['server']);
    const asked = values['through'] === undefined ? null : dayOf(values['through']);
    const token = await operatorToken();
    const through = asked ?? (await dayBefore(server, token));
    const closed = await ask<DayCloseReply>(server, token, { path: '/v1/operations/day-closes', body: { through } });
    say(closed.before === through
      ? `${through} was closed already.`
      : `Closed through ${closed.through}${closed.before === null ? '' : ` (before: ${closed.before})`}: ${closed.loans} loans, ${closed.events} events, ${closed.entries} entries, ${closed.pool_entries} pool entries in ${closed.milliseconds} ms.`);
    answer(closed);
    return 0;
  },
};

function serverOf(value: unknown): string {
  const { HOST, PORT } = process.env;
  const text = typeof value === 'string' ? value : `http://${HOST || '127.0.0.1'}:${PORT || '8300'}`;
  if (!/^https?:\/\/\S+$/.test(text)) throw new Misuse(`--server is an http(s) address, got ${JSON.stringify(text)}`);
  return text.replace(/\/+$/, '');
}

function dayOf(value: unknown): string {
  try {
    return formatDate(businessDate(String(value)));
  } catch (cause) {
    throw new Misuse(`--through: ${(cause as Error).message}`);
  }
}

async function operatorToken(): Promise<string> {
  const given = process.env['OPERATOR_TOKEN'];
  if (given !== undefined && given !== '') return given;
  const path = join(process.env['MINGDAI_DATA_DIR'] || join(import.meta.dirname, '..', '..', '..', '..', '.data'), 'secrets.json');
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as { OPERATOR_TOKEN: string }).OPERATOR_TOKEN;
  } catch {
    throw new Stop(`OPERATOR_TOKEN is not set, and ${path} cannot be read.`);
  }
}

async function dayBefore(server: string, token: string): Promise<string> {
  const { business_on } = await ask<{ business_on: string }>(server, token, { path: '/v1/operations/clock' });
  return formatDate(addDays(businessDate(business_on), -1));
}

async function ask<T>(server: string, token: string, { path, body }: { readonly path: string; readonly body?: object }): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }) };
  const reply = await fetch(`${server}${path}`, { method: body === undefined ? 'GET' : 'POST', headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    .catch(() => { throw new Stop(`No server answers at ${server}. Start it (mingdai start), or name it with --server.`); });
  const answer = (await reply.json()) as T & { code?: string };
  if (!reply.ok) throw new Stop(`The server refused: ${answer.code ?? reply.status} ${JSON.stringify(answer)}`);
  return answer;
}
