/**
 * The care team: what organisations are to a patient, since when, until when, and by which stream. The directory keeps the
 * table; what makes an organisation a party is said by the contexts whose events do so, each for its own (`careTeam` of a
 * context). Rows stay when they end: who was a party at a time is what an auditor asks.
 */
import type { DomainEvent, Envelope, Relation } from '@fascia/kernel';
import { groupModel, type GroupModel } from '@fascia/read-store';
import type { PatientEvent } from '../../contract/events.js';

export const CARE_RELATIONS = ['home', 'referrer', 'recipient', 'pool'] as const satisfies Relation[];

export type CareRelation = (typeof CARE_RELATIONS)[number];

export interface PartyRow {
  readonly id: string;
  readonly patient_id: string;
  readonly organization_id: string;
  readonly relation: CareRelation;
  /** The stream whose events say so. */
  readonly source: string;
  /** When the event that began it occurred, and its version in the stream: several events may share a moment. */
  readonly since: string;
  readonly since_version: number;
  /** Null while it holds. */
  readonly until: string | null;
  readonly until_version: number | null;
}

/** What events of one kind of stream make organisations to the stream's patient. Pure. */
export interface PartyFold<E extends DomainEvent = DomainEvent> {
  readonly takes: readonly E['type'][];
  /**
   * Who is what by this stream after an event; a relation that is not named stays as it is.
   * @param before organisations that were in a relation when it was last ended for somebody
   */
  after(
    event: Envelope<E>,
    before: (relation: CareRelation) => readonly string[],
  ): Readonly<Partial<Record<CareRelation, readonly string[]>>>;
}

/** The organisation that holds the patient's record. */
export const recordHolders: PartyFold<Extract<PatientEvent, { type: 'PatientRegistered' }>> = {
  takes: ['PatientRegistered'],
  after: ({ data }) => ({ home: [data.homeOrganizationId] }),
};

const organizationsOf = (rows: readonly PartyRow[]): readonly string[] =>
  rows.map((row) => row.organization_id);

const lastEnded = (rows: readonly PartyRow[], relation: CareRelation): readonly string[] => {
  const ended = rows.filter((row) => row.relation === relation && row.until_version !== null);
  const last = Math.max(...ended.map((row) => row.until_version ?? 0));
  return organizationsOf(ended.filter((row) => row.until_version === last));
};

/** Ends what is no more, begins what is new, and leaves what goes on. */
const settled = (
  rows: readonly PartyRow[],
  relation: CareRelation,
  organizations: readonly string[],
  { stream, version, occurredAt, patientId = '' }: Envelope,
): readonly PartyRow[] => {
  const holds = (row: PartyRow): boolean => row.relation === relation && row.until_version === null;
  const held = organizationsOf(rows.filter(holds));
  return [
    ...rows.map((row) =>
      holds(row) && !organizations.includes(row.organization_id)
        ? { ...row, until: occurredAt, until_version: version }
        : row,
    ),
    ...[...new Set(organizations)]
      .filter((organization) => !held.includes(organization))
      .map((organization) => ({
        id: [stream, String(version), relation, organization].join('/'),
        patient_id: patientId,
        organization_id: organization,
        relation,
        source: stream,
        since: occurredAt,
        since_version: version,
        until: null,
        until_version: null,
      })),
  ];
};

/**
 * The table, kept by what contexts say.
 * @throws when two of them take one event: a stream has one owner, and each would end what the other began
 */
export const careTeamModel = (folds: readonly PartyFold[]): GroupModel => {
  const takes = folds.flatMap((fold) => fold.takes);
  const twice = takes.find((type, index) => takes.indexOf(type) !== index);
  if (twice !== undefined) throw new Error(`two contexts say what ${twice} makes of a care team`);
  return groupModel<PartyRow, DomainEvent>({
    name: 'care_team',
    version: 1,
    columns: {
      id: 'text',
      patient_id: 'text',
      organization_id: 'text',
      relation: 'text',
      source: 'text',
      since: 'text',
      since_version: 'integer',
      until: 'text',
      until_version: 'integer',
    },
    // Lists ask for the patients of an organisation, guards for the parties of a patient.
    indexes: [
      '(organization_id, relation, patient_id) where until is null',
      '(patient_id) where until is null',
    ],
    takes,
    group: 'source',
    groupsOf: ({ patientId, stream }) => (patientId === undefined ? [] : [stream]),
    foldGroup: (rows, event) => {
      const now = folds
        .find((fold) => fold.takes.includes(event.type))
        ?.after(event, (relation) => lastEnded(rows, relation));
      return CARE_RELATIONS.reduce((sofar, relation) => {
        const organizations = now?.[relation];
        return organizations === undefined ? sofar : settled(sofar, relation, organizations, event);
      }, rows);
    },
  });
};
