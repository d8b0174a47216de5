import { gist, given, past } from '@fascia/testkit';
import type { PrecautionCommand, PrecautionCommandOf } from '../contract/precaution.commands.js';
import { PRECAUTION_CONTRACT, type PrecautionEvent } from '../contract/precaution.events.js';
import { precautionDecider } from './precaution.js';

const PATIENT = '00000000-0000-4000-8000-000000000001';
const TODAY = '2026-04-01';
const AT = '2026-04-01T09:00:00.000Z';
const SAID = { tableVersion: '1', since: '2024-05', ended: false, lastUpdated: '2026-02-01T10:00:00Z' };

const propose: PrecautionCommandOf<'ProposePrecaution'> = {
  type: 'ProposePrecaution',
  patientId: PATIENT,
  system: 'urn:ehr',
  catalogueId: 'P03',
  from: 'condition',
  code: { system: 'icd-10-cm', code: 'M81.0' },
  ...SAID,
};
const { type: _type, ...data } = propose;
const proposed = past<PrecautionEvent>({ type: 'PrecautionProposed', data });
const confirmed = past<PrecautionEvent>({ type: 'PrecautionConfirmed', data: {} });
const dismissed = past<PrecautionEvent>({ type: 'PrecautionDismissed', data: { reason: 'Misread.' } });
const confirm: PrecautionCommand = { type: 'ConfirmPrecaution' };
const dismiss: PrecautionCommand = { type: 'DismissPrecaution', reason: 'Misread.' };

const LATER = '2026-03-01T10:00:00Z';
const over: PrecautionCommand = { ...propose, ended: true, endedOn: '2026-02', lastUpdated: LATER };
const touched: PrecautionCommand = { ...propose, lastUpdated: LATER };
const restated = past<PrecautionEvent>({
  type: 'PrecautionRestated',
  data: { ...SAID, ended: true, endedOn: '2026-02', lastUpdated: LATER },
});

