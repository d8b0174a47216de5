/** Addresses that only this machine can reach. */

/** The development issuer was asked to serve more than this machine. */
export class LoopbackOnly extends Error {
  override readonly name = 'LoopbackOnly';
}

/** @param host a name or an address, with or without brackets, without a port. */
export const isLoopback = (host: string): boolean => {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:/, '');
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
};

/** @throws LoopbackOnly */
export const assertLoopback = (...hosts: readonly string[]): void => {
  const open = hosts.find((host) => !isLoopback(host));
  if (open === undefined) return;
  throw new LoopbackOnly(
    `The development issuer lets anybody be anybody and serves loopback only, not ${open}: listen on 127.0.0.1, or configure an OIDC issuer of your own (OIDC_ISSUER).`,
  );
};
