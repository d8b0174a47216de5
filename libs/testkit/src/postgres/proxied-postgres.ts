/** A database behind something that can be told to break. */
import { Client } from 'pg';
import type { TcpProxy } from '../tcp-proxy.js';

/** @returns the address of the same database through the proxy */
export const proxied = (proxy: TcpProxy, connectionString: string): string => {
  // Read as the driver reads it; never connected.
  const { host, port, user, password, database } = new Client({ connectionString });
  proxy.forwardTo(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  return `postgresql://${user}:${password}@127.0.0.1:${proxy.port}/${database}`;
};