describe('a precaution of a file', () => {
  it.each<[string, PrecautionCommand, readonly (typeof proposed)[], readonly string[] | string]>([
    ['is proposed', propose, [], ['PrecautionProposed']],
    ['is proposed once', propose, [proposed], []],
    ['is not proposed anew after somebody dismissed it', propose, [proposed, dismissed], []],
    ['is over where the source says so later', over, [proposed], ['PrecautionRestated']],
    ['is over once', over, [proposed, restated], []],
    [
      'is as the newest state says, in whatever order files come',
      propose,
      [proposed, restated],
      'SOURCE_OLDER',
    ],
    [
      'stays as a person confirmed it, and the difference is told',
      over,
      [proposed, confirmed],
      'SOURCE_DIFFERS',
    ],
    ['stays dismissed, and the difference is told', over, [proposed, dismissed], 'SOURCE_DIFFERS'],
    ['is since the first that was said', { ...propose, since: '2025' }, [proposed, confirmed], []],
    [
      'is since what is said to be earlier',
      { ...propose, since: '2023' },
      [proposed],
      ['PrecautionRestated'],
    ],
    [
      'is as before where an older state says the same',
      { ...propose, lastUpdated: '2025-01-01T10:00:00Z' },
      [proposed],
      [],
    ],
    ['is as settled when the source touched it only', touched, [proposed, confirmed], ['PrecautionRestated']],
    ['is confirmed', confirm, [proposed], ['PrecautionConfirmed']],
    ['is confirmed once', confirm, [proposed, confirmed], 'PRECAUTION_SETTLED'],
    ['is dismissed', dismiss, [proposed], ['PrecautionDismissed']],
    ['is dismissed once', dismiss, [proposed, dismissed], 'PRECAUTION_SETTLED'],
    ['is confirmed by who thinks again', confirm, [proposed, dismissed], ['PrecautionConfirmed']],
    ['is dismissed by who thinks again', dismiss, [proposed, confirmed], ['PrecautionDismissed']],
    ['has to be there', confirm, [], 'PRECAUTION_UNKNOWN'],
    [
      'is of one patient',
      { ...propose, patientId: '00000000-0000-4000-8000-000000000002' },
      [proposed],
      'SOURCE_OTHER_PERSON',
    ],
  ])('%s', (_what, command, events, expected) => {
    const story = given(precautionDecider, PRECAUTION_CONTRACT, ...events);
    expect(gist(story.when(command, { facts: { today: TODAY }, at: AT }))).toEqual(expected);
  });

  const record: PrecautionCommandOf<'RecordPrecaution'> = {
    type: 'RecordPrecaution',
    patientId: PATIENT,
    catalogueId: 'C14',
    site: { region: 'knee', side: 'left' },
    since: '2026-02-20',
    details: [],
    source: 'examination',
  };
  const recordedAs = (catalogueId: string) =>
    past<PrecautionEvent>({
      type: 'PrecautionRecorded',
      data: { patientId: PATIENT, catalogueId, catalogueVersion: '1', details: [], source: 'patient' },
    });
  const recorded = recordedAs('C14');
  const resolve: PrecautionCommand = { type: 'ResolvePrecaution', reason: 'Over.', evidence: 'Scan.' };
  const resolved = past<PrecautionEvent>({
    type: 'PrecautionResolved',
    data: { reason: 'Over.', evidence: 'Scan.' },
  });
  const specify: PrecautionCommandOf<'SpecifyPrecaution'> = {
    type: 'SpecifyPrecaution',
    site: { region: 'rib', side: 'left' },
    details: ['outside-regions'],
  };
  const { type: _specify, ...specification } = specify;
  const specified = past<PrecautionEvent>({ type: 'PrecautionSpecified', data: specification });
  const clear: PrecautionCommandOf<'ClearPrecaution'> = {
    type: 'ClearPrecaution',
    rationale: 'Healing well.',
    evidence: 'Letter of the surgeon.',
    from: TODAY,
    until: '2026-05-01',
  };
  const { type: _clear, ...clearance } = clear;
  const cleared = past<PrecautionEvent>({ type: 'PrecautionCleared', data: clearance });
  const end: PrecautionCommand = { type: 'EndClearance', reason: 'It swells.' };

  // prettier-ignore
  it.each<[string, PrecautionCommand, readonly (typeof proposed)[], readonly string[] | string]>([
    ['is recorded by a person', record, [], ['PrecautionRecorded']],
    ['is recorded once', record, [recorded], 'PRECAUTION_EXISTS'],
    ['is recorded under no id of a file', propose, [recorded], 'PRECAUTION_EXISTS'],
    ['is at a place with a side that there is', { ...record, site: { region: 'knee' } }, [], 'PRECAUTION_SITE_INVALID'],
    ['has begun', { ...record, since: '2026-04-02' }, [], 'PRECAUTION_IN_FUTURE'],
    ['has begun this month', { ...record, since: '2026-04' }, [], ['PrecautionRecorded']],
    ['has begun by the hour', { ...record, beganAt: '2026-04-01T09:00:01.000Z' }, [], 'PRECAUTION_IN_FUTURE'],
    ['is resolved', resolve, [recorded], ['PrecautionResolved']],
    ['is resolved once', resolve, [recorded, resolved], 'PRECAUTION_SETTLED'],
    ['is resolved as a file proposed it', resolve, [proposed], ['PrecautionResolved']],
    ['comes back', confirm, [recorded, resolved], ['PrecautionConfirmed']],
    ['is not dismissed once it is over', dismiss, [recorded, resolved], 'PRECAUTION_SETTLED'],
    ['is specified', specify, [proposed], ['PrecautionSpecified']],
    ['is specified once', specify, [recorded, specified], []],
    ['is specified while it stands', specify, [recorded, resolved], 'PRECAUTION_NOT_STANDING'],
    ['is specified at a place that there is', { ...specify, site: { region: 'rib' } }, [recorded], 'PRECAUTION_SITE_INVALID'],
    ['is cleared', clear, [recorded], ['PrecautionCleared']],
    ['is cleared anew', clear, [recorded, cleared], ['PrecautionCleared']],
    ['is cleared once it is confirmed', clear, [proposed], 'PRECAUTION_NOT_STANDING'],
    ['is cleared in a row that a clearance opens', clear, [recordedAs('C03')], 'PRECAUTION_NOT_CLEARABLE'],
    ['is cleared for a time that is to come', { ...clear, from: '2026-03-01', until: '2026-03-31' }, [recorded], 'CLEARANCE_PERIOD'],
    ['is cleared from a day to a later one', { ...clear, until: '2026-03-31' }, [recorded], 'CLEARANCE_PERIOD'],
    ['is cleared at places that there are', { ...clear, sites: [{ region: 'knee' }] }, [recorded], 'PRECAUTION_SITE_INVALID'],
    ['is cleared no longer', end, [recorded, cleared], ['PrecautionClearanceEnded']],
    ['has a clearance to take back', end, [recorded], 'CLEARANCE_NONE'],
    ['loses its clearance with its end', end, [recorded, cleared, resolved, confirmed], 'CLEARANCE_NONE'],
  ])('%s', (_what, command, events, expected) => {
    const story = given(precautionDecider, PRECAUTION_CONTRACT, ...events);
    expect(gist(story.when(command, { facts: { today: TODAY }, at: AT }))).toEqual(expected);
  });

  it.each([
    [[recorded, resolved], 'resolved'],
    [[proposed], 'proposed'],
    [[proposed, restated, confirmed], 'confirmed'],
    [[proposed, dismissed, restated], 'dismissed'],
  ])('is what people made of it, not what its source says of it later (%#)', (events, stage) => {
    const { state } = given(precautionDecider, PRECAUTION_CONTRACT, ...events);
    expect(precautionDecider.stage(state)).toBe(stage);
  });
});
