/** How the directory says no. */
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';

export const DIRECTORY_REFUSALS = refusals({
  403: {
    ORGANIZATION_REQUIRED: 'Your account belongs to no organisation',
    ROLE_NOT_HELD: 'You do not hold that role',
    SIGNER_NOT_LICENSED: 'Your licence does not cover this',
  },
  404: {
    ORGANIZATION_UNKNOWN: 'No such organisation',
    FACT_NOT_UNASSIGNED: 'Nothing of that name waits to be assigned',
    PATIENT_UNKNOWN: 'No such patient',
    PRACTITIONER_UNKNOWN: 'No such practitioner',
  },
  409: {
    ACCOUNT_TAKEN: 'The account belongs to somebody else',
    IDENTIFIER_TAKEN: 'Another record has this identifier',
    NPI_TAKEN: 'Somebody else has this NPI',
    SOURCE_DIFFERS: 'The source says otherwise',
    SOURCE_OLDER: 'The source said something newer before',
    SOURCE_OTHER_PERSON: 'The source means somebody else',
    CONSENT_EXISTS: 'This consent exists',
    CONSENT_WITHDRAWN: 'The patient restricted or withdrew sharing',
    FACT_MOVED: 'It was found to be of somebody else',
    FACT_MOVING: 'It is on its way',
    FACT_NOT_MOVABLE: 'It cannot be moved by itself',
    FACTS_UNASSIGNED: 'Nobody has said yet whose something is',
    LISTING_EXISTS: 'This listing exists',
    LISTING_WITHDRAWN: 'The listing was withdrawn',
    ORGANIZATION_EXISTS: 'This organisation exists',
    MATCH_INVALID: 'These are no two records that could be one person',
    MERGE_DEATH_DIFFERS: 'One of the two records is of somebody who died',
    MERGE_NEEDS_ANOTHER: 'Another person has to ask for this merge too',
    MERGE_SURVIVOR_INVALID: 'The surviving record does not fit',
    PATIENT_DECEASED: 'The patient died',
    PATIENT_EXISTS: 'This patient exists',
    PATIENT_MERGED: 'The record was merged into another',
    PATIENT_REPLACED: 'The source uses another record',
    PATIENT_NOT_DECEASED: 'No death is recorded',
    PATIENT_NOT_MERGED: 'The record was not merged',
    PRACTITIONER_EXISTS: 'This practitioner exists',
  },
  422: {
    BIRTH_DATE_IN_FUTURE: 'The birth date is in the future',
    CONTACT_WAY_FORBIDDEN: 'One way of contact is both preferred and forbidden',
    DEATH_DATE_INVALID: 'The date of death does not fit',
    NPI_INVALID: 'The NPI is mistyped',
    PERIOD_REVERSED: 'The period ends before it begins',
    TIME_ZONE_UNKNOWN: 'The time zone is not known',
  },
});

type Code = keyof typeof DIRECTORY_REFUSALS;

export type DirectoryRefusal = Refusal<Code>;

export const refuse = refusing<Code>();

/** The answer to whatever is begun for a record that was merged away. @param survivorId the record at the end of the chain */
export const mergedRefusal = (survivorId: string): Refusal<'PATIENT_MERGED'> => ({
  code: 'PATIENT_MERGED',
  detail: 'This record was merged into another: use the surviving record.',
  about: { survivorId },
});

/** The answer to what is begun by hand on a record that its source has replaced. @param replacedById the one that is used instead */
export const replacedRefusal = (replacedById: string): Refusal<'PATIENT_REPLACED'> => ({
  code: 'PATIENT_REPLACED',
  detail:
    'The source uses another record of this patient: use that one. Those who look after records merge the two, or say that they are of two people.',
  about: { replacedById },
});

/** The answer to whatever would go on with the care of somebody who died. */
export const PATIENT_DECEASED: Refusal<'PATIENT_DECEASED'> = {
  code: 'PATIENT_DECEASED',
  detail: 'A death is recorded for this patient: if that is wrong, it is retracted first.',
};

/** The answer to whatever would go on with somebody's data over their no. */
export const SHARING_CLOSED: Refusal<'CONSENT_WITHDRAWN'> = {
  code: 'CONSENT_WITHDRAWN',
  detail:
    'The patient restricted or withdrew sharing with this organisation: ask them for a new consent first.',
};

/** The answer to whatever would go on with something that was found to be of somebody else. */
export const FACT_MOVED: Refusal<'FACT_MOVED'> = {
  code: 'FACT_MOVED',
  detail: 'This was found to be of somebody else, and goes on there.',
};

/** The answer to whatever would be ordered while two people's facts are not told apart. */
export const FACTS_UNASSIGNED: Refusal<'FACTS_UNASSIGNED'> = {
  code: 'FACTS_UNASSIGNED',
  detail:
    'A merge was undone, and nobody has said yet whose something is that was recorded meanwhile: those who look after records assign it first.',
};
