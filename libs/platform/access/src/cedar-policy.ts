/** The access decision, by Cedar: default deny, policies parsed once, answers remembered. */
import { readdirSync, readFileSync } from 'node:fs';
import {
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs';
import { CATEGORIES, RELATIONS, ROLES, type AccessPolicy, type AccessRequest } from '@fascia/kernel';
import { ACTIONS } from './actions.js';

/** Named when no policy permitted: nothing has to forbid. */
export const DEFAULT_DENY = 'default-deny';

export interface Decision {
  readonly allowed: boolean;
  /** Ids (`@id`) of the policies that decided, or {@link DEFAULT_DENY}. */
  readonly policy: string;
}

/** Beside `src` and `dist` alike. */
const FOLDER = new URL('../policies/', import.meta.url);

/** The policies by their `@id`. @throws when one has none, or two share one. */
export const loadPolicies = (folder: URL = FOLDER): Readonly<Record<string, string>> => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.cedar'))
    .sort();
  const entries = files.flatMap((name) => policiesIn(name, readFileSync(new URL(name, folder), 'utf8')));
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

let sets = 0;

export class CedarPolicy implements AccessPolicy {
  readonly #set = `fascia-${(sets += 1)}`;
  readonly #known = new Map<string, Decision>();

  constructor(policies: Readonly<Record<string, string>> = loadPolicies()) {
    const parsed = preparsePolicySet(this.#set, { staticPolicies: { ...policies } });
    if (parsed.type === 'failure')
      throw new Error(`access policies: ${parsed.errors[0]?.message ?? 'cannot be parsed'}`);
  }

  decide(request: AccessRequest): Decision {
    if (!isKnown(request)) return { allowed: false, policy: DEFAULT_DENY };
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
        { uid: { type: 'Category', id: resource }, attrs: { relations: [...relations] }, parents: [] },
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
}

const includes = (list: readonly string[], value: string): boolean => list.includes(value);

/** Everything asked is from a closed list; so is what is remembered. */
const isKnown = ({ role, relations, action, resource }: AccessRequest): boolean =>
  includes(ROLES, role) &&
  includes(ACTIONS, action) &&
  includes(CATEGORIES, resource) &&
  relations.every((name) => includes(RELATIONS, name));
