/** What has to be true of the manifests beside being manifests: processes, ports, replicas. Who talks to whom is in network.rules.ts. */
import {
  ofKind,
  named,
  selects,
  type Cluster,
  type Container,
  type Deployment,
  type PodSpec,
} from './manifests.js';
import {
  FOLLOWERS,
  isSetting,
  METRICS,
  OPEN_PERSONAL_FIELDS,
  PROCESS_NAMES,
  PROCESSES,
  SECRET_SETTINGS,
  type ProcessName,
} from './names.js';
import { faulty, type Rule } from './rules.js';

const podOf = ({ spec }: Deployment): PodSpec => spec.template.spec;

export const containerOf = (deployment: Deployment): Container => {
  const [container, ...others] = podOf(deployment).containers;
  if (container === undefined || others.length > 0)
    throw new Error(`${deployment.metadata.name} has not one container`);
  return container;
};

const eachDeployment =
  (check: (deployment: Deployment, cluster: Cluster) => readonly string[]) =>
  (cluster: Cluster): readonly string[] =>
    ofKind(cluster, 'Deployment').flatMap((deployment) =>
      check(deployment, cluster).map((fault) => `${deployment.metadata.name}: ${fault}`),
    );

const deployment = (cluster: Cluster, name: ProcessName): Deployment => named(cluster, 'Deployment', name);
const container = (cluster: Cluster, name: ProcessName): Container => containerOf(deployment(cluster, name));
const without = (cluster: Cluster, kind: string, name: string): void => {
  cluster.manifests = cluster.manifests.filter((one) => one.kind !== kind || one.metadata.name !== name);
};

const scalerOf = (cluster: Cluster, name: string) =>
  ofKind(cluster, 'HorizontalPodAutoscaler').find(({ spec }) => spec.scaleTargetRef.name === name);

