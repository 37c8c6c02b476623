import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { system } from '../kernel/actor.ts';
import { instant } from '../kernel/instant.ts';
import { ok, refuse } from '../kernel/result.ts';
import type { DomainEvent } from '../kernel/event.ts';
import { VersionConflict, type Command, type CommandTx } from './tx.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.query('create table platform.box (shard int not null, id text not null, n bigint not null, primary key (shard, id))');
});
afterAll(() => test.drop());

const AT = instant(Date.UTC(2026, 9, 8, 1));
const command = (key: string, input: unknown = {}): Command =>
  ({ name: 'platform.test', key, input, actor: system('test'), at: AT, shard: 7 });
const put = (tx: CommandTx, id: string, n = 1n) => tx.query('insert into platform.box (shard, id, n) values (7, $1, $2)', [id, n]);
const boxes = async (id: string) => (await test.db.query('select from platform.box where id = $1', [id])).rowCount;
const sqlError = (tx: CommandTx, code: string) => tx.query(`do $$ begin raise exception 'told to' using errcode = '${code}'; end $$`);

describe('the same command, key and input again', () => {
  it('is given the first answer, with its bigints, and the work is not done', async () => {
    const first = await test.funnel.run(command('again', { a: 1n }), async (tx) => {
      await put(tx, 'again');
      return ok({ amount: 9007199254740993n, rows: [{ n: 1n, s: '1', f: 1.5, none: null, yes: true }] });
    });
    const second = await test.funnel.run(command('again', { a: 1n }), () => Promise.reject(new Error('done twice')));
    expect(first.ok).toBe(true);
    expect(second).toEqual(first);
    expect(await boxes('again')).toBe(1);
  });

  it('is given the first refusal', async () => {
    const first = await test.funnel.run(command('refused-again'), async () => refuse({ code: 'too_late', byDays: 3n }));
    const second = await test.funnel.run(command('refused-again'), async () => ok('now it would work'));
    expect(first).toEqual({ ok: false, error: { code: 'too_late', byDays: 3n } });
    expect(second).toEqual(first);
  });

  it('with other input is refused, whatever was answered first', async () => {
    await test.funnel.run(command('reused', { amount: 1n }), async () => ok(1));
    const answer = await test.funnel.run(command('reused', { amount: 2n }), async () => ok(2));
    expect(answer).toEqual({ ok: false, error: { code: 'idempotency_key_reused', command: 'platform.test', key: 'reused' } });
  });

  it('under another command name or in another shard is another command', async () => {
    await test.funnel.run(command('same-key'), async () => ok(1));
    expect(await test.funnel.run({ ...command('same-key'), name: 'platform.other' }, async () => ok(2))).toEqual(ok(2));
    expect(await test.funnel.run({ ...command('same-key'), shard: 8 }, async () => ok(3))).toEqual(ok(3));
  });

  it('twenty at once: one does the work, all get its answer', async () => {
    let done = 0;
    const answers = await Promise.all(Array.from({ length: 20 }, () => test.funnel.run(command('at-once'), async (tx) => {
      done += 1;
      await put(tx, 'at-once');
      await tx.query('select pg_sleep(0.05)');
      return ok({ by: done });
    })));
    expect(done).toBe(1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(ok({ by: 1 }))]));
  });

  it('ten at once that are refused: all get the same refusal', async () => {
    let tries = 0;
    const answers = await Promise.all(Array.from({ length: 10 }, () => test.funnel.run(command('refused-at-once'), async () => refuse({ code: 'no', tries: ++tries }))));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ ok: false, error: { code: 'no' } });
  });
});

