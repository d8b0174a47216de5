/** The table of who may import whom, as eslint.config.mjs has it. */
import { outputOf } from './tree.js';

export interface Constraint {
  /** `scope:plan`, `type:context`. */
  readonly sourceTag: string;
  readonly onlyDependOnLibsWithTags: readonly string[];
}

export const constraints = async (): Promise<readonly Constraint[]> => {
  const config = JSON.parse(await outputOf('eslint', ['--print-config', 'libs/kernel/src/ids.ts'])) as {
    readonly rules: {
      readonly '@nx/enforce-module-boundaries': readonly [
        unknown,
        { readonly depConstraints: readonly Constraint[] },
      ];
    };
  };
  return config.rules['@nx/enforce-module-boundaries'][1].depConstraints;
};
