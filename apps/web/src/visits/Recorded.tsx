/** What was done, as it was recorded. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import list from '../parts/list.module.css';
import { BODY_WORDS, headline, siteName } from '../body-map/words.js';
import { techniqueName } from '../safety/catalogue-words.js';
import { inReadersLanguage } from '../words/words.js';
import type { Intervention } from './rows.js';
import { siteOf } from './site.js';
import { Columns } from '../parts/Columns.js';

const COLUMNS = [
  'place',
  'technique',
  'tissue',
  'pressure',
  'minutes',
  'code',
  'painDuring',
  'response',
] as const;

/** May hold anything that somebody wrote, and breaks where it must. */
const isLong = (column: (typeof COLUMNS)[number]): boolean =>
  column === 'technique' || column === 'response' || column === 'place';

const Row = ({ done }: { readonly done: Intervention }) => {
  const { t } = useTranslation();
  const { technique, tissue, pressureGrade, minutes, cpt, timed, nprsDuring, response, deviationReason } =
    done;
  const cells: Readonly<Record<(typeof COLUMNS)[number], string>> = {
    place: headline(siteName(inReadersLanguage(BODY_WORDS), siteOf(done))),
    technique: headline(techniqueName(technique)),
    tissue: t(`names.tissue.${tissue}`),
    pressure: String(pressureGrade),
    minutes: timed ? String(minutes) : t('visit.untimed', { count: minutes }),
    code: cpt,
    painDuring: nprsDuring === undefined ? '' : String(nprsDuring),
    response: response ?? '',
  };
  return (
    <tr>
      {COLUMNS.map((column) => (
        <td
          key={column}
          data-label={t(`visit.${column}`)}
          {...(isLong(column) ? { className: list['words'] } : {})}
        >
          <bdi>{cells[column]}</bdi>
          {column === 'technique' && deviationReason !== undefined && (
            <Text size="sm" dir="auto">
              {t('visit.leftPlan', { why: deviationReason })}
            </Text>
          )}
        </td>
      ))}
    </tr>
  );
};

export const Recorded = ({ interventions }: { readonly interventions: readonly Intervention[] }) => {
  const { t } = useTranslation();
  if (interventions.length === 0) return <Text>{t('visit.nothingRecorded')}</Text>;
  return (
    <table className={list['list']} aria-label={t('visit.recorded')}>
      <Columns columns={COLUMNS.map((column) => t(`visit.${column}`))} />
      <tbody>
        {interventions.map((done) => (
          <Row key={done.seq} done={done} />
        ))}
      </tbody>
    </table>
  );
};
