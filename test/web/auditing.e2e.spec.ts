/**
 * An auditor finds a case that went wrong on purpose, moves through its history and reads who did what, why and when: by the pointer, and
 * by keys alone. A visit was entered late, the wrong side was corrected, a stranger was told no.
 */
import { until } from '@fascia/testkit';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { underTreatment } from './course.js';
import { button, field, heading, link, row, ROW_LINK, type Thing } from './things.js';
import type { Way } from './way.js';

/** Where the browser is. */
const TODAY = new Date().toISOString().slice(0, 10);
const STORY_MS = 300_000;
const RECORDED_MS = 60_000;
const MINUTE_MS = 60_000;

const WHY_LATE = 'The system was away.';
const WHY_CHANGED = 'It is the right knee.';

/** Most presses for who looked and how it stood, and most fields (the budget of the auditor's job). */
const PRESSES = 2;
const FIELDS = 4;

type Screens = ReturnType<typeof atTheScreens>;

/** @returns the id of its referral */
const goesWrong = async ({ product: { fascia } }: Screens, family: string): Promise<string> => {
  const [physician, therapist, coordinator, stranger, auditor] = [
    fascia.as('physician-demo'),
    fascia.as('therapist-demo'),
    fascia.as('coordinator-demo'),
    fascia.as('physician-two-demo'),
    fascia.as('auditor-demo'),
  ];
  const { referral } = await underTreatment({ fascia }, family);
  const { body } = await physician.get(`/api/v1/referrals/${referral}`);
  const { patient, content } = body as {
    readonly patient: { readonly id: string };
    readonly content: { readonly diagnosisIds: readonly string[] };
  };
  await physician.does(`/api/v1/diagnoses/${content.diagnosisIds[0] ?? ''}/revise`, {
    code: 'M76.51',
    site: { region: 'knee', side: 'right' },
    tissues: ['tendon'],
    dysfunction: 'tendinopathy',
    reason: WHY_CHANGED,
  });
  const { body: me } = await therapist.get('/api/v1/me');
  const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE_MS).toISOString();
  await coordinator.does('/api/v1/sessions', {
    referralId: referral,
    kind: 'treatment',
    therapistId: (me as { readonly practitionerId: string }).practitionerId,
    start: ago(20),
    end: ago(5),
    lateReason: WHY_LATE,
  });
  expect((await stranger.get(`/api/v1/referrals/${referral}`)).status).toBe(404);
  await until(
    async () => {
      const { body: found } = await auditor.get(
        `/api/v1/audit/access?patientId=${patient.id}&outcome=denied`,
      );
      return (found as { readonly items: readonly unknown[] }).items.length > 0;
    },
    { deadlineMs: RECORDED_MS, message: 'the look that was refused to be on record' },
  );
  return referral;
};

const happened = (...says: readonly string[]): Thing => ({
  ...row(...says),
  in: { role: 'table', name: 'What had happened' },
});
const looked = (...says: readonly string[]): Thing => ({
  ...row(...says),
  in: { role: 'table', name: 'Who looked at this patient' },
});
const stood = (...says: readonly string[]): Thing => ({
  ...row(...says),
  in: { role: 'table', name: 'How each part stood' },
});

const WAYS = [
  ['by the pointer', 'open', 'Okonjo'],
  ['by nothing but keys', 'openByKeys', 'Adeyemi'],
] as const;

describeWithBrowser('an auditor', () => {
  const screens = atTheScreens();

  it.each(WAYS)(
    'sees what went wrong, by whom, why and when (%s)',
    async (_how, open, family) => {
      await goesWrong(screens, family);
      const auditor: Way = await screens[open]('auditor-demo');
      await auditor.sees(heading('Cases'));

      const fields = [
        () => auditor.writes(field("Patient's name, or part of it"), family.toLowerCase()),
        () => auditor.sets(field('As known on'), TODAY),
      ];
      expect(fields.length).toBeLessThanOrEqual(FIELDS);
      const pressed = await auditor.counted(async () => {
        for (const fill of fields) await fill();
        // Of all cases the one, once it was looked for.
        await until(async () => (await auditor.count(ROW_LINK)) === 1, {
          deadlineMs: RECORDED_MS,
          message: 'the list to show what was asked for alone',
        });
        await auditor.opens(row(family));
        await auditor.sees(stood('Referral', 'In treatment'));
        await auditor.sees(looked('not allowed'));
      });
      expect(pressed).toBeLessThanOrEqual(PRESSES);

      await auditor.sees(happened('Session entered late', WHY_LATE, 'Priya Sandoval'));
      await auditor.sees(happened('Diagnosis revised', WHY_CHANGED, 'Amara Lindqvist'));
      // As it was before: what came later is not known yet.
      await auditor.pushes(link(/./, happened('Diagnosis revised')));
      await auditor.seesNoMore(happened('Session entered late'));
      await auditor.sees(happened('Diagnosis revised'));
      await auditor.pushes(button('Event before'));
      await auditor.seesNoMore(happened('Diagnosis revised'));
      await auditor.pushes(button('As it is now'));
      await auditor.sees(happened('Session entered late'));

      // What somebody saw at all.
      await auditor.goesTo('Who looked');
      await auditor.sees(row(family, 'not allowed'));
      const refused: Thing = { ...link(/./, row(family, 'not allowed')), nth: 0 };
      await auditor.pushes(refused);
      await auditor.seesNoMore(row(family, 'shown'));
    },
    STORY_MS,
  );
});
