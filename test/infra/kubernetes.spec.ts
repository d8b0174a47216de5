import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { KUBERNETES_RULES } from './kubernetes.rules.js';
import { BASE, filesOfBase, kustomization, named, readCluster, type Any } from './manifests.js';
import { NETWORK_RULES } from './network.rules.js';
import { PROCESS_NAMES } from './names.js';
import { describeRules, textOf } from './rules.js';
import { strangersIn } from './strict-manifests.js';

interface Model {
  validate(): void;
}

const MODELS: Readonly<
  Record<Any['kind'], { readonly apiVersion: string; readonly make: (manifest: never) => Model }>
> = {
  Deployment: { apiVersion: 'apps/v1', make: (manifest) => new Deployment(manifest) },
  Service: { apiVersion: 'v1', make: (manifest) => new Service(manifest) },
  Namespace: { apiVersion: 'v1', make: (manifest) => new Namespace(manifest) },
  PodDisruptionBudget: { apiVersion: 'policy/v1', make: (manifest) => new PodDisruptionBudget(manifest) },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    make: (manifest) => new HorizontalPodAutoscaler(manifest),
  },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', make: (manifest) => new NetworkPolicy(manifest) },
};

const cluster = readCluster();
const validate = (manifest: Any): void => {
  const model = MODELS[manifest.kind];
  expect(manifest.apiVersion).toBe(model.apiVersion);
  model.make(manifest as never).validate();
};

describe.each(
  cluster.manifests.map((manifest) => ({ manifest, what: `${manifest.kind} ${manifest.metadata.name}` })),
)('the $what', ({ manifest }) => {
  it('is one that Kubernetes takes', () => {
    expect(() => {
      validate(manifest);
    }).not.toThrow();
  });
});

describe('a manifest', () => {
  it.each<[string, () => unknown]>([
    ['a number for a name', () => ({ ...named(cluster, 'Service', 'gateway'), metadata: { name: 7 } })],
    [
      'a port in words',
      () => ({ ...named(cluster, 'Service', 'gateway'), spec: { ports: [{ port: 'http' }] } }),
    ],
    ['no selector', () => ({ ...named(cluster, 'Deployment', 'gateway'), spec: { template: {} } })],
    [
      'no target',
      () => ({ ...named(cluster, 'HorizontalPodAutoscaler', 'projector'), spec: { maxReplicas: 3 } }),
    ],
  ])('is not taken with %s', (_what, make) => {
    expect(() => {
      validate(make() as Any);
    }).toThrow();
  });

  it('has no key that Kubernetes does not know', async () => {
    const strange = structuredClone(named(cluster, 'Deployment', 'relay'));
    Object.assign(strange.spec, { replica: 2 });
    const deep = structuredClone(named(cluster, 'Deployment', 'gateway'));
    Object.assign(deep.spec.template.spec.containers[0] ?? {}, { imagePulPolicy: 'Always' });
    const found = await strangersIn([...cluster.manifests, strange, deep]);
    expect([found.get(strange), found.get(deep)]).toEqual([
      [expect.stringContaining('"replica"')],
      [expect.stringContaining('"imagePulPolicy"')],
    ]);
    expect(cluster.manifests.flatMap((manifest) => found.get(manifest) ?? ['not looked at'])).toEqual([]);
  });

  it('is in the kustomization, and the kustomization names no other', () => {
    const { resources, configMapGenerator } = kustomization();
    const own = ['kustomization.yaml', ...configMapGenerator.flatMap(({ envs }) => envs)];
    expect(resources.toSorted()).toEqual(
      filesOfBase()
        .filter((file) => !own.includes(file))
        .toSorted(),
    );
    expect(resources).toEqual(expect.arrayContaining(PROCESS_NAMES.map((name) => `${name}.yaml`)));
  });

  it('has no number that YAML 1.1 would read in base eight', () => {
    expect(filesOfBase().filter((file) => /: 0\d+$/m.test(textOf(`${BASE}/${file}`)))).toEqual([]);
  });
});

describeRules([...KUBERNETES_RULES, ...NETWORK_RULES], cluster);
