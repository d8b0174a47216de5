import { careTeamModel, recordHolders, type PartyRow } from '@fascia/directory';
import type { DomainEvent, Envelope } from '@fascia/kernel';
import { groupsOf } from '@fascia/read-store';
import { past } from '@fascia/testkit';
import type { ReferralEvent } from '../contract/events.js';
import { placedWith } from './care-team.js';

const [PATIENT, PRACTICE, CLINIC, OTHER, THIRD] = ['patient', 'practice', 'clinic', 'other', 'third'];
const STREAM = 'referral-r';

const team = groupsOf(careTeamModel([recordHolders, placedWith]));

/** Two by two in one moment: what ended first must not be told by time. */
const envelope = (event: DomainEvent, version: number): Envelope => {
  const { type, data, id, by } = past(event);
  const at = `2026-03-0${String(Math.ceil(version / 2))}T09:00:00.000Z`;
  const ids = { id, correlationId: id, causationId: id, commandId: id, requestDigest: '' };
  const place = { stream: STREAM, version, position: BigInt(version), schemaVersion: 1 } as const;
  return { type, data, occurredAt: at, recordedAt: at, actor: by, patientId: PATIENT, ...ids, ...place };
};

const rowsAfter = (...events: readonly DomainEvent[]): readonly PartyRow[] =>
  events.reduce<readonly PartyRow[]>(
    (rows, event, index) => team.fold(rows, envelope(event, index + 1), STREAM) as readonly PartyRow[],
    [],
  );

/** `relation organisation since-until`, versions. */
const told = (...events: readonly DomainEvent[]): readonly string[] =>
  rowsAfter(...events)
    .map(
      (row) =>
        `${row.relation} ${row.organization_id} ${String(row.since_version)}-${String(row.until_version ?? '')}`,
    )
    .toSorted();

const content = {};
const pool = (...organizationIds: string[]) => ({
  target: { kind: 'pool' as const, listingIds: organizationIds },
  organizationIds,
});
const listing = (organizationId: string) => ({
  target: { kind: 'directed' as const, listingId: organizationId },
  organizationIds: [organizationId],
});
const drafted: ReferralEvent = {
  type: 'ReferralDrafted',
  data: { patientId: PATIENT, referrerOrganizationId: PRACTICE, content },
};
const sent = (placement: ReturnType<typeof pool> | ReturnType<typeof listing>): ReferralEvent => ({
  type: 'ReferralSent',
  data: {
    patientId: PATIENT,
    referrerOrganizationId: PRACTICE,
    legNo: 1,
    placement,
    content,
    diagnosisCodes: ['M75.21'],
    validUntil: '2026-06-30T23:59:59.999Z',
    basis: { kind: 'TREATMENT' },
    signature: { practitionerId: 'somebody', at: '2026-03-20T09:00:00.000Z' },
  },
});
const redirected = (placement: ReturnType<typeof pool> | ReturnType<typeof listing>): ReferralEvent => ({
  type: 'ReferralRedirected',
  data: { legNo: 2, placement, basis: { kind: 'TREATMENT' }, bookingsCancelled: [] },
});
const claimed = (organizationId: string): ReferralEvent => ({
  type: 'ReferralClaimed',
  data: { organizationId, listingId: organizationId },
});
const released: ReferralEvent = { type: 'ReferralReleased', data: { reason: 'No room.' } };

describe('the care team by a referral', () => {
  it('is nobody while the order is a draft', () => {
    expect(placedWith.takes).not.toContain(drafted.type);
    expect(told(sent(listing(CLINIC)))).toEqual(['recipient clinic 1-', 'referrer practice 1-']);
  });

  it('is a pool until somebody claims it, and again when it is released', () => {
    expect(told(sent(pool(CLINIC, OTHER, CLINIC)))).toEqual([
      'pool clinic 1-',
      'pool other 1-',
      'referrer practice 1-',
    ]);
    expect(told(sent(pool(CLINIC, OTHER)), claimed(OTHER))).toEqual([
      'pool clinic 1-2',
      'pool other 1-2',
      'recipient other 2-',
      'referrer practice 1-',
    ]);
    expect(told(sent(pool(CLINIC, OTHER)), claimed(OTHER), released)).toEqual([
      'pool clinic 1-2',
      'pool clinic 3-',
      'pool other 1-2',
      'pool other 3-',
      'recipient other 2-3',
      'referrer practice 1-',
    ]);
  });

  it('goes elsewhere with a redirect, and what goes on there goes on', () => {
    expect(told(sent(pool(CLINIC, OTHER)), redirected(pool(OTHER, THIRD)))).toEqual([
      'pool clinic 1-2',
      'pool other 1-',
      'pool third 2-',
      'referrer practice 1-',
    ]);
    expect(told(sent(listing(CLINIC)), redirected(listing(OTHER)))).toEqual([
      'recipient clinic 1-2',
      'recipient other 2-',
      'referrer practice 1-',
    ]);
  });

  it('is the pool of the leg that was released, though it ended in the moment in which the one before did', () => {
    const rows = rowsAfter(
      sent(pool(CLINIC)),
      claimed(CLINIC),
      released,
      redirected(pool(OTHER, THIRD)),
      claimed(THIRD),
      released,
    );
    const open = rows.filter((row) => row.relation === 'pool' && row.until === null);
    expect(open.map((row) => row.organization_id)).toEqual([OTHER, THIRD]);
  });

  it('says since when, until when and by what', () => {
    expect(rowsAfter(sent(pool(CLINIC)), claimed(CLINIC), released)[1]).toEqual({
      id: 'referral-r/1/pool/clinic',
      patient_id: PATIENT,
      organization_id: CLINIC,
      relation: 'pool',
      source: STREAM,
      since: '2026-03-01T09:00:00.000Z',
      since_version: 1,
      until: '2026-03-01T09:00:00.000Z',
      until_version: 2,
    });
  });
});

describe('what contexts say of the care team', () => {
  it('is refused when two of them take one event', () => {
    expect(() => careTeamModel([placedWith, recordHolders, placedWith])).toThrow('ReferralSent');
  });
});