describe('work that refuses', () => {
  it('leaves nothing behind but its answer: no rows, no news, no jobs', async () => {
    const before = test.wakes.length;
    await test.funnel.run(command('refuses'), async (tx) => {
      await put(tx, 'refuses');
      tx.tell({ type: 'box_put', shard: 7, subject: 'refuses', payload: {} });
      tx.wake({ job: 'look', payload: {} });
      return refuse({ code: 'not_today' });
    });
    expect(await boxes('refuses')).toBe(0);
    expect((await test.db.query(`select from platform.outbox where subject = 'refuses'`)).rowCount).toBe(0);
    expect(test.wakes.length).toBe(before);
    const { rows } = await test.db.query(`select outcome, actor_kind, actor_id, at from platform.command where key = 'refuses'`);
    expect(rows).toEqual([{ outcome: 'not_today', actor_kind: 'system', actor_id: 'test', at: new Date(AT) }]);
  });
});

describe('work that throws', () => {
  it('leaves nothing behind, and the key may be used again', async () => {
    await expect(test.funnel.run(command('throws'), async (tx) => {
      await put(tx, 'throws');
      throw new Error('a bug');
    })).rejects.toThrow('a bug');
    expect(await boxes('throws')).toBe(0);
    expect(await test.funnel.run(command('throws'), async () => ok('fine'))).toEqual(ok('fine'));
  });

  it('by a statement of its own that failed is not committed even when the work swallows the error', async () => {
    await expect(test.funnel.run(command('swallows'), async (tx) => {
      await put(tx, 'swallows');
      await tx.query('select 1/0').catch(() => undefined);
      return ok(1);
    })).rejects.toThrow();
    expect(await boxes('swallows')).toBe(0);
  });

  it('an answer that is no plain data is a bug, and nothing is kept', async () => {
    await expect(test.funnel.run(command('odd-answer'), async (tx) => {
      await put(tx, 'odd-answer');
      return ok(new Date());
    })).rejects.toThrow(/canonical JSON/);
    expect(await boxes('odd-answer')).toBe(0);
  });
});

