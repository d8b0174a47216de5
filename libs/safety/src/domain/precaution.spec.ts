import { gist, given, past } from '@fascia/testkit';
import type { PrecautionCommand, PrecautionCommandOf } from '../contract/precaution.commands.js';
import { PRECAUTION_CONTRACT, type PrecautionEvent } from '../contract/precaution.events.js';
import { precautionDecider } from './precaution.js';

const PATIENT = '00000000-0000-4000-8000-000000000001';
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
    expect(gist(story.when(command, { facts: undefined }))).toEqual(expected);
  });

  it.each([
    [[proposed], 'proposed'],
    [[proposed, restated, confirmed], 'confirmed'],
    [[proposed, dismissed, restated], 'dismissed'],
  ])('is what people made of it, not what its source says of it later (%#)', (events, stage) => {
    const { state } = given(precautionDecider, PRECAUTION_CONTRACT, ...events);
    expect(precautionDecider.stage(state)).toBe(stage);
  });
});
