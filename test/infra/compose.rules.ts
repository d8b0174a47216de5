/** What has to be true of docker-compose.yml beside being a compose file. */
import {
  isSetting,
  OPEN_PERSONAL_FIELDS,
  PROCESS_NAMES,
  PROCESSES,
  SECRET_SETTINGS,
  type ProcessName,
} from './names.js';
import { faulty, type Rule } from './rules.js';

export interface Service {
  image: string;
  build?: string;
  command?: string[];
  user?: string;
  restart?: string;
  read_only?: boolean;
  tmpfs?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  ports?: string[];
  profiles?: string[];
  networks?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

export interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file?: string }>;
}

type ServiceRule = (service: Service, name: string, all: Compose) => readonly string[];

const each =
  (check: ServiceRule) =>
  (all: Compose): readonly string[] =>
    Object.entries(all.services).flatMap(([name, service]) =>
      check(service, name, all).map((fault) => `${name}: ${fault}`),
    );

export const serviceOf = ({ services }: Compose, name: string): Service => {
  const service = services[name];
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
};

const isOurs = (name: string): name is ProcessName => Object.hasOwn(PROCESSES, name);

/** Of settings and of other images' settings alike. */
const isSecretName = (name: string): boolean =>
  SECRET_SETTINGS.includes(name) || /(PASSWORD|SECRET|TOKEN|PRIVATE_KEY)$/.test(name);

