import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A package of this workspace is used from its source; whoever installs it gets the build. npm has no way to say both in one package.json, so
 * `npm pack` writes the one others get just before the tarball is made, and puts ours back just after.
 */
const step = process.argv[2];
const kept = 'node_modules/.workspace-package.json';

if (step === 'build') {
  rmSync('dist', { recursive: true, force: true });
  execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
} else if (step === 'publish') {
  mkdirSync('node_modules', { recursive: true });
  if (!existsSync(kept)) writeFileSync(kept, readFileSync('package.json'));
  const { scripts: _scripts, publishConfig, ...manifest } = JSON.parse(readFileSync(kept, 'utf8')) as { scripts: unknown; publishConfig: { exports: unknown } };
  replace(`${JSON.stringify({ ...manifest, exports: publishConfig.exports }, null, 2)}\n`);
} else if (step === 'restore') {
  replace(readFileSync(kept, 'utf8'));
  rmSync(kept);
} else throw new Error('package.ts takes build, publish or restore');

/** Whole or not at all: others read this file while we write it. */
function replace(text: string): void {
  writeFileSync('package.json.new', text);
  renameSync('package.json.new', 'package.json');
}
