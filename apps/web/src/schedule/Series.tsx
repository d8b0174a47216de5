/** How many visits, and how many a week: as planned, with one press. */
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWhole } from '../api/use-service.js';
import { NumberKept } from '../parts/NumberKept.js';
import { Incomplete, Trouble } from '../parts/states.js';
import { useCurrentPlan } from '../plans/use-plans.js';
import { MOST_VISITS, newKey, spread, type PartProps } from './typed.js';
import { takesTime } from './visits.js';

/** What of the plan is not booked yet. */
const FromPlan = ({ typed, type }: PartProps) => {
  const { t } = useTranslation();
  const { referralId } = typed;
  const { plan, lacking: unplanned, error: unread } = useCurrentPlan(referralId);
  const { items: visits, lacking, error } = useWhole('listSessions', { referralId });
  const { frequency, plannedVisits } = plan?.inForce ?? plan?.content ?? {};
  const failed = unread ?? error;
  if (failed !== null) return <Trouble error={failed} />;
  const incomplete = unplanned + lacking;
  // Nobody knows how many are left.
  if (incomplete > 0) return <Incomplete streams={incomplete} />;
  if (frequency === undefined || plannedVisits === undefined || visits === undefined) return undefined;
  const more = Math.min(MOST_VISITS, plannedVisits - visits.filter(takesTime).length);
  if (more < 1) return undefined;
  const { timesPerWeek: perWeek } = frequency;
  return (
    <Button variant="light" onClick={() => type({ ...typed, ...spread(typed, more, perWeek, newKey) })}>
      {t('schedule.form.fromPlan', { visits: more, perWeek })}
    </Button>
  );
};

export const Series = ({ typed, type }: PartProps) => {
  const { t } = useTranslation();
  const { visits, perWeek } = typed;
  return (
    <Group align="flex-end" gap="sm" role="group" aria-label={t('schedule.form.series')}>
      <NumberKept
        w="6rem"
        label={t('schedule.form.visits')}
        allowDecimal={false}
        min={1}
        max={MOST_VISITS}
        value={visits.length}
        change={(count) => type({ ...typed, ...spread(typed, count, perWeek, newKey) })}
      />
      {visits.length > 1 && (
        <NumberKept
          w="6rem"
          label={t('schedule.form.perWeek')}
          min={0.5}
          max={7}
          step={0.5}
          value={perWeek}
          change={(often) => {
            if (often > 0) type({ ...typed, ...spread(typed, visits.length, often, newKey) });
          }}
        />
      )}
      {typed.referralId !== '' && <FromPlan typed={typed} type={type} />}
    </Group>
  );
};