describe('contention', () => {
  for (const code of ['40001', '40P01']) {
    it(`a serialization failure ${code} is tried again, from a clean slate`, async () => {
      let tries = 0;
      const answer = await test.funnel.run(command(`retry-${code}`), async (tx) => {
        await put(tx, `retry-${code}`);
        if (++tries < 3) await sqlError(tx, code);
        return ok(tries);
      });
      expect(answer).toEqual(ok(3));
      expect(await boxes(`retry-${code}`)).toBe(1);
    });
  }

  it('a row that was not at its version is tried 3 times, then answered busy; busy is not kept', async () => {
    let tries = 0;
    const answer = await test.funnel.run(command('conflict'), async () => {
      tries += 1;
      throw new VersionConflict('box');
    });
    expect(answer).toEqual({ ok: false, error: { code: 'busy', command: 'platform.test', tries: 3 } });
    expect(tries).toBe(3);
    expect(await test.funnel.run(command('conflict'), async () => ok('later'))).toEqual(ok('later'));
  });

  it('other errors of the database are not tried again', async () => {
    let tries = 0;
    await expect(test.funnel.run(command('unique'), async (tx) => {
      tries += 1;
      await sqlError(tx, '23505');
      return ok(1);
    })).rejects.toThrow('told to');
    expect(tries).toBe(1);
  });

  it('a real deadlock between two commands ends with both done', async () => {
    await test.db.query(`insert into platform.box values (7, 'left', 0), (7, 'right', 0)`);
    const add = (tx: CommandTx, id: string) => tx.query('update platform.box set n = n + 1 where shard = 7 and id = $1', [id]);
    const both = (key: string, ids: readonly [string, string]) => test.funnel.run(command(key), async (tx) => {
      await add(tx, ids[0]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await add(tx, ids[1]);
      return ok(key);
    });
    const answers = await Promise.all([both('dead-1', ['left', 'right']), both('dead-2', ['right', 'left'])]);
    expect(answers).toEqual([ok('dead-1'), ok('dead-2')]);
    expect((await test.db.query(`select n from platform.box where id in ('left', 'right')`)).rows).toEqual([{ n: 2n }, { n: 2n }]);
  });
});

describe('news', () => {
  it('is told to its listeners after the commit and before run returns, once, and marked', async () => {
    const heard: DomainEvent[] = [];
    test.outbox.on('box_shut', async (event) => {
      expect(await boxes(event.subject)).toBe(1);
      heard.push(event);
    });
    const shut = () => test.funnel.run(command('shut'), async (tx) => {
      await put(tx, 'shut');
      tx.tell({ type: 'box_shut', shard: 7, subject: 'shut', payload: { amount_fen: '100' } });
      return ok(1);
    });
    await shut();
    expect(heard).toMatchObject([{ type: 'box_shut', subject: 'shut', at: AT, payload: { amount_fen: '100' } }]);
    await shut();
    expect(heard).toHaveLength(1);
    await test.outbox.flush();
    expect((await test.db.query(`select from platform.outbox where subject = 'shut' and delivered_at is not null`)).rowCount).toBe(1);
  });

  it('that a listener failed to serve does not fail the command, and is told again later under the same id', async () => {
    const ids: string[] = [];
    test.outbox.on('box_lost', async (event) => {
      ids.push(event.id);
      if (ids.length === 1) throw new Error('not yet for 13800138000');
    });
    const answer = await test.funnel.run(command('lost'), async (tx) => {
      tx.tell({ type: 'box_lost', shard: 7, subject: 'lost', payload: {} });
      return ok('kept');
    });
    expect(answer).toEqual(ok('kept'));
    expect((await test.db.query(`select tries, last_error from platform.outbox where subject = 'lost'`)).rows).toEqual([{ tries: 1, last_error: 'Error: not yet for [redacted]' }]);
    expect(await test.outbox.redeliver(0)).toEqual({ served: 1, waiting: 0 });
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await test.outbox.redeliver(0)).toEqual({ served: 0, waiting: 0 });
  });

  it('of a process that died between commit and delivery is told by the next one', async () => {
    await test.db.query(`insert into platform.outbox (shard, id, type, subject, at, payload) values (7, 'evt_died', 'box_orphaned', 'x', now(), '{"n":"1"}')`);
    const heard: unknown[] = [];
    test.outbox.on('box_orphaned', async ({ id, payload }) => void heard.push({ id, payload }));
    await test.outbox.redeliver(0);
    expect(heard).toEqual([{ id: 'evt_died', payload: { n: '1' } }]);
  });

  it('nobody listens to is kept, and does not wait', async () => {
    await test.funnel.run(command('unheard'), async (tx) => {
      tx.tell({ type: 'nobody_cares', shard: 7, subject: 'unheard', payload: {} });
      return ok(1);
    });
    expect((await test.db.query(`select from platform.outbox where subject = 'unheard' and delivered_at is not null`)).rowCount).toBe(1);
  });
});

describe('jobs', () => {
  it('asked for are sent with the commit', async () => {
    await test.funnel.run(command('wakes'), async (tx) => {
      tx.wake({ job: 'look_again', payload: { id: 'x' }, afterSeconds: 5 });
      return ok(1);
    });
    expect(test.wakes.at(-1)).toEqual({ job: 'look_again', payload: { id: 'x' }, afterSeconds: 5 });
  });
});

describe('what is not a key', () => {
  it.each(['', ' ', 'ключ', 'a b', 'x'.repeat(201)])('%j is a bug of the caller', async (key) => {
    await expect(test.funnel.run(command(key), async () => ok(1))).rejects.toThrow(/idempotency key/);
  });

  it('quotes and backslashes in keys, names and answers are only text', async () => {
    const odd = `'; drop table platform.box; --\\`.replaceAll(' ', '_');
    const answer = await test.funnel.run(command(odd), async () => ok({ odd: `it's \\ "that" $1` }));
    expect(await test.funnel.run(command(odd), async () => ok({ odd: '' }))).toEqual(answer);
  });
});
