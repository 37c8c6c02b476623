/** A bar that grows on a terminal, and a line now and then where there is none. Goes to stderr: stdout is for the report. */
export type Progress = {
  step(done: number, total: number, words: string): void;
  end(): void;
};

const WIDTH = 30;
const QUIET_MS = 10_000;

export function progressOn(stream: NodeJS.WriteStream): Progress {
  let last = 0;
  return {
    step(done, total, words) {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
      const line = `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${words}`;
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${line}`);
      } else if (Date.now() - last > QUIET_MS) {
        last = Date.now();
        stream.write(`${line}\n`);
      }
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}
