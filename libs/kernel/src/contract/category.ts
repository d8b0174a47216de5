/**
 * Those that stored events name (what a task is about, what a process asks). Their shapes are frozen under their version (ADR 17), so
 * that a category which came later is not among them.
 */
// prettier-ignore
export const STORED_CATEGORIES = [
  'patient', 'consent', 'practitioner', 'organization', 'listing', 'referral', 'diagnosis', 'plan', 'authorization',
  'session', 'assessment', 'task', 'flag', 'calendar', 'process', 'export', 'access', 'register', 'deadline', 'import',
] as const;

/** What streams there are; the list is closed. */
export const CATEGORIES = [...STORED_CATEGORIES, 'precaution', 'document'] as const;

export type StoredCategory = (typeof STORED_CATEGORIES)[number];
export type Category = (typeof CATEGORIES)[number];
