/** Who looks after records: the policy says so by role (libs/platform/access/policies). */
import type { Role } from '@fascia/kernel/contract';

export const looksAfterRecords = (role: Role): boolean => role === 'records';
