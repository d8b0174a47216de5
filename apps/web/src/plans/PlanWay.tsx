/** The way to where a plan is written, for whoever may write on it now. */
import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { isUnderCareOf } from '../schedule/who-books.js';
import { useMe } from '../session/me.js';
import { useCurrentPlan } from './use-plans.js';
import { PLANNERS } from './who-plans.js';

const ON_IT = ['EditPlan', 'SubmitPlan'] as const;

export const PlanWay = ({ referral }: { readonly referral: Answer<'getReferral'> }) => {
  const { t } = useTranslation();
  const { actingAs } = useMe();
  const { plan, isKnown, lacking } = useCurrentPlan(referral.id);
  if (!isKnown) return undefined;
  // Where something is lacking it may be the plan: then nobody begins another one.
  const begins =
    plan === undefined &&
    lacking === 0 &&
    PLANNERS.includes(actingAs.role) &&
    isUnderCareOf(referral, actingAs);
  const goesOn = plan?.allowedActions.some((action) => ON_IT.some((one) => one === action)) ?? false;
  if (!begins && !goesOn) return undefined;
  return (
    <Group>
      <Button
        variant="default"
        renderRoot={(props) => <Link to="/referrals/$id/plan" params={{ id: referral.id }} {...props} />}
      >
        {t(begins ? 'planning.write' : 'planning.goOn')}
      </Button>
    </Group>
  );
};
