/** What a plan says otherwise than the version before it. */
import type { Answer } from '../api/questions.js';
import { same } from '../kept/merging.js';

export type Plan = Answer<'listPlans'>;
export type Part = keyof Plan['content'];

/** @returns the parts that differ; nothing where there was no version before */
export const changedIn = ({ content, inForce }: Pick<Plan, 'content' | 'inForce'>): readonly Part[] => {
  if (inForce === null) return [];
  const parts = new Set([...Object.keys(inForce), ...Object.keys(content)] as readonly Part[]);
  return [...parts].filter((part) => !same(content[part], inForce[part]));
};

type Versions = Pick<Plan, 'content' | 'inForce' | 'signedBefore'>;

/** While it is written that is the version in force; of one that is signed, the version before it. */
export const versionBefore = ({ content, inForce, signedBefore }: Versions): Plan['inForce'] =>
  same(content, inForce) ? signedBefore : inForce;

export const changedSinceSigned = (plan: Versions): readonly Part[] =>
  changedIn({ content: plan.content, inForce: versionBefore(plan) });
