/**
 * Why a server that cannot be reached may be there all the same: its certificate is not believed. The client says so in the
 * middle of a sentence, or, where it looks for a cluster's leader, not at all; so it is asked for here once more.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';

const HOSTS = /^[a-z+]+:\/\/(?:[^@/]*@)?([^/?]+)/;
const CA_FILE = /[?&]tlsCAFile=([^&]+)/i;
const OPEN = /[?&]tls=false\b/i;
const DEFAULT_PORT = 2113;

const SENTENCES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "EventStoreDB's certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "EventStoreDB's certificate is for other names than the host in the connection string",
};

/** Whatever else the library says of a certificate comes down to this. */
const UNKNOWN_AUTHORITY =
  "EventStoreDB's certificate was signed by an authority that is not known here: name the file of the authority's certificate in the connection string, …&tlsCAFile=/path/to/ca.crt";

const OF_A_CERTIFICATE = /CERT|ISSUER|SIGNATURE|CA$/;

const codeOf = (host: string, ca: Buffer | undefined, ms: number): Promise<string> =>
  new Promise((resolve) => {
    const [name = '', port = String(DEFAULT_PORT)] = host.split(':');
    const socket = connect({
      host: name,
      port: Number(port),
      servername: name,
      timeout: ms,
      ...(ca === undefined ? {} : { ca }),
    });
    const over = (code: string): void => {
      socket.destroy();
      resolve(code);
    };
    socket.on('secureConnect', () => over(''));
    socket.on('timeout', () => over(''));
    socket.on('error', (error: NodeJS.ErrnoException) => over(error.code ?? ''));
  });

/** @returns what is wrong with the certificate of a server of the connection string; nothing when that is not the trouble */
export const certificateTrouble = async (
  connectionString: string,
  ms: number,
): Promise<string | undefined> => {
  if (OPEN.test(connectionString)) return undefined;
  const hosts = HOSTS.exec(connectionString)?.[1]?.split(',') ?? [];
  const file = CA_FILE.exec(connectionString)?.[1];
  const ca = file === undefined ? undefined : readFileSync(file);
  const codes = await Promise.all(hosts.map((host) => codeOf(host, ca, ms)));
  const code = codes.find((one) => OF_A_CERTIFICATE.test(one));
  return code === undefined ? undefined : (SENTENCES[code] ?? UNKNOWN_AUTHORITY);
};
