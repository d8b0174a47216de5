/** Who writes plans of care: the row of the plan's own table (who-plans.spec.ts), asked where the contract is not loaded yet. */
import type { Role } from '@fascia/kernel/contract';

export const PLANNERS: readonly Role[] = ['therapist'];
