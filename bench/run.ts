import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `npm run bench -- <name>`: runs bench/<name>.ts. Each prints its figures and the ratio against a peer measured in the same run. */
const here = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(here).filter((file) => file.endsWith('.ts') && file !== 'run.ts').map((file) => file.slice(0, -3));
const [name] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Which bench? One of: ${names.join(', ')}.   npm run bench -- <name>\n`);
  process.exit(2);
}
await import(`./${name}.ts`);
