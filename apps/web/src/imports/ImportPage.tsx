/** What one import brought, left out, and what of it a person has to settle. */
import './own-words.js';
import { sumsOf } from '@fascia/fhir/rules';
import { Anchor, Code, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { placesFor } from '../app/places.js';
import { keyOf, useService } from '../api/use-service.js';
import { FactTable } from '../parts/FactTable.js';
import list from '../parts/list.module.css';
import { Loading, NotForYou, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { useMe } from '../session/me.js';
import { readersLocale } from '../words/words.js';
import type { Report } from './importing.js';
import { codeText, droppedText, kindText, needsSomebody, placesText, sumsText, whyText } from './reported.js';

const page = getRouteApi('/imports/$id');

const number = (of: number): string => of.toLocaleString(readersLocale());

const COUNTS = ['added', 'changed', 'unchanged', 'different', 'refused'] as const;

const Things = ({ byKind }: Pick<Report, 'byKind'>) => {
  const { t } = useTranslation();
  const kind = t('imports.thingsColumns.kind');
  return (
    <FactTable
      size="h4"
      id="things"
      title={t('imports.things')}
      columns={[kind, ...COUNTS.map((part) => t(`imports.thingsColumns.${part}`))]}
    >
      {Object.entries(byKind).map(([what, counts]) => (
        <tr key={what}>
          <td data-label={kind}>{kindText(t, what)}</td>
          {COUNTS.map((part) => (
            <td key={part} data-label={t(`imports.thingsColumns.${part}`)}>
              {number(counts[part])}
            </td>
          ))}
        </tr>
      ))}
    </FactTable>
  );
};

const READ = ['read', 'taken', 'ignored', 'broken'] as const;

const Resources = ({ resources }: Pick<Report, 'resources'>) => {
  const { t } = useTranslation();
  const type = t('imports.resourceColumns.type');
  return (
    <FactTable
      size="h4"
      id="resources"
      title={t('imports.resources')}
      columns={[type, ...READ.map((part) => t(`imports.resourceColumns.${part}`))]}
    >
      {resources.map((tally) => (
        <tr key={tally.resourceType}>
          <td data-label={type} className={list['words']}>
            <bdi>{tally.resourceType}</bdi>
          </td>
          {READ.map((part) => (
            <td key={part} data-label={t(`imports.resourceColumns.${part}`)}>
              {number(tally[part])}
            </td>
          ))}
        </tr>
      ))}
    </FactTable>
  );
};

interface Told {
  readonly key: string;
  readonly what: string;
  readonly why: string;
  readonly count: number;
  readonly pointers: readonly string[];
}

interface CountedProps {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly [what: string, why: string, count: string, where: string];
  readonly told: readonly Told[];
}

const Counted = ({ id, title, columns, told }: CountedProps) => {
  const { t } = useTranslation();
  const [what, why, count, where] = columns;
  return (
    <FactTable size="h4" id={id} title={title} columns={columns}>
      {told.map((one) => (
        <tr key={one.key}>
          <td data-label={what} className={list['words']}>
            <bdi>{one.what}</bdi>
          </td>
          <td data-label={why} className={list['words']}>
            {one.why}
          </td>
          <td data-label={count}>{number(one.count)}</td>
          <td data-label={where} className={list['words']}>
            <Code>{placesText(t, one.pointers, one.count)}</Code>
          </td>
        </tr>
      ))}
    </FactTable>
  );
};

const Broken = ({ broken }: Pick<Report, 'broken'>) => {
  const { t } = useTranslation();
  const where = t('imports.brokenColumns.where');
  const why = t('imports.brokenColumns.why');
  const dropped = t('imports.brokenColumns.dropped');
  return (
    <FactTable size="h4" id="broken" title={t('imports.broken')} columns={[where, why, dropped]}>
      {broken.map((fault) => (
        <tr key={`${fault.pointer} ${fault.why}`}>
          <td data-label={where} className={list['words']}>
            <Code>{fault.pointer}</Code>
          </td>
          <td data-label={why} className={list['words']} dir="auto">
            {fault.why}
          </td>
          <td data-label={dropped}>{droppedText(t, fault.dropped)}</td>
        </tr>
      ))}
    </FactTable>
  );
};

const Reported = ({ report }: { readonly report: Report }) => {
  const { t } = useTranslation();
  const { byKind, resources, ignored, broken, refusals, source } = report;
  const sums = sumsOf(report);
  const told = [t('imports.told.why'), t('imports.told.count'), t('imports.told.where')] as const;
  return (
    <>
      <div>
        <Text fw={600}>{sumsText(t, sums)}</Text>
        {source !== undefined && (
          <Text style={{ overflowWrap: 'anywhere' }}>
            {t('imports.source')}: <bdi>{source}</bdi>
          </Text>
        )}
        {!needsSomebody(sums) && <Text>{t('imports.whole')}</Text>}
      </div>
      {refusals.length > 0 && (
        <>
          <Counted
            id="settle"
            title={t('imports.settle')}
            columns={[t('imports.thingsColumns.kind'), ...told]}
            told={refusals.map(({ kind, code, ...rest }) => ({
              key: `${kind} ${code}`,
              what: kindText(t, kind),
              why: codeText(t, code),
              ...rest,
            }))}
          />
          {sums.different > 0 && <Text>{t('imports.settleText')}</Text>}
        </>
      )}
      {broken.length > 0 && <Broken broken={broken} />}
      {Object.keys(byKind).length > 0 && <Things byKind={byKind} />}
      <Resources resources={resources} />
      {ignored.length > 0 && (
        <Counted
          id="left"
          title={t('imports.leftOut')}
          columns={[t('imports.resourceColumns.type'), ...told]}
          told={ignored.map(({ resourceType, why, ...rest }) => ({
            key: `${resourceType} ${why}`,
            what: resourceType,
            why: whyText(t, why),
            ...rest,
          }))}
        />
      )}
    </>
  );
};

const Asked = () => {
  const { t } = useTranslation();
  const { id } = page.useParams();
  const service = useService();
  const { data, error, refetch } = useQuery({
    queryKey: [...keyOf('listImports').slice(0, 1), id],
    queryFn: async ({ signal }) => (await service.read<Report>(`imports/${id}`, signal)).body,
  });
  return (
    <Stack>
      <Title order={1}>{t('imports.report')}</Title>
      <Anchor renderRoot={(props) => <Link to="/imports" {...props} />}>{t('imports.toList')}</Anchor>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && <Reported report={data} />}
    </Stack>
  );
};

export const ImportPage = () => {
  const { t } = useTranslation();
  useTitle(t('imports.report'));
  const { role } = useMe().actingAs;
  return placesFor(role).includes('/imports') ? <Asked /> : <NotForYou />;
};
