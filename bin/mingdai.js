#!/usr/bin/env node
// Finds a Node that runs TypeScript (24 or newer) and hands over to server/src/cli.ts. Plain old JavaScript, so
// that a machine with only an older Node is told what to do instead of shown a syntax error.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'server', 'src', 'cli.ts');
const majorOf = (version) => Number(version.replace(/^v/, '').split('.')[0]);

if (majorOf(process.version) >= NEEDED) {
  const { main } = await import(program);
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = nodeBeside();
  if (node === null) {
    process.stderr.write(`Mingdai needs Node ${NEEDED} or newer; this is Node ${process.version}.\n` +
      'Run "npm ci" here: on Linux it brings a Node 24 of its own. Elsewhere install Node 24 from https://nodejs.org.\n');
    process.exitCode = 1;
  } else {
    const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
    // Ctrl-C reaches both; the program decides when it is done.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal); });
    child.on('error', (cause) => { process.stderr.write(`${cause.message}\n`); process.exit(1); });
    child.on('exit', (code, signal) => process.exit(code === null ? 128 + ({ SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] || 1) : code));
  }
}

function nodeBeside() {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', '.bin', 'node');
    try {
      if (existsSync(found) && majorOf(execFileSync(found, ['--version'], { encoding: 'utf8' }).trim()) >= NEEDED) return found;
    } catch {
      // not a Node for this machine
    }
    if (folder === dirname(folder)) return null;
  }
}
