import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  readonly registry: Registry;
  readonly request: (method: string, route: string, status: number, seconds: number) => void;
  readonly command: (name: string, outcome: string) => void;
  /** A figure that is read when asked for. */
  readonly watch: (name: string, help: string, read: () => Promise<number> | number) => void;
};

/** Prometheus metrics, all named `mingdai_…` except Node's own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({ name: 'mingdai_http_request_seconds', help: 'Requests by route and status', labelNames: ['method', 'route', 'status'], buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], registers: [registry] });
  const commands = new Counter({ name: 'mingdai_commands_total', help: 'Changes of state by command and outcome', labelNames: ['command', 'outcome'], registers: [registry] });
  return {
    registry,
    request: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    command: (command, outcome) => commands.inc({ command, outcome }),
    watch(name, help, read) {
      new Gauge({ name, help, registers: [registry], async collect() { this.set(await read()); } });
    },
  };
}
