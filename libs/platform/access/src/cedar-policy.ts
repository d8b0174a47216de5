/**
 * The access decision, by Cedar: default deny, policies parsed and validated once, answers remembered. What a context permits comes
 * as rows of its value; what concerns several contexts stands as text in `policies/`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import {
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import {
  CATEGORIES,
  RELATIONS,
  ROLES,
  type AccessPolicy,
  type AccessRequest,
  type Permission,
} from '@fascia/kernel';
import { cedarOf, cedarSchema, unknownCategories } from './cedar-text.js';

/** What may be done beside commands; `Match` is to be told which records may be of one person. */
export const DEEDS = ['Read', 'Match', 'Audit', 'Operate'] as const;

/** Named when no policy permitted: nothing has to forbid. */
export const DEFAULT_DENY = 'default-deny';

export interface Decision {
  readonly allowed: boolean;
  /** Ids (`@id`) of the policies that decided, or {@link DEFAULT_DENY}. */
  readonly policy: string;
}

/** Beside `src` and `dist` alike. */
const FOLDER = new URL('../policies/', import.meta.url);

/** Those of a folder, as text by file. */
const textsIn = (folder: URL): readonly (readonly [string, string])[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.cedar'))
    .sort()
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]);

/** The policies by their `@id`. @throws when one has none, or two share one. */
export const policiesOf = (
  permissions: readonly Permission[],
  folder: URL = FOLDER,
): Readonly<Record<string, string>> => {
  const made = permissions.map((permission) => [permission.id, cedarOf(permission)] as const);
  const entries = [...made, ...textsIn(folder)].flatMap(([name, text]) => policiesIn(name, text));
  const ids = entries.map(([id]) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`two access policies are called ${twice}`);
  if (entries.length === 0) throw new Error('there are no access policies');
  return Object.fromEntries(entries);
};

const policiesIn = (file: string, text: string): readonly (readonly [string, string])[] => {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') throw new Error(`${file}: ${parts.errors[0]?.message ?? 'cannot be parsed'}`);
  return parts.policies.map((policy) => {
    const parsed = policyToJson(policy);
    const id = parsed.type === 'success' ? parsed.json.annotations?.['id'] : undefined;
    if (id === undefined) throw new Error(`${file}: a policy has no @id`);
    return [id, policy] as const;
  });
};

/** @throws naming the first policy that names a role, relation, action or category which there is not */
const validated = (policies: Readonly<Record<string, string>>, actions: readonly string[]): void => {
  const answer = validate({ schema: cedarSchema(actions), policies: { staticPolicies: { ...policies } } });
  if (answer.type === 'failure')
    throw new Error(`access policies: ${answer.errors[0]?.message ?? 'cannot be validated'}`);
  const [first] = answer.validationErrors;
  if (first !== undefined) throw new Error(`access policy ${first.policyId}: ${first.error.message}`);
  const unknown = Object.entries(policies).find(([, text]) => unknownCategories(text).length > 0);
  if (unknown !== undefined)
    throw new Error(
      `access policy ${unknown[0]}: there is no category ${String(unknownCategories(unknown[1])[0])}`,
    );
};

export interface PolicyParts {
  /** Of every context. */
  readonly permissions?: readonly Permission[];
  /** Every command that there is. An action that is neither one of these nor a deed is denied without asking. */
  readonly commands?: readonly string[];
  readonly folder?: URL;
}

let sets = 0;

export class CedarPolicy implements AccessPolicy {
  readonly #set = `fascia-${(sets += 1)}`;
  readonly #known = new Map<string, Decision>();
  readonly #actions: ReadonlySet<string>;

  constructor({
    permissions = [],
    commands = permissions.flatMap((row) => row.commands),
    folder,
  }: PolicyParts = {}) {
    this.#actions = new Set([...commands, ...DEEDS]);
    const policies = policiesOf(permissions, folder);
    validated(policies, [...this.#actions]);
    const parsed = preparsePolicySet(this.#set, { staticPolicies: { ...policies } });
    if (parsed.type === 'failure')
      throw new Error(`access policies: ${parsed.errors[0]?.message ?? 'cannot be parsed'}`);
  }

  decide(request: AccessRequest): Decision {
    if (!this.#isKnown(request)) return { allowed: false, policy: DEFAULT_DENY };
    const relations = [...new Set(request.relations)].sort();
    const key = [request.role, request.action, request.resource, ...relations].join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const decision = this.#ask({ ...request, relations });
    this.#known.set(key, decision);
    return decision;
  }

  #ask({ role, relations, action, resource }: AccessRequest): Decision {
    const answer = statefulIsAuthorized({
      principal: { type: 'Role', id: role },
      action: { type: 'Action', id: action },
      resource: { type: 'Category', id: resource },
      context: {},
      preparsedPolicySetId: this.#set,
      entities: [
        {
          uid: { type: 'Category', id: resource },
          attrs: { relations: relations.map((id) => ({ __entity: { type: 'Relation', id } })) },
          parents: [],
        },
      ],
    });
    // A policy that errs is a mistake in a policy file; it must not pass for a plain "no".
    if (answer.type === 'failure')
      throw new Error(`access decision: ${answer.errors[0]?.message ?? 'failed'}`);
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0)
      throw new Error(`access policy ${diagnostics.errors[0]?.policyId ?? '?'} failed`);
    return {
      allowed: decision === 'allow',
      policy: [...diagnostics.reason].sort().join(',') || DEFAULT_DENY,
    };
  }

  /** Everything asked is from a closed list; so is what is remembered. */
  #isKnown({ role, relations, action, resource }: AccessRequest): boolean {
    return (
      includes(ROLES, role) &&
      this.#actions.has(action) &&
      includes(CATEGORIES, resource) &&
      relations.every((name) => includes(RELATIONS, name))
    );
  }
}

const includes = (list: readonly string[], value: string): boolean => list.includes(value);
