import { createServer } from 'node:net';

/** @returns why not, in a sentence; undefined when somebody may listen there */
export const portTrouble = (host: string, port: number): Promise<string | undefined> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      done(
        error.code === 'EADDRINUSE'
          ? `${host}:${String(port)} is taken: choose another with FASCIA_PORT, or stop what runs there`
          : `${host}:${String(port)} cannot be listened at (${error.code ?? 'unknown'}): choose others with FASCIA_HOST and FASCIA_PORT`,
      );
    });
    probe.listen(port, host, () => {
      probe.close(() => {
        done(undefined);
      });
    });
  });
