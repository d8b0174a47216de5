/** One intervention that is not recorded yet: what, where, how hard, how long, and how the patient took it. */
import { TISSUES } from '@fascia/clinical';
import {
  Alert,
  Badge,
  Button,
  Card,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { BODY_WORDS, headline, siteName } from '../body-map/words.js';
import { NumberTyped } from '../parts/NumberTyped.js';
import { Trouble } from '../parts/states.js';
import { inReadersLanguage } from '../words/words.js';
import { choicesAt, closedBy, hardestGrade, type Choice, type Judged } from './allowed.js';
import { Cells, ratings } from './Cells.js';
import {
  deviationsIn,
  isSecond,
  lackingIn,
  usualCode,
  type PlanInForce,
  type Row,
  type Visit,
} from './rows.js';
import { siteOf } from './site.js';
import { useAllowed } from './use-allowed.js';
import css from './visit.module.css';

export interface RowCardProps {
  readonly row: Row;
  readonly visit: Visit;
  readonly plan: PlanInForce | undefined;
  readonly change: (row: Row) => void;
  readonly remove: () => void;
  readonly record: () => void;
  readonly busy: boolean;
  /** Why it was not recorded, where somebody tried. */
  readonly error: Error | undefined;
}

type PartProps = Pick<RowCardProps, 'row' | 'change' | 'plan'> & { readonly judged: Judged };

/** Where the hands stop (product default of the catalogue). */
const TOO_MUCH_PAIN = 7;
const LINE = 200;

const grouped = (choices: readonly Choice[], planned: string, other: string) =>
  [
    { group: planned, items: choices.filter((choice) => choice.planned) },
    { group: other, items: choices.filter((choice) => !choice.planned) },
  ]
    .filter(({ items }) => items.length > 0)
    .map(({ group, items }) => ({
      group,
      items: items.map(({ code, name, closed }) => ({
        value: code,
        label: headline(name),
        disabled: closed !== undefined,
      })),
    }));

const Technique = ({ row, change, plan, judged }: PartProps) => {
  const { t } = useTranslation();
  const planned = plan?.interventions.map(({ technique }) => technique) ?? [];
  const choices = choicesAt(judged, row.tissue, planned);
  return (
    <Select
      label={t('visit.technique')}
      data={grouped(choices, t('visit.inPlan'), t('visit.notInPlan'))}
      classNames={{ option: css['option'] ?? '' }}
      maxDropdownHeight={360}
      renderOption={({ option }) => {
        const closed = choices.find(({ code }) => code === option.value)?.closed;
        return (
          <div>
            <Text size="sm">{option.label}</Text>
            {closed !== undefined && <Text size="xs">{t('visit.notHere', { why: closed })}</Text>}
          </div>
        );
      }}
      allowDeselect={false}
      value={row.technique ?? null}
      onChange={(technique) => {
        if (technique !== null) change({ ...row, technique, cpt: usualCode(plan, technique) });
      }}
    />
  );
};

const Amounts = ({ row, change }: Pick<PartProps, 'row' | 'change'>) => {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('visit.tissue')}
        data={TISSUES.map((value) => ({ value, label: headline(t(`names.tissue.${value}`)) }))}
        classNames={{ option: css['option'] ?? '' }}
        allowDeselect={false}
        value={row.tissue ?? null}
        onChange={(tissue) => {
          if (tissue !== null) change({ ...row, tissue: tissue });
        }}
      />
      <NumberTyped
        label={t('visit.minutes')}
        min={0}
        max={480}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={row.minutes}
        change={(minutes) => {
          const { minutes: _before, ...others } = row;
          change(minutes === undefined ? others : { ...others, minutes });
        }}
      />
      <TextInput
        label={t('visit.code')}
        maxLength={10}
        value={row.cpt}
        onChange={({ currentTarget }) => change({ ...row, cpt: currentTarget.value })}
      />
    </>
  );
};