export const KUBERNETES_RULES: readonly Rule<Cluster>[] = [
  {
    name: 'every process has its deployment, started by its own main.js on its own port',
    faults: (cluster) => [
      ...PROCESS_NAMES.flatMap((name) =>
        faulty(
          !ofKind(cluster, 'Deployment').some(({ metadata }) => metadata.name === name),
          `${name} is missing`,
        ),
      ),
      ...eachDeployment((one) => {
        const { command, env, ports } = containerOf(one);
        const port = PROCESSES[one.metadata.name as ProcessName];
        return [
          ...faulty(command?.join(' ') !== `node apps/${one.metadata.name}/dist/main.js`, 'another command'),
          ...faulty(
            env?.find(({ name }) => name === 'FASCIA_PORT')?.value !== String(port),
            'listens elsewhere',
          ),
          ...faulty(
            ports?.length !== 1 || ports[0]?.name !== 'http' || ports[0].containerPort !== port,
            'is reached elsewhere',
          ),
          ...faulty(
            one.spec.template.metadata.annotations?.['prometheus.io/port'] !== String(port),
            'is measured elsewhere',
          ),
        ];
      })(cluster),
    ],
    breaks: [
      (cluster) => {
        without(cluster, 'Deployment', 'relay');
      },
      (cluster) => {
        container(cluster, 'relay').command = ['node', 'apps/gateway/dist/main.js'];
      },
      (cluster) => {
        container(cluster, 'gateway').ports = [{ name: 'http', containerPort: 4601 }];
      },
    ],
  },
  {
    name: "labels lead from every deployment to its pods and to nobody else's",
    faults: eachDeployment(({ metadata, spec }) => [
      ...faulty(spec.selector.matchLabels['app.kubernetes.io/name'] !== metadata.name, 'selects others'),
      ...faulty(!selects(spec.selector, spec.template.metadata.labels), 'does not select its own'),
      ...faulty(
        spec.template.metadata.labels['app.kubernetes.io/part-of'] !== 'fascia',
        'is not part of fascia',
      ),
    ]),
    breaks: [
      (cluster) => {
        deployment(cluster, 'gateway').spec.selector.matchLabels = { 'app.kubernetes.io/name': 'relay' };
      },
      (cluster) => {
        deployment(cluster, 'gateway').spec.template.metadata.labels = {};
      },
    ],
  },
  {
    name: 'every pod is asked whether it has started, is ready, is alive',
    faults: eachDeployment((one) => {
      const { startupProbe, readinessProbe, livenessProbe } = containerOf(one);
      const asks = (probe: Container['startupProbe'], path: string): boolean =>
        probe?.httpGet?.path === path && probe.httpGet.port === 'http';
      return faulty(
        !asks(startupProbe, '/health/live') ||
          !asks(readinessProbe, '/health/ready') ||
          !asks(livenessProbe, '/health/live'),
        'is not asked',
      );
    }),
    // A process that waits for its database must not be killed for it: alive asks for nothing but an answer.
    breaks: [
      (cluster) => {
        delete container(cluster, 'relay').readinessProbe;
      },
      (cluster) => {
        container(cluster, 'gateway').livenessProbe = { httpGet: { path: '/health/ready', port: 'http' } };
      },
    ],
  },
  {
    name: 'nobody is root, can become it, or writes',
    faults: eachDeployment((one) => {
      const { securityContext: pod, automountServiceAccountToken, enableServiceLinks } = podOf(one);
      const { securityContext: own } = containerOf(one);
      return [
        ...faulty(pod?.runAsNonRoot !== true || (pod.runAsUser ?? 0) === 0, 'root'),
        ...faulty(pod?.seccompProfile?.type !== 'RuntimeDefault', 'any system call'),
        ...faulty(
          own?.allowPrivilegeEscalation !== false || own.capabilities?.drop?.includes('ALL') !== true,
          'can gain privileges',
        ),
        ...faulty(own?.readOnlyRootFilesystem !== true, 'can write'),
        ...faulty(
          automountServiceAccountToken !== false || enableServiceLinks !== false,
          'is told what it has no use for',
        ),
      ];
    }),
    breaks: [
      (cluster) => {
        delete podOf(deployment(cluster, 'relay')).securityContext;
      },
      (cluster) => {
        delete container(cluster, 'relay').securityContext;
      },
      (cluster) => {
        container(cluster, 'gateway').securityContext = {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        };
      },
      (cluster) => {
        delete podOf(deployment(cluster, 'gateway')).automountServiceAccountToken;
      },
    ],
  },
  {
    name: 'every pod says what it needs, and has a bound on memory',
    faults: eachDeployment((one) => {
      const { requests, limits } = containerOf(one).resources ?? {};
      return faulty(
        requests?.['cpu'] === undefined ||
          requests['memory'] === undefined ||
          limits?.['memory'] === undefined,
        'unbounded',
      );
    }),
    breaks: [
      (cluster) => {
        delete container(cluster, 'projector').resources;
      },
    ],
  },
  {
    name: 'where there are two, one stays while nodes go, and they are apart',
    faults: eachDeployment((one, cluster) => {
      const replicas = scalerOf(cluster, one.metadata.name)?.spec.minReplicas ?? one.spec.replicas ?? 1;
      const budgets = ofKind(cluster, 'PodDisruptionBudget').filter(({ spec }) =>
        selects(spec.selector, one.spec.template.metadata.labels),
      );
      return [
        ...faulty(replicas < 2, 'is alone'),
        ...faulty(budgets.length !== 1 || budgets[0]?.spec.maxUnavailable !== 1, 'has no disruption budget'),
        ...faulty((podOf(one).topologySpreadConstraints ?? []).length < 2, 'may be on one node'),
      ];
    }),
    breaks: [
      (cluster) => {
        without(cluster, 'PodDisruptionBudget', 'relay');
      },
      (cluster) => {
        deployment(cluster, 'audit-api').spec.replicas = 1;
      },
      (cluster) => {
        delete podOf(deployment(cluster, 'gateway')).topologySpreadConstraints;
      },
    ],
  },
  {
    name: 'a pod that stops has time to',
    faults: eachDeployment((one) => {
      const pause = Number(containerOf(one).lifecycle?.preStop?.exec?.command[1] ?? 0);
      return faulty(pause < 3 || (podOf(one).terminationGracePeriodSeconds ?? 30) < pause + 20, 'is cut off');
    }),
    breaks: [
      (cluster) => {
        podOf(deployment(cluster, 'gateway')).terminationGracePeriodSeconds = 20;
      },
      (cluster) => {
        delete container(cluster, 'gateway').lifecycle;
      },
    ],
  },
  {
    name: 'every service leads to one deployment and the port where it listens',
    faults: (cluster) =>
      ofKind(cluster, 'Service').flatMap(({ metadata, spec }) => {
        const targets = ofKind(cluster, 'Deployment').filter((one) =>
          selects({ matchLabels: spec.selector }, one.spec.template.metadata.labels),
        );
        const [target] = targets;
        if (target === undefined || targets.length > 1)
          return [`${metadata.name} leads to ${String(targets.length)}`];
        return spec.ports.flatMap(({ port, targetPort }) =>
          faulty(
            containerOf(target).ports?.find(({ name }) => name === targetPort)?.containerPort !== port,
            `${metadata.name}: no port ${String(port)}`,
          ),
        );
      }),
    breaks: [
      (cluster) => {
        named(cluster, 'Service', 'gateway').spec.selector = { 'app.kubernetes.io/name': 'wep' };
      },
      (cluster) => {
        named(cluster, 'Service', 'gateway').spec.selector = {};
      },
      (cluster) => {
        named(cluster, 'Service', 'read-api').spec.ports = [{ name: 'http', port: 4601, targetPort: 'http' }];
      },
    ],
  },
  {
    name: 'the gateway finds the three APIs by their services',
    faults: (cluster) =>
      Object.entries({
        FASCIA_WRITE_URL: 'write-api',
        FASCIA_READ_URL: 'read-api',
        FASCIA_AUDIT_URL: 'audit-api',
      }).flatMap(([key, name]) =>
        faulty(
          container(cluster, 'gateway').env?.find((one) => one.name === key)?.value !==
            `http://${name}:${String(named(cluster, 'Service', name).spec.ports[0]?.port)}`,
          `${key} leads elsewhere`,
        ),
      ),
    breaks: [
      (cluster) => {
        container(cluster, 'gateway').env = [{ name: 'FASCIA_WRITE_URL', value: 'http://write-api:4602' }];
      },
    ],
  },
  {
    name: 'who is scaled is a deployment that leaves the number open, by a metric that there is',
    faults: (cluster) => [
      ...(['write-api', 'read-api', 'projector'] as const).flatMap((name) =>
        faulty(scalerOf(cluster, name) === undefined, `${name} is not scaled`),
      ),
      ...ofKind(cluster, 'HorizontalPodAutoscaler').flatMap(
        ({ spec: { scaleTargetRef, maxReplicas, metrics } }) => [
          ...faulty(
            named(cluster, 'Deployment', scaleTargetRef.name).spec.replicas !== undefined,
            `${scaleTargetRef.name} has two masters`,
          ),
          ...faulty(
            scaleTargetRef.name === 'projector' &&
              maxReplicas > Number(cluster.settings['FASCIA_PARTITIONS']),
            'more projectors than partitions',
          ),
          ...metrics.flatMap(({ external }) => {
            const { follower } = external?.metric.selector?.matchLabels ?? {};
            return faulty(
              external !== undefined &&
                (METRICS[external.metric.name] === undefined || !FOLLOWERS.includes(follower ?? '')),
              `${scaleTargetRef.name}: no such metric`,
            );
          }),
        ],
      ),
    ],
    breaks: [
      (cluster) => {
        without(cluster, 'HorizontalPodAutoscaler', 'projector');
      },
      (cluster) => {
        deployment(cluster, 'write-api').spec.replicas = 3;
      },
      (cluster) => {
        named(cluster, 'HorizontalPodAutoscaler', 'projector').spec.maxReplicas = 13;
      },
      (cluster) => {
        named(cluster, 'HorizontalPodAutoscaler', 'projector').spec.metrics = [
          {
            type: 'External',
            external: { metric: { name: 'fascia_lag', selector: { matchLabels: { follower: 'care' } } } },
          },
        ];
      },
    ],
  },
  {
    name: 'every setting is one that a process knows, and no secret is among them',
    faults: (cluster) => [
      ...Object.keys(cluster.settings).flatMap((name) => [
        ...faulty(!isSetting(name), `${name} is no setting`),
        ...faulty(SECRET_SETTINGS.includes(name), `${name} is a secret`),
      ]),
      ...faulty(
        Object.values(cluster.settings).some((value) => /\/\/[^/]*:[^/]*@/.test(value)),
        'a setting carries a password',
      ),
      ...eachDeployment((one) => {
        const { env = [], envFrom = [] } = containerOf(one);
        return [
          ...env.flatMap(({ name, value }) => [
            ...faulty(!isSetting(name), `${name} is no setting`),
            ...faulty(SECRET_SETTINGS.includes(name) && value !== undefined, `${name} is written out`),
          ]),
          ...faulty(
            envFrom.some(({ configMapRef }) => configMapRef?.name !== 'fascia-settings'),
            'settings from elsewhere',
          ),
        ];
      })(cluster),
      ...faulty(
        cluster.manifests.some(({ kind }) => (kind as string) === 'Secret'),
        'a secret is among the manifests',
      ),
    ],
    breaks: [
      (cluster) => {
        cluster.settings['KAFKA_BROKER'] = 'kafka:9092';
      },
      (cluster) => {
        cluster.settings['DATABASE_URL'] = 'postgresql://db';
      },
      (cluster) => {
        container(cluster, 'gateway').env?.push({ name: 'DATABASE_URL', value: 'postgresql://db' });
      },
      (cluster) => {
        cluster.manifests.push({ kind: 'Secret', apiVersion: 'v1', metadata: { name: 'keys' } } as never);
      },
    ],
  },
  {
    name: 'keys are given to who opens personal fields, the database to all but the gateway',
    faults: eachDeployment((one) => {
      const name = one.metadata.name as ProcessName;
      const given = (podOf(one).volumes ?? [])
        .flatMap(({ projected }) => projected?.sources ?? [])
        .map(({ secret }) => secret?.name);
      const files = (containerOf(one).env ?? []).map((env) => env.name);
      const opens = OPEN_PERSONAL_FIELDS.includes(name);
      return [
        ...faulty(
          given.includes('fascia-keys') !== opens || files.includes('FASCIA_KEYS_FILE') !== opens,
          'keys',
        ),
        ...faulty(
          given.includes('fascia-database') === (name === 'gateway') ||
            files.includes('DATABASE_URL_FILE') === (name === 'gateway'),
          'database',
        ),
      ];
    }),
    breaks: [
      (cluster) => {
        podOf(deployment(cluster, 'relay')).volumes?.push({
          name: 'keys',
          projected: { sources: [{ secret: { name: 'fascia-keys' } }] },
        });
      },
      (cluster) => {
        delete podOf(deployment(cluster, 'projector')).volumes;
      },
    ],
  },
  {
    name: 'every image is one certain version, the same for all',
    faults: (cluster) => {
      const images = new Set(ofKind(cluster, 'Deployment').map((one) => containerOf(one).image));
      return faulty(
        images.size !== 1 || [...images].some((image) => !/^[a-z/-]+:\d+\.\d+\.\d+$/.test(image)),
        `images ${[...images].join(', ')}`,
      );
    },
    breaks: [
      (cluster) => {
        container(cluster, 'gateway').image = 'fascia:latest';
      },
    ],
  },
];
