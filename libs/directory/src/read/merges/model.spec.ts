/** What is told of a merge after everything that may be said of it. */
import type { Actor, Envelope } from '@fascia/kernel';
import { mergeModel, type MergeRow } from './model.js';

const [ID, INTO, OTHER] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const CLERK: Actor = { sub: 'clerk', role: 'records', organizationId: 'practice' };
const SECOND: Actor = { ...CLERK, sub: 'second' };
const NETWORK: Actor = { sub: 'network', role: 'records' };

type Happening = readonly [type: string, by: Actor, reason: string, survivorId?: string];

const envelope = ([type, actor, reason, survivorId = INTO]: Happening, index: number): Envelope => ({
  type,
  data: { survivorId, reason },
  id: `event ${index}`,
  occurredAt: '2026-03-31T00:00:00.000Z',
  recordedAt: `2026-04-0${index + 1}T09:00:00.000Z`,
  actor,
  stream: `patient-${ID}`,
  version: index + 2,
  position: BigInt(index + 2),
  schemaVersion: 1,
  correlationId: 'c',
  causationId: 'c',
  commandId: 'c',
  requestDigest: '',
});

const after = (...history: readonly Happening[]): MergeRow | undefined =>
  history
    .map(envelope)
    .reduce<{ id: string } | undefined>((row, event) => mergeModel.fold(row, event, ID), undefined) as
    MergeRow | undefined;

const said = (day: number, by: Actor, reason: string) => ({
  at: `2026-04-0${day}T09:00:00.000Z`,
  by: by.sub,
  role: by.role,
  organization_id: by.organizationId ?? null,
  reason,
});

describe('a merge', () => {
  it('says into what, who said so, when it was recorded and why', () => {
    const row = after(['PatientMerged', NETWORK, 'Typed twice.']);
    const merged = said(1, NETWORK, 'Typed twice.');
    expect(row).toEqual({
      id: ID,
      into_id: INTO,
      state: 'merged',
      at: merged.at,
      proposed: null,
      merged,
      undone: null,
    });
    expect(Object.keys(row ?? {}).toSorted()).toEqual(Object.keys(mergeModel.columns).toSorted());
  });

  it('that two people had to ask for says both', () => {
    const proposed: Happening = ['PatientMergeProposed', CLERK, 'Alike.'];
    expect(after(proposed)).toMatchObject({ state: 'proposed', merged: null });
    expect(after(proposed, ['PatientMerged', SECOND, 'Seen both.'])).toMatchObject({
      state: 'merged',
      at: '2026-04-02T09:00:00.000Z',
      proposed: said(1, CLERK, 'Alike.'),
      merged: said(2, SECOND, 'Seen both.'),
    });
  });

  it('was not proposed by whoever wanted another one', () => {
    const row = after(['PatientMergeProposed', CLERK, 'Alike.', OTHER], ['PatientMerged', SECOND, 'Seen.']);
    expect(row).toMatchObject({ into_id: INTO, proposed: null });
  });

  it('that was undone still says what was undone, by whom and why', () => {
    expect(
      after(['PatientMerged', CLERK, 'Alike.'], ['PatientMergeReversed', SECOND, 'Twins.']),
    ).toMatchObject({
      into_id: INTO,
      state: 'undone',
      at: '2026-04-02T09:00:00.000Z',
      merged: said(1, CLERK, 'Alike.'),
      undone: said(2, SECOND, 'Twins.'),
    });
  });

  it('begins anew when the records are merged again', () => {
    const row = after(
      ['PatientMergeProposed', CLERK, 'Alike.'],
      ['PatientMergeReversed', CLERK, 'Twins.'],
      ['PatientMerged', SECOND, 'No twins.', OTHER],
    );
    expect(row).toMatchObject({ into_id: OTHER, state: 'merged', proposed: null, undone: null });
  });

  it('does not begin with its undoing', () => {
    expect(after(['PatientMergeReversed', CLERK, 'Twins.'])).toBeUndefined();
  });
});
