/** How many visits, and how many a week: as planned, with one press. */
import { Button, Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList, useWhole } from '../api/use-service.js';
import { MOST_VISITS, newKey, spread, type PartProps } from './typed.js';
import { takesTime } from './visits.js';

/** What of the plan is not booked yet. */
const FromPlan = ({ typed, type }: PartProps) => {
  const { t } = useTranslation();
  const { referralId } = typed;
  const plans = useList('listPlans', { referralId, limit: 5 });
  const { items: visits } = useWhole('listSessions', { referralId });
  const plan = plans.data?.pages[0]?.items.find(({ current }) => current);
  const { frequency, plannedVisits } = plan?.inForce ?? plan?.content ?? {};
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
      <NumberInput
        w="6rem"
        label={t('schedule.form.visits')}
        min={1}
        max={MOST_VISITS}
        value={visits.length}
        onChange={(count) =>
          typeof count === 'number' && type({ ...typed, ...spread(typed, count, perWeek, newKey) })
        }
      />
      {visits.length > 1 && (
        <NumberInput
          w="6rem"
          label={t('schedule.form.perWeek')}
          min={0.5}
          max={7}
          step={0.5}
          value={perWeek}
          onChange={(often) =>
            typeof often === 'number' &&
            often > 0 &&
            type({ ...typed, ...spread(typed, visits.length, often, newKey) })
          }
        />
      )}
      {typed.referralId !== '' && <FromPlan typed={typed} type={type} />}
    </Group>
  );
};
