import { buildSandbox } from './sandbox.ts';

/** The outside world as a process. Configuration is in the environment: see README.md. */
const { PORT = '8390', HOST = '127.0.0.1', PROVIDER_KEY, SANDBOX_DATA_DIR, CALLBACK_URL } = process.env;

if (PROVIDER_KEY === undefined || PROVIDER_KEY === '') {
  process.stderr.write('PROVIDER_KEY is missing: the key with which calls and callbacks are signed\n');
  process.exit(2);
}

const { app } = buildSandbox({ providerKey: PROVIDER_KEY, dataDir: SANDBOX_DATA_DIR ?? null, callbackUrl: CALLBACK_URL ?? null });
const address = await app.listen({ port: Number(PORT), host: HOST });
process.stdout.write(`${JSON.stringify({ sandbox: address })}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void app.close().then(() => process.exit(0));
  });
}
