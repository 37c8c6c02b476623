import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installCopy } from './binaries.ts';

let root: string;
const previous = process.umask(0o077);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mingdai-binaries-'));
  const native = join(root, 'native');
  await mkdir(join(native, 'bin'), { recursive: true });
  await mkdir(join(native, 'lib'));
  await writeFile(join(native, 'bin', 'postgres'), 'program', { mode: 0o600 });
  await writeFile(join(native, 'lib', 'libpq.so.5.18'), 'library');
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify([
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
  ]));
  await symlink('elsewhere', join(native, 'lib', 'libpq.so')); // dangling
});
afterAll(async () => {
  process.umask(previous);
  await rm(root, { recursive: true, force: true });
});

describe('a copy of the programs', () => {
  it('has every library link, though npm left them out, and may be run by everyone', async () => {
    const home = join(root, 'cache', 'postgres-1');
    await installCopy(join(root, 'native'), home);
    expect(await readlink(join(home, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(await readFile(join(home, 'lib', 'libpq.so'), 'utf8')).toBe('library');
    for (const path of ['', 'bin', 'lib', 'bin/postgres', 'lib/libpq.so.5.18']) expect((await stat(join(home, path))).mode & 0o777).toBe(0o755);
  });

  it('made twice at once is one whole copy, and leaves no drafts', async () => {
    const home = join(root, 'cache', 'postgres-2');
    await Promise.all([1, 2, 3].map(() => installCopy(join(root, 'native'), home)));
    expect((await readdir(join(root, 'cache'))).filter((name) => name.startsWith('postgres-2'))).toEqual(['postgres-2']);
  });

  it('is not put into a folder that others may write', async () => {
    const open = join(root, 'open');
    await mkdir(open);
    await chmod(open, 0o777);
    await expect(installCopy(join(root, 'native'), join(open, 'postgres'))).rejects.toThrow(/written by other users/);
  });
});
