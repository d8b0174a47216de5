/** Goals by the five benefits: in words, and measurable where they have a measure, a baseline, a target and a day. */
import { GOAL_CATEGORIES, GOAL_MEASURES } from '@fascia/plan/contract';
import { Button, Checkbox, Group, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NumberTyped } from '../parts/NumberTyped.js';
import { placeOfValue, placesIn, valueOf } from '../order/place-list.js';
import { emptyGoal, type Goal } from './proposal.js';
import { lines, RowCard, textOf, withPart, type PartProps } from './rows.js';

const Measured = ({ goal, put }: { readonly goal: Goal; readonly put: (goal: Goal) => void }) => {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="sm">
      <Select
        label={t('planning.measure')}
        clearable
        data={GOAL_MEASURES.map((value) => ({ value, label: t(`planning.measures.${value}`) }))}
        value={goal.measure ?? null}
        onChange={(measure) => put(withPart(goal, 'measure', measure ?? undefined))}
      />
      <Select
        label={t('planning.place')}
        clearable
        searchable
        data={placesIn(t)}
        value={goal.site === undefined ? null : valueOf(goal.site)}
        onChange={(place) =>
          put(withPart(goal, 'site', place === null ? undefined : (placeOfValue(place) as Goal['site'])))
        }
      />
      {(['baseline', 'target'] as const).map((part) => (
        <NumberTyped
          key={part}
          label={t(`planning.${part}`)}
          min={-360}
          max={360}
          value={goal[part]}
          change={(value) => put(withPart(goal, part, value))}
        />
      ))}
      <TextInput
        type="date"
        label={t('planning.due')}
        value={goal.dueDate ?? ''}
        onChange={({ currentTarget }) => put(withPart(goal, 'dueDate', textOf(currentTarget.value)))}
      />
    </SimpleGrid>
  );
};

export const GoalRows = ({ content: { goals = [] }, change }: PartProps) => {
  const { t } = useTranslation();
  return (
    <Stack>
      {goals.map((goal, n) => {
        const put = (one: Goal): void => change({ goals: goals.with(n, one) });
        return (
          <RowCard
            key={goal.goalId}
            title={t('planning.goal', { n: n + 1 })}
            removal={t('planning.removeGoal', { n: n + 1 })}
            remove={() => change({ goals: goals.toSpliced(n, 1) })}
          >
            <Group align="flex-end">
              <Select
                label={t('planning.category')}
                allowDeselect={false}
                data={GOAL_CATEGORIES.map((value) => ({ value, label: t(`names.goal.${value}`) }))}
                value={goal.category}
                onChange={(category) => put({ ...goal, category: category ?? goal.category })}
              />
              <Checkbox
                pb="xs"
                label={t('planning.longTerm')}
                checked={goal.longTerm}
                onChange={({ currentTarget }) => put({ ...goal, longTerm: currentTarget.checked })}
              />
            </Group>
            <Textarea
              {...lines}
              required
              label={t('planning.text')}
              value={goal.text}
              onChange={({ currentTarget }) => put({ ...goal, text: currentTarget.value })}
            />
            <Measured goal={goal} put={put} />
          </RowCard>
        );
      })}
      <Group>
        <Button
          variant="default"
          onClick={() => change({ goals: [...goals, emptyGoal(crypto.randomUUID())] })}
        >
          {t('planning.addGoal')}
        </Button>
      </Group>
    </Stack>
  );
};
