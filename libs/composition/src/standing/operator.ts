/** Who may operate: asked of the policy, like everything. */
import { ProblemException } from '@fascia/http';
import type { AccessPolicy, Actor } from '@fascia/kernel';

/** @throws ProblemException 403 */
export const assertOperator = (policy: AccessPolicy, by: Actor): void => {
  const ask = { role: by.role, relations: [], action: 'Operate', resource: 'process' } as const;
  if (!policy.decide(ask).allowed)
    throw new ProblemException(403, 'FORBIDDEN_ROLE', 'This is for operators.');
};
