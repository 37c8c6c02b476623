import { embeddedServer } from '../../src/platform/embedded/server.ts';

/** A process that opens the embedded server of a data folder, says how, and closes it when stdin ends. */
const [dataDir, port] = process.argv.slice(2);
try {
  const server = await embeddedServer({ dataDir: dataDir!, ...(port === undefined ? {} : { port: Number(port) }) });
  process.stdout.write(`${JSON.stringify({ url: server.url, started: server.started })}\n`);
  process.stdin.resume().on('end', () => void server.close().then(() => process.exit(0)));
} catch (cause) {
  process.stdout.write(`${JSON.stringify({ error: (cause as Error).name, message: (cause as Error).message })}\n`);
  process.exit(1);
}
