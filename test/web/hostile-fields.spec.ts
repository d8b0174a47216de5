/** A field in which anything may be written is filled with hostile texts: one that is new is found here, and gets a row there. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SCREENS = join(import.meta.dirname, '..', '..', 'apps', 'web', 'src');

/** But for those of a day or a time. */
const FIELD =
  /<(?:Textarea|TextInput|Autocomplete|TagsInput|JsonInput)\b(?!\s+type="(?:date|time)"|\s+key=\{\w+\}\s+type="date")/g;

/** In which component how many are drawn, by the spec that fills them. */
const FILLED = {
  'hostile.e2e.spec.ts': {
    'audit/AuditPage.tsx': 2,
    'order/NewReferralPage.tsx': 2,
    'order/Recipient.tsx': 1,
    'order/parts.tsx': 3,
    'patients/NewPatient.tsx': 1,
    'records/SettleForm.tsx': 1,
  },
  'hostile-offices.e2e.spec.ts': {
    'directory/Enrolling.tsx': 1,
    'directory/NamingSource.tsx': 1,
    'directory/PeoplePage.tsx': 1,
    'directory/RecordingLicence.tsx': 1,
    'directory/RegisteringOrganization.tsx': 2,
    'directory/SettingDaysOff.tsx': 1,
  },
  'hostile-care.e2e.spec.ts': {
    'kept/Saying.tsx': 1,
    'measures/MeasureForm.tsx': 1,
    'measures/Score.tsx': 1,
    'order/FindingForm.tsx': 1,
    'order/Reasons.tsx': 1,
    'order/ReviseFinding.tsx': 1,
    'order/RevisePage.tsx': 1,
    'order/Settle.tsx': 1,
    'plans/GoalRows.tsx': 1,
    'plans/InterventionRows.tsx': 1,
    'plans/OtherRows.tsx': 2,
    'plans/PlanEditor.tsx': 1,
    'referrals/DeedForm.tsx': 3,
    'safety/FlagActions.tsx': 1,
    'schedule/BookForm.tsx': 2,
    'schedule/MoveForm.tsx': 1,
    'schedule/VisitDialog.tsx': 1,
    'visits/Completing.tsx': 1,
    'visits/Deeds.tsx': 1,
    'visits/RowCard.tsx': 4,
    'visits/Signing.tsx': 1,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;

describe('a field in which anything may be written', () => {
  it('is one of those that are filled with hostile texts', () => {
    const drawn = globSync('**/*.tsx', { cwd: SCREENS }).flatMap((file) => {
      const count = [...readFileSync(join(SCREENS, file), 'utf8').matchAll(FIELD)].length;
      return count === 0 ? [] : [[file.replaceAll('\\', '/'), count] as const];
    });
    expect(Object.fromEntries(drawn)).toEqual(Object.assign({}, ...Object.values(FILLED)));
  });
});
