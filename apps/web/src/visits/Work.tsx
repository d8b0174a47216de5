/** Under way: places on the body, a row for each intervention, what is recorded already, minutes and units. */
import { sitesOverlap, workedSites, type BodySite, type PayerProfileName } from '@fascia/clinical';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { BodyMap } from '../body-map/BodyMap.js';
import type { MarkedSite } from '../body-map/sites.js';
import { BODY_WORDS } from '../body-map/words.js';
import { inReadersLanguage } from '../words/words.js';
import { Recorded } from './Recorded.js';
import { RowCard } from './RowCard.js';
import {
  interventionOf,
  isAt,
  rowAt,
  rowLike,
  type PlanInForce,
  type Row,
  type Typed,
  type Visit,
} from './rows.js';
import { siteOf } from './site.js';
import { Tally } from './Tally.js';

interface WorkProps {
  readonly visit: Visit;
  readonly plan: PlanInForce | undefined;
  readonly payer: PayerProfileName | null;
  /** Whose work may be carried forward. */
  readonly last: Visit | undefined;
  readonly typed: Typed;
  readonly type: (typed: Typed | ((now: Typed) => Typed)) => void;
}

interface Failed {
  readonly id: string;
  readonly error: Error;
}

/** One after the other: the rest waits where one is refused. */
const useRecording = (visit: Visit, plan: PlanInForce | undefined, recorded: (row: Row) => void) => {
  const act = useAct('sessions');
  const [recording, setRecording] = useState(false);
  const [failed, setFailed] = useState<Failed>();
  const recordAll = async (rows: readonly Row[]): Promise<void> => {
    setRecording(true);
    setFailed(undefined);
    for (const row of rows) {
      const body = interventionOf(row, plan);
      if (body === undefined) continue;
      try {
        await act.mutateAsync({ id: visit.id, command: 'RecordIntervention', body, key: row.id });
        recorded(row);
      } catch (error) {
        setFailed({ id: row.id, error: error as Error });
        break;
      }
    }
    setRecording(false);
  };
  return { recordAll: (rows: readonly Row[]) => void recordAll(rows), recording, failed };
};

/** Marked are places with a row, and those where something was done, with its tissue. */
const marksOf = (
  rows: readonly Row[],
  { interventions }: Visit,
  notRecorded: string,
): readonly MarkedSite[] => [
  ...rows.map((row) => ({ ...siteOf(row), tone: row.tissue, label: notRecorded })),
  ...interventions.map(({ region, side, tissue }) => ({ region, side, tone: tissue })),
];

const Places = ({
  rows,
  visit,
  plan,
  type,
}: {
  readonly rows: readonly Row[];
  readonly visit: Visit;
  readonly plan: PlanInForce | undefined;
  readonly type: (rows: readonly Row[]) => void;
}) => {
  const { t } = useTranslation();
  const words = inReadersLanguage(BODY_WORDS);
  /** A row that is not recorded is taken back; a place where something was done gets another. */
  const toggle = (site: BodySite): void => {
    const others = rows.filter((row) => !sitesOverlap(siteOf(row), site));
    type(others.length < rows.length ? others : [...rows, rowAt(site, plan)]);
  };
  return (
    <BodyMap
      sites={marksOf(rows, visit, t('visit.notRecorded'))}
      words={words}
      onToggle={toggle}
      whyNot={(site) => (site.region === 'widespread' ? t('visit.nameRegion') : undefined)}
      label={t('visit.places')}
    />
  );
};

/** Where the plan means to work and no row is yet. */
const unworked = (
  plan: PlanInForce | undefined,
  rows: readonly Row[],
  { interventions }: Visit,
): readonly BodySite[] => {
  const worked = [...rows, ...interventions].map(siteOf);
  const planned = (plan?.interventions ?? [])
    .flatMap(({ sites }) => sites as readonly BodySite[])
    .flatMap(workedSites);
  const fresh = planned.filter(
    (site) => site.region !== 'widespread' && !worked.some((one) => sitesOverlap(one, site)),
  );
  return fresh.filter((site, n) => fresh.findIndex((one) => isAt(one, site)) === n);
};

type Worked = BodySite & { readonly technique?: string };

/** What was done last time and has no row yet: pressed twice, nothing is there twice. */
const notYetIn = <W extends Worked>(worked: readonly Worked[], before: readonly W[]): readonly W[] =>
  before.filter(
    (done) => !worked.some((one) => one.technique === done.technique && isAt(siteOf(one), siteOf(done))),
  );

export const Work = ({ visit, plan, payer, last, typed, type }: WorkProps) => {
  const { t } = useTranslation();
  // Who goes on as before needs no map; who begins does.
  const [map, setMap] = useState(visit.interventions.length === 0);
  const { rows } = typed;
  const add = (more: readonly Row[]): void => {
    type({ rows: [...rows, ...more] });
    setMap(false);
  };
  const { recordAll, recording, failed } = useRecording(visit, plan, ({ id }) =>
    type((now) => ({ rows: now.rows.filter((row) => row.id !== id) })),
  );
  const ready = rows.filter((row) => interventionOf(row, plan) !== undefined);
  const planned = unworked(plan, rows, visit);
  const carried = notYetIn([...rows, ...visit.interventions], last?.interventions ?? []);
  return (
    <Stack>
      <Group gap="sm">
        {carried.length > 0 && (
          <Button variant="default" onClick={() => add(carried.map(rowLike))}>
            {t('visit.carryForward', { count: carried.length })}
          </Button>
        )}
        {planned.length > 0 && (
          <Button variant="default" onClick={() => add(planned.map((site) => rowAt(site, plan)))}>
            {t('visit.asPlanned', { count: planned.length })}
          </Button>
        )}
        <Button variant="default" aria-expanded={map} onClick={() => setMap(!map)}>
          {t('visit.choosePlaces')}
        </Button>
      </Group>
      {map && <Places {...{ rows, visit, plan }} type={(changed) => type({ rows: changed })} />}
      {rows.map((row) => (
        <RowCard
          key={row.id}
          {...{ row, visit, plan }}
          change={(changed) => type({ rows: rows.map((one) => (one.id === row.id ? changed : one)) })}
          remove={() => type({ rows: rows.filter((one) => one.id !== row.id) })}
          record={() => recordAll([row])}
          busy={recording}
          error={failed?.id === row.id ? failed.error : undefined}
        />
      ))}
      {rows.length > 1 && (
        <Group>
          <Button disabled={ready.length === 0} loading={recording} onClick={() => recordAll(ready)}>
            {t('visit.recordAll', { count: ready.length })}
          </Button>
        </Group>
      )}
      {rows.length > 0 && <Text size="sm">{t('visit.pending', { count: rows.length })}</Text>}
      <Tally recorded={visit.interventions} pending={rows} payer={payer} />
      <Recorded interventions={visit.interventions} />
    </Stack>
  );
};
