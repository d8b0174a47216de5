/** What a plan says otherwise than the version before it. */
import { hashKey } from '@tanstack/react-query';
import type { Answer } from '../api/questions.js';

export type Plan = Answer<'listPlans'>;
export type Part = keyof Plan['content'];

/** As JSON, in whatever order names stand. */
export const same = (one: unknown, other: unknown): boolean => hashKey([one]) === hashKey([other]);

/** @returns the parts that differ; nothing where there was no version before */
export const changedIn = ({ content, inForce }: Pick<Plan, 'content' | 'inForce'>): readonly Part[] => {
  if (inForce === null) return [];
  const parts = new Set([...Object.keys(inForce), ...Object.keys(content)] as readonly Part[]);
  return [...parts].filter((part) => !same(content[part], inForce[part]));
};

/** While it is written that is the version in force; of one that is signed, the version before it. */
export const changedSinceSigned = ({
  content,
  inForce,
  signedBefore,
}: Pick<Plan, 'content' | 'inForce' | 'signedBefore'>): readonly Part[] =>
  changedIn({ content, inForce: same(content, inForce) ? signedBefore : inForce });
