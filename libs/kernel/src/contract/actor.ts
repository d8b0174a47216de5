/** Who acts. Roles are the abbreviations of the transition table, spelt out. */
export const ROLES = [
  'physician',
  'delegate',
  'therapist',
  'coordinator',
  'scheduler',
  'patient',
  'auditor',
  'operator',
  'records',
  'system',
] as const;

export type Role = (typeof ROLES)[number];

export interface Actor {
  /** Subject of the access token, or the name of the process manager. */
  readonly sub: string;
  readonly role: Role;
  readonly organizationId?: string;
  readonly practitionerId?: string;
  /** The practitioner for whom a delegate acts. */
  readonly onBehalfOf?: string;
}

/** UTC, RFC 3339 with milliseconds: `2026-04-01T09:30:00.000Z`. Sorts as text. */
export type Instant = string;

/** A calendar date without a zone: `2026-04-01`. */
export type CalendarDate = string;
