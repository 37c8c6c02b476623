import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { DatabaseUnavailable, openDatabase } from './postgres.ts';

let test: TestDatabase;
beforeAll(async () => { test = await testDatabase(); });
afterAll(() => test.drop());

const one = async (sql: string) => (await test.db.query<{ v: unknown }>(`select ${sql} as v`, [])).rows[0]!.v;

describe('what the database answers', () => {
  it('a whole number of 64 bits comes as a bigint, exact above 2^53', async () => {
    expect(await one('5::bigint')).toBe(5n);
    expect(typeof (await one('9007199254740993::bigint'))).toBe('bigint');
    expect(await one('9007199254740993::bigint')).toBe(9007199254740993n);
    expect(await one(`array[1, null, 9007199254740993]::bigint[]`)).toEqual([1n, null, 9007199254740993n]);
  });

  it('a day comes as its text, in no time zone', async () => {
    expect(await one(`date '2026-10-08'`)).toBe('2026-10-08');
    expect(await one(`array[date '2026-10-08']`)).toEqual(['2026-10-08']);
  });

  it('a number of any size comes as text', async () => {
    expect(await one('123456789012345678901234567890.5::numeric')).toBe('123456789012345678901234567890.5');
  });

  it('a point in time comes as a Date, and a small number as a number', async () => {
    expect(await one(`timestamptz '2026-10-08T01:00:00Z'`)).toEqual(new Date('2026-10-08T01:00:00Z'));
    expect(await one('7::int')).toBe(7);
  });

  it('takes a bigint, and arrays of them, as values', async () => {
    const { rows } = await test.db.query('select $1::bigint as a, (select sum(x) from unnest($2::bigint[]) x)::bigint as b', [9007199254740993n, [1n, 2n]]);
    expect(rows).toEqual([{ a: 9007199254740993n, b: 3n }]);
  });
});

describe('a transaction', () => {
  it('is undone whole when its work throws', async () => {
    await expect(test.db.transaction(async (tx) => {
      await tx.query(`insert into platform.clock (shard, id, at) values (0, 'undone', now())`);
      throw new Error('no');
    })).rejects.toThrow('no');
    expect((await test.db.query(`select from platform.clock where id = 'undone'`)).rowCount).toBe(0);
  });

  it('whose work swallowed a failed statement is not reported as committed', async () => {
    await expect(test.db.transaction(async (tx) => {
      await tx.query(`insert into platform.clock (shard, id, at) values (0, 'swallowed', now())`);
      await tx.query('select 1/0').catch(() => undefined);
    })).rejects.toThrow(/not committed/);
  });
});

describe('a database that cannot be used is refused in words', () => {
  it('an address where nobody listens, without telling the password', async () => {
    const attempt = openDatabase({ databaseUrl: 'postgres://u:secret@127.0.0.1:1/none', dataDir: '' });
    await expect(attempt).rejects.toThrow(DatabaseUnavailable);
    await expect(attempt).rejects.toThrow(/127\.0\.0\.1:1\/none cannot be reached/);
    await expect(attempt).rejects.not.toThrow(/secret/);
  });
});
