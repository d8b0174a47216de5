/** Files are imported here, and what was imported before is looked up. */
import './own-words.js';
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { placesFor } from '../app/places.js';
import type { Answer } from '../api/questions.js';
import { useList } from '../api/use-service.js';
import list from '../parts/list.module.css';
import { Moment } from '../parts/Moment.js';
import { PagedTable, type RowIndex } from '../parts/PagedTable.js';
import { ROW_LINK, useRowKeys } from '../parts/rows.js';
import { NotForYou } from '../parts/states.js';
import { momentText } from '../parts/times.js';
import { useTitle } from '../parts/use-title.js';
import { Who } from '../parts/Who.js';
import { useMe } from '../session/me.js';
import { ImportForm } from './ImportForm.js';
import { Lines } from './Lines.js';
import { needsSomebody, sumsText } from './reported.js';
import { useImporting } from './use-importing.js';

type Entry = Answer<'listImports'>;

const COLUMNS = ['at', 'organization', 'source', 'result', 'by'] as const;

const Row = ({ entry, index }: { readonly entry: Entry; readonly index: RowIndex }) => {
  const { t } = useTranslation();
  const { id, at, organization, source, by } = entry;
  return (
    <tr {...index}>
      <td data-label={t('imports.columns.at')}>
        <Anchor
          aria-label={t('imports.reportOf', { at: momentText(at) })}
          renderRoot={(props) => (
            <Link to="/imports/$id" params={{ id }} {...props} {...{ [ROW_LINK]: '' }} />
          )}
        >
          <Moment at={at} />
        </Anchor>
      </td>
      <td data-label={t('imports.columns.organization')} className={list['words']}>
        <bdi>{organization.name ?? t('state.unnamed')}</bdi>
      </td>
      <td data-label={t('imports.columns.source')} className={list['words']}>
        <bdi>{source}</bdi>
      </td>
      <td data-label={t('imports.columns.result')} className={list['words']}>
        <Text {...(needsSomebody(entry) ? { fw: 600 } : {})}>{sumsText(t, entry)}</Text>
      </td>
      <td data-label={t('imports.columns.by')} className={list['words']}>
        <div>
          <Who byName={by.name} role={by.role} />
        </div>
      </td>
    </tr>
  );
};

const Before = () => {
  const { t } = useTranslation();
  const asked = useList('listImports', {});
  useRowKeys();
  return (
    <Stack component="section" gap="xs" aria-labelledby="before">
      <Title order={2} size="h4" id="before">
        {t('imports.before')}
      </Title>
      <PagedTable<'listImports'>
        asked={asked}
        label={t('imports.before')}
        empty={[t('imports.empty'), t('imports.emptyText')]}
        columns={COLUMNS.map((column) => t(`imports.columns.${column}`))}
        row={(entry, index) => <Row key={entry.id} entry={entry} index={index} />}
      />
    </Stack>
  );
};

const Page = () => {
  const { t } = useTranslation();
  const { importing, lines } = useImporting();
  return (
    <Stack>
      <Title order={1}>{t('imports.title')}</Title>
      <ImportForm take={(files, of) => importing.add(files, of)} />
      {lines.length > 0 && (
        <Lines lines={lines} again={(key) => importing.again(key)} stop={() => importing.stop()} />
      )}
      <Before />
    </Stack>
  );
};

export const ImportsPage = () => {
  const { t } = useTranslation();
  useTitle(t('imports.title'));
  const { role } = useMe().actingAs;
  return placesFor(role).includes('/imports') ? <Page /> : <NotForYou />;
};
