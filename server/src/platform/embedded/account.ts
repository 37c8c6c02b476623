import { chmod, chown, mkdir, readFile, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { DatabaseUnavailable } from './unavailable.ts';

/** The user PostgreSQL runs as; null = the user we are. */
export type Account = { readonly uid: number; readonly gid: number; readonly name: string };

/**
 * As root: the user that already owns the cluster, else `postgres` if the machine has one, else `nobody`.
 * (PostgreSQL refuses root, and refuses a uid that no line of /etc/passwd names.)
 */
export async function accountFor(cluster: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const known = await accounts();
  const owner = await stat(cluster).then(({ uid }) => uid, () => null);
  const account = known.find(({ uid }) => owner !== null && owner !== 0 && uid === owner)
    ?? known.find(({ name }) => name === 'postgres') ?? known.find(({ name }) => name === 'nobody');
  if (account === undefined) {
    throw new DatabaseUnavailable('PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody".\n' +
      'Start as another user, or set DATABASE_URL to a PostgreSQL 15 or newer.');
  }
  return account;
}

async function accounts(): Promise<readonly Account[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').filter((line) => line.split(':').length >= 4);
  return lines.map((line) => {
    const [name, , uid, gid] = line.split(':');
    return { name: name!, uid: Number(uid), gid: Number(gid) };
  });
}

/**
 * The server's own folder: `<dataDir>/postgres`, or, when the account may not walk into it (a checkout
 * inside a folder only root may enter), one under /var/lib/mingdai named after the data folder.
 */
export async function homeFor(dataDir: string, account: Account | null): Promise<string> {
  const near = join(resolve(dataDir), 'postgres');
  const found = await stat(resolve(dataDir)).catch(() => null);
  if (found !== null && !found.isDirectory()) throw new DatabaseUnavailable(`The data folder ${resolve(dataDir)} cannot be used: it is not a folder.\nSet MINGDAI_DATA_DIR to a folder you may write.`);
  if (account === null || (await mayWalkTo(near, account))) return near;
  if ((await stat(join(near, 'cluster')).catch(() => null)) !== null) {
    throw new DatabaseUnavailable(`The database folder ${near} may no longer be entered by the user "${account.name}", who runs the database.\n` +
      'Let others walk through the folders above it again (chmod o+x), or set MINGDAI_DATA_DIR or DATABASE_URL.');
  }
  return join('/var/lib/mingdai', createHash('sha256').update(near).digest('hex').slice(0, 16));
}

async function mayWalkTo(path: string, { uid, gid }: Account): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found !== null) {
      const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** Makes the server's own folder. Throws DatabaseUnavailable when it cannot be made or written. */
export async function makeHome(home: string): Promise<void> {
  try {
    const first = await mkdir(home, { recursive: true, mode: 0o755 });
    // Whatever the umask was, the server's account must be able to walk through what was just made.
    for (let folder = home; first !== undefined && folder.startsWith(first); folder = dirname(folder)) await chmod(folder, 0o755);
  } catch (cause) {
    throw new DatabaseUnavailable(`The database folder ${home} cannot be used: ${(cause as Error).message}\n` +
      'Set MINGDAI_DATA_DIR to a folder you may write, or DATABASE_URL to a PostgreSQL 15 or newer.');
  }
}

/** An empty folder that only the account may enter, as PostgreSQL wants it. */
export async function makeOwned(folder: string, account: Account | null): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (account !== null) await chown(folder, account.uid, account.gid);
}