const Taken = ({ row, change, judged }: PartProps) => {
  const { t } = useTranslation();
  const { grade, why } = hardestGrade(judged, row.tissue);
  return (
    <Stack gap="sm">
      <Group gap="xl" align="flex-start">
        <Cells
          label={t('visit.pressure')}
          help={why === undefined ? undefined : t('visit.softer', { grade, why })}
          cells={ratings(1, 5, grade)}
          chosen={row.pressureGrade}
          choose={(pressureGrade) => change({ ...row, pressureGrade })}
        />
        <Cells
          label={t('visit.painDuring')}
          cells={ratings(0, 10)}
          chosen={row.nprsDuring}
          choose={(nprsDuring) => change({ ...row, nprsDuring })}
        />
      </Group>
      {(row.nprsDuring ?? 0) > TOO_MUCH_PAIN && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} role="status">
          {t('visit.tooMuchPain')}
        </Alert>
      )}
      <TextInput
        label={t('visit.response')}
        maxLength={4000}
        dir="auto"
        value={row.response}
        onChange={({ currentTarget }) => change({ ...row, response: currentTarget.value })}
      />
    </Stack>
  );
};

/** What left the plan before in this visit does not leave it a second time in the same way. */
const Leaving = ({ row, change, plan, visit }: Pick<RowCardProps, 'row' | 'change' | 'plan' | 'visit'>) => {
  const { t } = useTranslation();
  const leaving = deviationsIn(row, plan);
  if (leaving.length === 0) return undefined;
  const again = leaving.filter((deviation) => isSecond(deviation, visit.interventions));
  return (
    <Stack gap="xs">
      {again.map((deviation) => (
        <Alert
          key={deviation}
          color="yellow"
          variant="light"
          icon={<IconAlertTriangle aria-hidden />}
          role="status"
        >
          {t(`visit.secondDeviation.${deviation}`)}
        </Alert>
      ))}
      <TextInput
        label={t('visit.deviationReason')}
        description={leaving.map((deviation) => t(`visit.deviation.${deviation}`)).join(' ')}
        required
        maxLength={LINE}
        dir="auto"
        value={row.deviationReason}
        onChange={({ currentTarget }) => change({ ...row, deviationReason: currentTarget.value })}
      />
    </Stack>
  );
};

/** Chosen before it was forbidden, or carried forward. */
const Closed = ({ row, change, judged }: Pick<PartProps, 'row' | 'change' | 'judged'>) => {
  const { t } = useTranslation();
  const why = row.technique === undefined ? undefined : closedBy(judged, row.technique, row.tissue);
  if (why === undefined) return undefined;
  return (
    <>
      <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
        {t('visit.notHere', { why })}
      </Alert>
      <TextInput
        label={t('visit.doneDespite')}
        description={t('visit.doneDespiteHelp')}
        maxLength={4000}
        dir="auto"
        value={row.doneDespite}
        onChange={({ currentTarget }) => change({ ...row, doneDespite: currentTarget.value })}
      />
    </>
  );
};

export const RowCard = ({ row, visit, plan, change, remove, record, busy, error }: RowCardProps) => {
  const { t } = useTranslation();
  const { data, error: unknown, refetch } = useAllowed(visit, siteOf(row));
  const judged = data?.sites ?? [];
  const place = headline(siteName(inReadersLanguage(BODY_WORDS), siteOf(row)));
  const lacking = lackingIn(row, plan);
  return (
    <Card component="article" withBorder aria-label={place}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h5">
            {place}
          </Title>
          <Badge color="orange" variant="light" autoContrast>
            {t('visit.notRecorded')}
          </Badge>
        </Group>
        {unknown !== null && <Trouble error={unknown} again={() => void refetch()} />}
        <Closed {...{ row, change, judged }} />
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
          <Technique {...{ row, change, plan, judged }} />
          <Amounts {...{ row, change }} />
        </SimpleGrid>
        <Taken {...{ row, change, plan, judged }} />
        <Leaving {...{ row, change, plan, visit }} />
        {error !== undefined && <Trouble error={error} />}
        <Group>
          <Button
            variant="light"
            disabled={lacking.length > 0}
            loading={busy}
            onClick={record}
            aria-label={t('visit.recordAt', { place })}
          >
            {t('visit.record')}
          </Button>
          <Button variant="subtle" onClick={remove} aria-label={t('visit.removeAt', { place })}>
            {t('visit.remove')}
          </Button>
          {lacking.length > 0 && (
            <Text size="sm" c="dimmed">
              {t('visit.lacking', { parts: lacking.map((part) => t(`visit.part.${part}`)).join(', ') })}
            </Text>
          )}
        </Group>
      </Stack>
    </Card>
  );
};
