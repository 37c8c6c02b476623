import { createServer } from 'node:net';

export const isFree = (port: number, host = '127.0.0.1'): Promise<boolean> => listenOnce(port, host).then(() => true, () => false);

/** A port nobody listens on now. */
export const freePort = (host = '127.0.0.1'): Promise<number> => listenOnce(0, host);

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen({ port, host }, () => {
      const taken = (server.address() as { port: number }).port;
      server.close(() => resolve(taken));
    });
  });
}
