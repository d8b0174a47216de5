import { createServer } from 'node:net';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import type { Settings } from '@fascia/composition';
import { Failure } from '../failure.js';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

const NODE_NEEDED = 24;
const GIB = 1024 ** 3;
const DISK_WANTED_GIB = 1;

const node = (): Finding => {
  const major = Number(process.versions.node.split('.')[0]);
  return { what: 'Node', ok: major >= NODE_NEEDED, detail: `${process.version}${major >= NODE_NEEDED ? '' : `: version ${String(NODE_NEEDED)} is needed`}` };
};

const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)));

const disk = ({ dataDir }: Settings): Finding => {
  const folder = nearestFolder(resolve(dataDir));
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / GIB;
  return { what: 'Disk', ok: free >= DISK_WANTED_GIB, detail: `${free.toFixed(1)} GiB free for ${resolve(dataDir)}` };
};

const writable = ({ dataDir }: Settings): Finding => {
  const folder = nearestFolder(resolve(dataDir));
  try {
    accessSync(folder, constants.W_OK);
    return { what: 'Data folder', ok: true, detail: `${resolve(dataDir)}${existsSync(dataDir) ? '' : ' (made at the first start)'}` };
  } catch {
    return { what: 'Data folder', ok: false, detail: `${folder} cannot be written: set FASCIA_DATA_DIR` };
  }
};

const port = async ({ host, port: wanted }: Settings): Promise<Finding> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => { done({ what: 'Port', ok: false, detail: `${host}:${String(wanted)} is taken: choose another with FASCIA_PORT, or stop what runs there` }); });
    probe.listen(wanted, host, () => { probe.close(() => { done({ what: 'Port', ok: true, detail: `${host}:${String(wanted)} is free` }); }); });
  });

const database = ({ databaseUrl }: Settings): Finding => ({
  what: 'Database', ok: true, detail: databaseUrl === undefined ? 'embedded PostgreSQL' : `a server at ${new URL(databaseUrl).host || 'a local socket'}`,
});

const identity = ({ issuer }: Settings): Finding => ({
  what: 'Identity', ok: true, detail: issuer === undefined ? 'development issuer with demo people: not for real patients' : `OpenID Connect issuer ${issuer.url}`,
});

export const doctorCommand = (): Command =>
  new Command('doctor').description('check settings, disk, port and versions').action(async () => {
    const { settingsFrom, SettingsInvalid } = await import('@fascia/composition');
    let settings: Settings;
    try {
      settings = settingsFrom(process.env);
    } catch (error) {
      if (error instanceof SettingsInvalid) throw new Failure(`Settings:\n${error.message}`);
      throw error;
    }
    const findings = [node(), writable(settings), disk(settings), await port(settings), database(settings), identity(settings)];
    for (const { what, ok, detail } of findings) process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${what.padEnd(12)} ${detail}\n`);
    if (findings.some((finding) => !finding.ok)) throw new Failure('Something above needs mending.');
  });
