/**
 * Kubernetes' own schemas let unknown keys pass, so a misspelt one would be dropped in silence. The published types do
 * not: the manifests are written as literals of these types, and the compiler says what is none of theirs.
 */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf, ROOT } from '../architecture/tree.js';
import type { Any } from './manifests.js';

const MODULES: Readonly<Record<Any['kind'], string>> = {
  Deployment: 'apps/v1',
  Service: 'v1',
  Namespace: 'v1',
  PodDisruptionBudget: 'policy/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  NetworkPolicy: 'networking.k8s.io/v1',
};

const COMPILER = {
  // With its list of files, or a compiler that has nothing to say would say nothing.
  compilerOptions: {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: 'nodenext',
    target: 'es2024',
    types: [],
    pretty: false,
    listFiles: true,
  },
  include: ['*.mts'],
};

/** @returns for each manifest what the compiler has against it. */
export const strangersIn = async (
  manifests: readonly Any[],
): Promise<ReadonlyMap<Any, readonly string[]>> => {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-manifests-'));
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const imports = Object.entries(MODULES).map(
      ([kind, path]) => `import type { I${kind} } from 'kubernetes-models/${path}/${kind}';`,
    );
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(COMPILER));
    for (const [index, manifest] of manifests.entries()) {
      writeFileSync(
        join(folder, `m${String(index)}.mts`),
        `${imports.join('\n')}\nexport const manifest: I${manifest.kind} = ${JSON.stringify(manifest, null, 1)};\n`,
      );
    }
    const said = await outputOf('tsc', ['--project', folder], folder);
    const errors = said.split('\n').filter((line) => line.includes('): error TS'));
    return new Map(
      manifests.map((manifest, index) => [
        manifest,
        errors.filter((line) => line.startsWith(`m${String(index)}.mts(`)),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
