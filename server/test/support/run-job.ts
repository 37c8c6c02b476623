import { createJobs } from '../../src/platform/jobs.ts';

/** A process that works on the job `held`: `hang` never finishes it, `finish` tells its payload and finishes. */
const [url, how] = process.argv.slice(2);
const jobs = createJobs({ url: url!, onFailed: () => undefined, pollSeconds: 0.5 });
jobs.register('held', async (payload) => {
  process.stdout.write(`${JSON.stringify(payload)}\n`);
  if (how === 'hang') await new Promise(() => undefined);
});
await jobs.start();
process.stdin.resume().on('end', () => void jobs.stop().then(() => process.exit(0)));
