/** What would refuse an order now: asked by whoever sends it, and by whoever writes it for a physician of theirs. */
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useRehearsal, useWhole, type Rehearsal } from '../api/use-service.js';
import { useMe } from '../session/me.js';
import { Lacking } from './Lacking.js';

type Practitioner = Answer<'listPractitioners'>;

/** Those who may send what somebody of the practice wrote. */
const physiciansOf = (people: readonly Practitioner[], practice: string | null): readonly Practitioner[] =>
  people.filter(
    ({ roles, suspended }) =>
      !suspended &&
      roles.some(({ role, organizationId }) => role === 'physician' && organizationId === practice),
  );

interface Physicians {
  readonly all: readonly Practitioner[];
  /** For whom it is checked; where there is one alone, for them. */
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
}

const usePhysicians = (enabled: boolean): Physicians => {
  const { organizationId } = useMe().actingAs;
  const { items } = useWhole('listPractitioners', { organizationId: organizationId ?? '' }, enabled);
  const all = enabled ? physiciansOf(items ?? [], organizationId) : [];
  const [chosen, choose] = useState<string>();
  const only = all.length === 1 ? all[0]?.id : undefined;
  return { all, chosen: chosen ?? only, choose };
};

export interface Checked {
  /** Nothing is known yet when absent. */
  readonly refusals: Rehearsal['refusals'] | undefined;
  readonly physicians: Physicians;
}

/** @param saved what is checked is what is stored */
export const useChecklist = (
  { id, version, allowedActions }: Pick<Answer<'getReferral'>, 'id' | 'version' | 'allowedActions'>,
  saved: boolean,
): Checked => {
  const maySend = allowedActions.includes('SendReferral');
  const { role, organizationId } = useMe().actingAs;
  const prepares = role === 'delegate' && !maySend && allowedActions.includes('EditDraft');
  const physicians = usePhysicians(prepares && organizationId !== null);
  const onBehalfOf = maySend ? undefined : physicians.chosen;
  const { data } = useRehearsal<'referrals', 'SendReferral'>(
    { id, command: 'SendReferral', body: {} },
    { enabled: saved && (maySend || onBehalfOf !== undefined), of: version, onBehalfOf },
  );
  return { refusals: data?.refusals, physicians };
};

interface ChecklistProps extends Checked {
  /** What is checked is all that is written. */
  readonly isWhole: boolean;
}

export const Checklist = ({ refusals, physicians: { all, chosen, choose }, isWhole }: ChecklistProps) => {
  const { t } = useTranslation();
  return (
    <>
      {all.length > 1 && (
        <Select
          label={t('order.checkedFor')}
          description={t('order.checkedForHelp')}
          data={all.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen ?? null}
          onChange={(id) => id !== null && choose(id)}
          allowDeselect={false}
        />
      )}
      {refusals !== undefined && (isWhole || refusals.length > 0) && <Lacking refusals={refusals} />}
    </>
  );
};
