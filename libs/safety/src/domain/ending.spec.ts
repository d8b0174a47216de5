/** What a later file ends, by its source's word alone or against a person's. */
import { gist, given, past } from '@fascia/testkit';
import type { PrecautionCommand, PrecautionCommandOf } from '../contract/precaution.commands.js';
import { PRECAUTION_CONTRACT, type PrecautionEvent } from '../contract/precaution.events.js';
import { precautionDecider } from './precaution.js';

const PATIENT = '00000000-0000-4000-8000-000000000001';
const [BEFORE, NOW, LATER] = ['2026-01-01T10:00:00Z', '2026-02-01T10:00:00Z', '2026-03-01T10:00:00Z'];

const propose: PrecautionCommandOf<'ProposePrecaution'> = {
  type: 'ProposePrecaution',
  patientId: PATIENT,
  system: 'urn:ehr',
  catalogueId: 'P01',
  from: 'medication',
  code: { system: 'rxnorm', code: '11289' },
  tableVersion: '1',
  since: '2024-05',
  ended: false,
  lastUpdated: NOW,
};
const { type: _type, ...data } = propose;
const proposed = past<PrecautionEvent>({ type: 'PrecautionProposed', data });
const confirmed = past<PrecautionEvent>({ type: 'PrecautionConfirmed', data: {} });
const dismissed = past<PrecautionEvent>({ type: 'PrecautionDismissed', data: { reason: 'Misread.' } });
const ended = past<PrecautionEvent>({
  type: 'PrecautionSourceEnded',
  data: { why: 'over', endedOn: '2026-02', lastUpdated: LATER },
});
const end: PrecautionCommand = {
  type: 'EndPrecaution',
  patientId: PATIENT,
  catalogueId: 'P01',
  why: 'over',
  endedOn: '2026-02',
  lastUpdated: LATER,
};
const unseen = past<PrecautionEvent>({
  type: 'PrecautionEndReceived',
  data: { patientId: PATIENT, catalogueId: 'P01', lastUpdated: LATER },
});
const again: PrecautionCommand = { ...propose, lastUpdated: '2026-04-01T10:00:00Z' };

const told = (events: readonly (typeof proposed)[]) =>
  given(precautionDecider, PRECAUTION_CONTRACT, ...events);

describe('the end of what a precaution came from', () => {
  it.each<[string, PrecautionCommand, readonly (typeof proposed)[], readonly string[] | string]>([
    ['is kept', end, [proposed], ['PrecautionSourceEnded']],
    ['is kept beside what a person confirmed', end, [proposed, confirmed], ['PrecautionSourceEnded']],
    ['is kept of what was never proposed', end, [], ['PrecautionEndReceived']],
    ['is kept once of what was never proposed', end, [unseen], []],
    ['stands against an older file that comes later', propose, [unseen], 'SOURCE_OLDER'],
    ['stands against no newer one', again, [unseen], ['PrecautionProposed']],
    ['is nothing that a person could settle', { type: 'ConfirmPrecaution' }, [unseen], 'PRECAUTION_UNKNOWN'],
    ['is kept once', end, [proposed, ended], []],
    ['is kept once beside a confirmed one', end, [proposed, confirmed, ended], []],
    ['is not older than what is known', { ...end, lastUpdated: BEFORE }, [proposed], 'SOURCE_OLDER'],
    [
      'is of one patient',
      { ...end, patientId: '00000000-0000-4000-8000-000000000002' },
      [proposed],
      'SOURCE_OTHER_PERSON',
    ],
    ['is not taken back by an older file', propose, [proposed, ended], 'SOURCE_OLDER'],
    ['is no more when the source goes on', again, [proposed, ended], ['PrecautionProposed']],
    ["leaves a person's no as it was", again, [proposed, dismissed, ended], 'SOURCE_DIFFERS'],
    ['leaves what a person said after it', again, [proposed, ended, dismissed], 'SOURCE_DIFFERS'],
    ['is overruled by a person', { type: 'ConfirmPrecaution' }, [proposed, ended], ['PrecautionConfirmed']],
  ])('%s', (_what, command, events, expected) => {
    expect(gist(told(events).when(command, { facts: { today: '2026-05-01' } }))).toEqual(expected);
  });

  it.each([
    ['dismissed', [proposed, ended]],
    ['confirmed', [proposed, confirmed, ended]],
    ['confirmed', [proposed, ended, confirmed]],
    ['dismissed', [proposed, dismissed, ended]],
    ['proposed', [proposed, ended, proposed]],
    ['none', [unseen]],
    ['proposed', [unseen, proposed]],
  ])('makes of it: %s', (stage, events) => {
    const { state } = told(events);
    expect(precautionDecider.stage(state)).toBe(stage);
  });
});
