/** What streams there are; the list is closed. */
// prettier-ignore
export const CATEGORIES = [
  'patient', 'consent', 'practitioner', 'organization', 'listing', 'referral', 'diagnosis', 'plan', 'authorization',
  'session', 'assessment', 'task', 'flag', 'calendar', 'process', 'export', 'access', 'register', 'deadline', 'import',
] as const;

export type Category = (typeof CATEGORIES)[number];
