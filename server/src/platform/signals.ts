const PATIENCE_MS = 30_000;

/** Ends the process well on Ctrl-C or a polite kill: `stop`, then exit 0. A second signal, or half a minute, ends it at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    stop().then(() => process.exit(0), (cause: unknown) => {
      process.stderr.write(`could not stop cleanly: ${String(cause)}\n`);
      process.exit(1);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
}
