/** Who may talk to whom, as the network policies say it and as the processes need it. */
import { containerOf } from './kubernetes.rules.js';
import {
  named,
  ofKind,
  selects,
  type Cluster,
  type NetworkPolicy,
  type Peer,
  type Traffic,
} from './manifests.js';
import { faulty, type Rule } from './rules.js';

const FLOWS_OUT: Readonly<Record<string, readonly string[]>> = {
  gateway: ['write-api:4601', 'read-api:4602', 'audit-api:4603'],
  'write-api': ['anywhere:443', 'stores:2113', 'stores:5432'],
  'read-api': ['anywhere:443', 'stores:2113', 'stores:5432'],
  'audit-api': ['anywhere:443', 'stores:2113', 'stores:5432'],
  relay: ['broker:9092', 'stores:2113', 'stores:5432'],
  projector: ['broker:9092', 'stores:2113', 'stores:5432'],
  coordinator: ['broker:9092', 'stores:2113', 'stores:5432'],
};

const FLOWS_IN: Readonly<Record<string, readonly string[]>> = {
  gateway: ['ingress-nginx', 'monitoring'],
  'write-api': ['gateway', 'monitoring'],
  'read-api': ['gateway', 'monitoring'],
  'audit-api': ['gateway', 'monitoring'],
  relay: ['monitoring'],
  projector: ['monitoring'],
  coordinator: ['monitoring'],
};

const apps = (cluster: Cluster) =>
  ofKind(cluster, 'Deployment').map((one) => ({
    name: one.metadata.name,
    labels: one.spec.template.metadata.labels,
    port: containerOf(one).ports?.[0]?.containerPort,
  }));

/** Names of who a peer is; in another namespace the namespace's. */
const peers = (cluster: Cluster, { podSelector, namespaceSelector, ipBlock }: Peer): readonly string[] => {
  if (ipBlock !== undefined) return [ipBlock.cidr === '0.0.0.0/0' ? 'anywhere' : ipBlock.cidr];
  if (namespaceSelector !== undefined) {
    return Object.entries(namespaceSelector.matchLabels ?? { everywhere: '' }).map(([key, value]) =>
      key.startsWith('fascia/') ? key.slice('fascia/'.length) : value,
    );
  }
  return apps(cluster)
    .filter(({ labels }) => selects(podSelector ?? {}, labels))
    .map(({ name }) => name);
};

const policiesOf = (cluster: Cluster, name: string): readonly NetworkPolicy[] => {
  const app = apps(cluster).find((one) => one.name === name);
  return ofKind(cluster, 'NetworkPolicy').filter(
    ({ spec }) => app !== undefined && selects(spec.podSelector, app.labels),
  );
};

/** An empty list of peers or ports means all of them. */
const open = (cluster: Cluster, traffic: Traffic, side: 'from' | 'to'): readonly string[] => {
  const who = traffic[side]?.flatMap((peer) => peers(cluster, peer)) ?? ['everybody'];
  return who.flatMap((one) =>
    (traffic.ports ?? [{ port: 'any' }]).map(({ port }) => `${one}:${String(port)}`),
  );
};

const flowsOut = (cluster: Cluster, name: string): readonly string[] =>
  policiesOf(cluster, name)
    .flatMap(({ spec }) => (spec.egress ?? []).flatMap((traffic) => open(cluster, traffic, 'to')))
    .filter((flow) => flow !== 'kube-system:53')
    .toSorted();

const flowsIn = (cluster: Cluster, name: string): readonly string[] =>
  policiesOf(cluster, name)
    .flatMap(({ spec }) => (spec.ingress ?? []).flatMap((traffic) => open(cluster, traffic, 'from')))
    .map((flow) => flow.replace(/:http$/, ''))
    .toSorted();

export const NETWORK_RULES: readonly Rule<Cluster>[] = [
  {
    name: 'nobody talks to anybody unless it is said',
    faults: (cluster) =>
      faulty(
        !ofKind(cluster, 'NetworkPolicy').some(
          ({ spec }) =>
            Object.keys(spec.podSelector).length === 0 &&
            spec.policyTypes.length === 2 &&
            spec.ingress === undefined &&
            spec.egress === undefined,
        ),
        'open by default',
      ),
    breaks: [
      (cluster) => {
        named(cluster, 'NetworkPolicy', 'nobody').spec.policyTypes = ['Ingress'];
      },
      (cluster) => {
        named(cluster, 'NetworkPolicy', 'nobody').spec.egress = [{}];
      },
    ],
  },
  {
    name: 'every process reaches what it needs, and nothing else',
    faults: (cluster) =>
      apps(cluster).flatMap(({ name }) => {
        const flows = flowsOut(cluster, name);
        return faulty(
          flows.join(' ') !== (FLOWS_OUT[name] ?? []).toSorted().join(' '),
          `${name} reaches ${flows.join(', ')}`,
        );
      }),
    breaks: [
      (cluster) => {
        named(cluster, 'NetworkPolicy', 'workers-to-broker').spec.egress = [{}];
      },
      (cluster) => {
        named(cluster, 'NetworkPolicy', 'people-to-gateway').spec.egress = [];
      },
      (cluster) => {
        named(cluster, 'NetworkPolicy', 'all-but-gateway-to-stores').spec.podSelector = {
          matchLabels: { 'app.kubernetes.io/part-of': 'fascia' },
        };
      },
    ],
  },
  {
    name: 'every process is reached by who needs it, and nobody else',
    faults: (cluster) =>
      apps(cluster).flatMap(({ name }) => {
        const flows = flowsIn(cluster, name);
        return faulty(
          flows.join(' ') !== (FLOWS_IN[name] ?? []).join(' '),
          `${name} is reached by ${flows.join(', ')}`,
        );
      }),
    breaks: [
      (cluster) => {
        named(cluster, 'NetworkPolicy', 'gateway-to-apis').spec.ingress = [{ ports: [{ port: 'http' }] }];
      },
      (cluster) => {
        named(cluster, 'NetworkPolicy', 'monitoring-to-everybody').spec.podSelector = {
          matchLabels: { 'app.kubernetes.io/name': 'gateway' },
        };
      },
    ],
  },
  {
    name: 'a policy selects somebody, and the port it opens is where that process listens',
    faults: (cluster) => [
      ...ofKind(cluster, 'NetworkPolicy').flatMap(({ metadata, spec }) =>
        faulty(
          !apps(cluster).some(({ labels }) => selects(spec.podSelector, labels)),
          `${metadata.name} is about nobody`,
        ),
      ),
      ...flowsOut(cluster, 'gateway').flatMap((flow) =>
        faulty(
          !apps(cluster).some(({ name, port }) => flow === `${name}:${String(port)}`),
          `gateway: nobody listens at ${flow}`,
        ),
      ),
      ...apps(cluster).flatMap(({ name }) =>
        faulty(
          !policiesOf(cluster, name).some(
            ({ spec }) =>
              spec.egress?.some(({ to }) =>
                to?.some(({ podSelector }) => podSelector?.matchLabels?.['k8s-app'] === 'kube-dns'),
              ) === true,
          ),
          `${name} cannot ask for names`,
        ),
      ),
    ],
    breaks: [
      (cluster) => {
        named(cluster, 'NetworkPolicy', 'gateway-to-apis').spec.podSelector = {
          matchLabels: { 'app.kubernetes.io/name': 'api' },
        };
      },
      (cluster) => {
        delete named(cluster, 'NetworkPolicy', 'everybody-asks-names').spec.egress;
      },
    ],
  },
];
