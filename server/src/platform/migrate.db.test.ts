import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { migrateAll, MigrationMismatch, migrationsOf, pendingMigrations, SCHEMAS } from './migrate.ts';

let test: TestDatabase;
beforeAll(async () => { test = await testDatabase(); });
afterAll(() => test.drop());

describe('migrations', () => {
  it('are recorded per schema, and doing them again does nothing', async () => {
    expect(await migrateAll(test.database)).toEqual({ applied: [] });
    expect(await pendingMigrations(test.database)).toBe(0);
    const { rows } = await test.db.query('select name, digest from platform.migration order by name');
    expect(rows).toEqual((await migrationsOf('platform')).map(({ name, digest }) => ({ name, digest })));
  });

  it('of every module are numbered without gaps', async () => {
    for (const schema of SCHEMAS) {
      const numbers = (await migrationsOf(schema)).map(({ name }) => Number(name.slice(0, 3)));
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
  });

  it('that were edited after they were applied are refused', async () => {
    const { rows } = await test.db.query<{ digest: string }>('select digest from platform.migration');
    await test.db.query(`update platform.migration set digest = 'other'`);
    await expect(migrateAll(test.database)).rejects.toThrow(MigrationMismatch);
    await test.db.query('update platform.migration set digest = $1', [rows[0]!.digest]);
  });

  it('of a newer program are refused', async () => {
    await test.db.query(`insert into platform.migration (name, digest) values ('999-future.sql', 'x')`);
    await expect(migrateAll(test.database)).rejects.toThrow(/made by a newer one/);
    await test.db.query(`delete from platform.migration where name = '999-future.sql'`);
  });

  it('by several processes at once on an empty database are done once', async () => {
    await test.db.query('drop schema platform cascade');
    const done = await Promise.all([1, 2, 3].map(() => migrateAll(test.database)));
    expect(done.flatMap(({ applied }) => applied)).toEqual((await migrationsOf('platform')).map(({ name }) => `platform/${name}`));
  });
});
