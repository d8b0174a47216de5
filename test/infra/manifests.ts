/** The manifests under infra/deploy as the rules look at them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { textOf } from './rules.js';

export type Labels = Record<string, string>;

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string } };
}

interface Probe {
  httpGet?: { path: string; port: string };
}

export interface Container {
  name: string;
  image: string;
  command?: string[];
  env?: EnvVar[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: object }[];
  ports?: { name: string; containerPort: number }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  lifecycle?: { preStop?: { exec?: { command: string[] } } };
  resources?: { requests?: Labels; limits?: Labels };
  securityContext?: {
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: string[] };
  };
}

export interface PodSpec {
  automountServiceAccountToken?: boolean;
  enableServiceLinks?: boolean;
  terminationGracePeriodSeconds?: number;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type: string } };
  topologySpreadConstraints?: { topologyKey: string }[];
  containers: Container[];
  volumes?: { name: string; projected?: { sources: { secret?: { name: string } }[] } }[];
}

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values: string[] }[];
}

export interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string };
}

export interface Traffic {
  from?: Peer[];
  to?: Peer[];
  ports?: { port: number | string }[];
}

interface Manifest {
  apiVersion: string;
  metadata: { name: string; labels?: Labels };
}

export interface Deployment extends Manifest {
  kind: 'Deployment';
  spec: {
    replicas?: number;
    selector: { matchLabels: Labels };
    template: { metadata: { labels: Labels; annotations?: Labels }; spec: PodSpec };
  };
}

export interface Service extends Manifest {
  kind: 'Service';
  spec: { selector: Labels; ports: { name: string; port: number; targetPort: string }[] };
}

export interface Budget extends Manifest {
  kind: 'PodDisruptionBudget';
  spec: { maxUnavailable: number; selector: Selector };
}

export interface Autoscaler extends Manifest {
  kind: 'HorizontalPodAutoscaler';
  spec: {
    scaleTargetRef: { kind: string; name: string };
    minReplicas: number;
    maxReplicas: number;
    metrics: { type: string; external?: { metric: { name: string; selector?: Selector } } }[];
  };
}

export interface NetworkPolicy extends Manifest {
  kind: 'NetworkPolicy';
  spec: { podSelector: Selector; policyTypes: string[]; ingress?: Traffic[]; egress?: Traffic[] };
}

export interface Namespace extends Manifest {
  kind: 'Namespace';
}

export type Any = Deployment | Service | Budget | Autoscaler | NetworkPolicy | Namespace;

export interface Cluster {
  manifests: Any[];
  /** What every process but the gateway finds in its environment. */
  settings: Record<string, string>;
}

export interface Kustomization {
  resources: string[];
  configMapGenerator: { name: string; envs: string[] }[];
}

export const BASE = 'infra/deploy/base';

export const filesOfBase = (): readonly string[] => readdirSync(join(import.meta.dirname, '..', '..', BASE));

export const kustomization = (): Kustomization =>
  parse(textOf(`${BASE}/kustomization.yaml`)) as Kustomization;

const settingsIn = (file: string): Record<string, string> =>
  Object.fromEntries(
    textOf(`${BASE}/${file}`)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

/** What kustomize would put together, its generated names aside. */
export const readCluster = (): Cluster => {
  const { resources, configMapGenerator } = kustomization();
  const manifests = resources.flatMap((file) =>
    parseAllDocuments(textOf(`${BASE}/${file}`)).map((document) => document.toJS() as Any),
  );
  return {
    manifests,
    settings: Object.assign({}, ...configMapGenerator.flatMap(({ envs }) => envs.map(settingsIn))) as Record<
      string,
      string
    >,
  };
};

export const ofKind = <K extends Any['kind']>({ manifests }: Cluster, kind: K): Extract<Any, { kind: K }>[] =>
  manifests.filter((manifest): manifest is Extract<Any, { kind: K }> => manifest.kind === kind);

export const named = <K extends Any['kind']>(
  cluster: Cluster,
  kind: K,
  name: string,
): Extract<Any, { kind: K }> => {
  const found = ofKind(cluster, kind).find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};

export const selects = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(
    ({ key, operator, values }) => operator === 'In' && values.includes(labels[key] ?? ''),
  );
