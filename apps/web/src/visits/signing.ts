/** Whether the note can be signed by who looks at it, told before they press: in the words in which it would be refused. */
import { mayPerform, payerProfile, type PayerProfileName } from '@fascia/clinical';
import type { SESSION_REFUSALS } from '@fascia/session/contract';
import type { Answer } from '../api/questions.js';
import type { Visit } from './rows.js';

type Practitioner = Answer<'listPractitioners'>;

export type SignRefused = Extract<
  keyof typeof SESSION_REFUSALS,
  'SESSION_LICENCE_INVALID' | 'SESSION_NOT_THE_THERAPIST' | 'SESSION_PERFORMER_NOT_ALLOWED'
>;

export interface Signer {
  readonly practitionerId: string | null;
  /** As registered; nothing where nobody knows yet. */
  readonly registered: Pick<Practitioner, 'licences' | 'suspended' | 'taxonomies'> | undefined;
  readonly payer: PayerProfileName | null;
  /** `2026-04-06`. */
  readonly today: string;
  /** Why a colleague signs. */
  readonly reason: string;
}

export const isTheirs = (
  { therapistId }: Pick<Visit, 'therapistId'>,
  practitionerId: string | null,
): boolean => therapistId === practitionerId;

const isLicensed = ({ registered, today }: Signer): boolean =>
  registered === undefined ||
  (!registered.suspended && registered.licences.some(({ from, to }) => from <= today && today <= to));

const mayTreat = ({ registered, payer }: Signer): boolean =>
  registered === undefined || payer === null || mayPerform(payerProfile(payer), registered.taxonomies);

export const signRefusedOf = (visit: Pick<Visit, 'therapistId'>, signer: Signer): readonly SignRefused[] => {
  const theirs = isTheirs(visit, signer.practitionerId);
  const checks: readonly (readonly [SignRefused, boolean])[] = [
    ['SESSION_NOT_THE_THERAPIST', !theirs && signer.reason.trim() === ''],
    ['SESSION_LICENCE_INVALID', !isLicensed(signer)],
    ['SESSION_PERFORMER_NOT_ALLOWED', !theirs && !mayTreat(signer)],
  ];
  return checks.filter(([, stands]) => stands).map(([code]) => code);
};
