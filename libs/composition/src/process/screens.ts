/** What the screens are told of this installation: who signs people in, and where. */
import { fileURLToPath } from 'node:url';
import { isLoopback } from '@fascia/access';
import type { Screens } from '@fascia/http';
import { developmentIssuerAt } from './identity.js';
import type { Settings } from './settings.js';

/** Where the build of apps/web puts them; libraries lie at the same depth compiled and as they are written. */
const FOLDER = fileURLToPath(new URL('../../../../apps/web/dist/site', import.meta.url));

export const screensOf = (settings: Settings): Screens => {
  const { clientId, scope, resource, connect, idle } = settings.web;
  const development = developmentIssuerAt(settings);
  const issuer = settings.issuer?.url ?? development;
  const { origin, hostname } = new URL(issuer);
  // To processes beside the one that has it, the development issuer is configured like any other.
  const demo = issuer === development && isLoopback(hostname);
  return {
    folder: FOLDER,
    config: { issuer, clientId, scope, ...(resource === undefined ? {} : { resource }), demo, idle },
    connect: demo ? [] : [...new Set([origin, ...connect])],
    ...(demo ? { origin } : {}),
  };
};