export const COMPOSE_RULES: readonly Rule<Compose>[] = [
  {
    name: 'every process has its service, started by its own main.js on its own port',
    faults: (all) =>
      PROCESS_NAMES.flatMap((name) => {
        const service = all.services[name];
        if (service === undefined) return [`${name} is missing`];
        return [
          ...faulty(
            service.command?.join(' ') !== `node apps/${name}/dist/main.js`,
            `${name}: another command`,
          ),
          ...faulty(
            service.environment?.['FASCIA_PORT'] !== String(PROCESSES[name]),
            `${name}: another port`,
          ),
          ...faulty(
            service.image !== serviceOf(all, 'gateway').image || service.build !== '.',
            `${name}: another image`,
          ),
        ];
      }),
    breaks: [
      (all) => {
        delete all.services['relay'];
      },
      (all) => {
        serviceOf(all, 'projector').command = ['node', 'apps/relay/dist/main.js'];
      },
      (all) => {
        serviceOf(all, 'read-api').environment = { FASCIA_PORT: '4601' };
      },
    ],
  },
  {
    name: 'every service starts again and says whether it is well',
    faults: each(({ restart, healthcheck }, name) => [
      ...faulty(restart !== 'unless-stopped', 'no restart'),
      ...faulty(healthcheck === undefined, 'no health check'),
      ...faulty(
        isOurs(name) && healthcheck?.test.join(' ').includes('/health/ready') !== true,
        'does not ask /health/ready',
      ),
    ]),
    breaks: [
      (all) => {
        delete serviceOf(all, 'kafka').restart;
      },
      (all) => {
        delete serviceOf(all, 'postgres').healthcheck;
      },
      (all) => {
        serviceOf(all, 'gateway').healthcheck = { test: ['CMD', 'true'] };
      },
    ],
  },
  {
    name: 'every image is one certain version',
    faults: each(({ image }) =>
      faulty(!/^[a-z0-9/-]+:\d+\.\d+(\.\d+)?[a-z0-9.-]*$/.test(image), `image ${image}`),
    ),
    breaks: [
      (all) => {
        serviceOf(all, 'postgres').image = 'postgres:latest';
      },
      (all) => {
        serviceOf(all, 'kafka').image = 'apache/kafka';
      },
      (all) => {
        serviceOf(all, 'gateway').image = 'fascia:1';
      },
    ],
  },
  {
    name: 'nobody is root or can become it',
    faults: each(({ user, cap_drop, security_opt }) => [
      ...faulty(user === undefined || /^(root|0)(:|$)/.test(user), 'root'),
      ...faulty(cap_drop?.includes('ALL') !== true, 'has capabilities'),
      ...faulty(security_opt?.includes('no-new-privileges:true') !== true, 'can gain privileges'),
    ]),
    breaks: [
      (all) => {
        delete serviceOf(all, 'eventstoredb').user;
      },
      (all) => {
        serviceOf(all, 'gateway').user = '0:0';
      },
      (all) => {
        serviceOf(all, 'kafka').cap_drop = [];
      },
      (all) => {
        delete serviceOf(all, 'postgres').security_opt;
      },
    ],
  },
  {
    name: 'our processes write nothing but scratch',
    faults: each(({ read_only, volumes = [] }, name) =>
      isOurs(name) ? faulty(read_only !== true || volumes.length > 0, 'can write') : [],
    ),
    breaks: [
      (all) => {
        serviceOf(all, 'relay').read_only = false;
      },
      (all) => {
        serviceOf(all, 'read-api').volumes = ['postgres:/data'];
      },
    ],
  },
  {
    name: 'no secret is in the environment; secrets are files, given to who needs them',
    faults: (all) => [
      ...each(({ environment = {}, secrets = [] }, name) =>
        Object.entries(environment)
          .flatMap(([key, value]) => [
            ...faulty(isSecretName(key), `${key} is in the environment`),
            ...faulty(/\/\/[^/]*:[^/]*@/.test(value), `${key} carries a password`),
            ...faulty(
              value.startsWith('/run/secrets/') && !secrets.includes(value.slice('/run/secrets/'.length)),
              `${key} names a secret that it is not given`,
            ),
          ])
          .concat(
            faulty(
              isOurs(name) && !OPEN_PERSONAL_FIELDS.includes(name) && secrets.includes('fascia_keys'),
              'has keys that it does not need',
            ),
          ),
      )(all),
      ...Object.entries(all.secrets).flatMap(([name, { file }]) =>
        faulty(
          file?.startsWith('./infra/compose/secrets/') !== true,
          `secret ${name} is not a file under infra/compose/secrets`,
        ),
      ),
    ],
    breaks: [
      (all) => {
        serviceOf(all, 'gateway').environment = { DATABASE_URL: 'x' };
      },
      (all) => {
        serviceOf(all, 'postgres').environment = { POSTGRES_PASSWORD: 'x' };
      },
      (all) => {
        serviceOf(all, 'relay').environment = { KAFKA_BROKERS: 'kafka://me:secret@kafka' };
      },
      (all) => {
        serviceOf(all, 'relay').environment = { FASCIA_KEYS_FILE: '/run/secrets/fascia_keys' };
      },
      (all) => {
        serviceOf(all, 'relay').secrets = ['fascia_keys'];
      },
      (all) => {
        all.secrets['fascia_keys'] = { file: './keys' };
      },
    ],
  },
  {
    name: 'only the gateway is published, and only to this machine',
    faults: each(({ ports = [] }, name) => [
      ...faulty(name !== 'gateway' && ports.length > 0, 'publishes a port'),
      ...faulty(
        ports.some((port) => !port.startsWith('127.0.0.1:')),
        'publishes beyond this machine',
      ),
      ...faulty(
        name === 'gateway' && ports.join(' ') !== '127.0.0.1:4600:4600',
        'is not where people look for it',
      ),
    ]),
    breaks: [
      (all) => {
        serviceOf(all, 'postgres').ports = ['127.0.0.1:5432:5432'];
      },
      (all) => {
        serviceOf(all, 'gateway').ports = ['4600:4600'];
      },
      (all) => {
        delete serviceOf(all, 'gateway').ports;
      },
    ],
  },
  {
    name: 'stores, broker and workers are where nobody comes in or goes out',
    faults: (all) => [
      ...faulty(all.networks['back']?.internal !== true, 'the back network has a way out'),
      ...each(({ networks = [] }, name) => {
        const expected = name === 'gateway' ? 'front' : name.endsWith('-api') ? 'front back' : 'back';
        return faulty(networks.join(' ') !== expected, `is on ${networks.join(' ')}`);
      })(all),
    ],
    breaks: [
      (all) => {
        all.networks['back'] = {};
      },
      (all) => {
        serviceOf(all, 'gateway').networks = ['front', 'back'];
      },
      (all) => {
        serviceOf(all, 'kafka').networks = ['front', 'back'];
      },
    ],
  },
  {
    name: 'every setting is one that a process knows',
    faults: each(({ environment = {} }, name) =>
      isOurs(name)
        ? Object.keys(environment).flatMap((key) => faulty(!isSetting(key), `${key} is no setting`))
        : [],
    ),
    breaks: [
      (all) => {
        serviceOf(all, 'relay').environment = { KAFKA_BROKER: 'kafka:9092' };
      },
    ],
  },
  {
    name: 'addresses lead to services that listen there',
    faults: each(({ environment = {}, depends_on = {} }, _name, all) => [
      ...Object.entries(environment).flatMap(([key, value]) => {
        const { host, port } = /^(?:http:\/\/)?(?<host>[a-z-]+):(?<port>\d+)$/.exec(value)?.groups ?? {};
        if (host === undefined) return [];
        const listens = all.services[host]?.environment ?? {};
        return faulty(
          ![
            listens['FASCIA_PORT'],
            /:(\d+)$/.exec(listens['KAFKA_ADVERTISED_LISTENERS'] ?? '')?.[1],
          ].includes(port),
          `${key} leads nowhere`,
        );
      }),
      ...Object.keys(depends_on).flatMap((one) =>
        faulty(
          all.services[one] === undefined || all.services[one].profiles !== undefined,
          `waits for ${one}, which may not be there`,
        ),
      ),
    ]),
    breaks: [
      (all) => {
        serviceOf(all, 'gateway').environment = { FASCIA_READ_URL: 'http://read-api:4601' };
      },
      (all) => {
        serviceOf(all, 'relay').environment = { KAFKA_BROKERS: 'kafka:9093' };
      },
      (all) => {
        serviceOf(all, 'relay').depends_on = { eventstoredb: { condition: 'service_healthy' } };
      },
    ],
  },
  {
    name: 'what is kept is on a named volume',
    faults: (all) =>
      ['postgres', 'kafka', 'eventstoredb'].flatMap((name) => {
        const volumes = (serviceOf(all, name).volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
        return faulty(
          !volumes.includes(name) || volumes.some((volume) => !Object.hasOwn(all.volumes, volume)),
          `${name} forgets`,
        );
      }),
    breaks: [
      (all) => {
        delete serviceOf(all, 'postgres').volumes;
      },
      (all) => {
        delete all.volumes['kafka'];
      },
    ],
  },
];
