/** The files of this tab: how far each is, what came of it, and what can be done where it failed. */
import { sumsOf } from '@fascia/fhir/rules';
import { Anchor, Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Columns } from '../parts/Columns.js';
import list from '../parts/list.module.css';
import { Trouble } from '../parts/states.js';
import { readersLocale } from '../words/words.js';
import type { Line, Standing } from './importing.js';
import { sumsText } from './reported.js';

const Far = ({ standing, file }: { readonly standing: Standing; readonly file: string }) => {
  const { t } = useTranslation();
  switch (standing.at) {
    case 'taking': {
      const { done, total } = standing;
      const counted = {
        done: done.toLocaleString(readersLocale()),
        total: total.toLocaleString(readersLocale()),
      };
      return (
        <Stack gap={4} miw={160}>
          <Text size="sm">{t('imports.standing.taking', counted)}</Text>
          <Progress
            value={total === 0 ? 100 : (100 * done) / total}
            aria-label={t('imports.far', { file })}
          />
        </Stack>
      );
    }
    case 'done':
      return (
        <Stack gap={4} align="flex-start">
          <Text>{sumsText(t, sumsOf(standing.report))}</Text>
          <Anchor
            renderRoot={(props) => <Link to="/imports/$id" params={{ id: standing.report.id }} {...props} />}
          >
            {t('imports.report')}
          </Anchor>
        </Stack>
      );
    case 'failed':
      return <Trouble error={standing.error} />;
    default:
      return <Text>{t(`imports.standing.${standing.at}`)}</Text>;
  }
};

interface LinesProps {
  readonly lines: readonly Line[];
  readonly again: (key: string) => void;
  readonly stop: () => void;
}

export const Lines = ({ lines, again, stop }: LinesProps) => {
  const { t } = useTranslation();
  const columns = (['file', 'state', 'action'] as const).map((column) => t(`imports.lineColumns.${column}`));
  const [file = '', state = '', action = ''] = columns;
  const running = lines.some(
    ({ standing: { at } }) => at === 'waiting' || at === 'reading' || at === 'taking',
  );
  return (
    <Stack component="section" gap="xs" aria-labelledby="lines">
      <Group justify="space-between">
        <Title order={2} size="h4" id="lines">
          {t('imports.lines')}
        </Title>
        {running && (
          <Button variant="default" mih={44} onClick={stop}>
            {t('imports.stop')}
          </Button>
        )}
      </Group>
      {running && <Text role="status">{t('imports.stays')}</Text>}
      <table className={list['list']} aria-labelledby="lines">
        <Columns columns={columns} />
        <tbody>
          {lines.map(({ key, file: { name }, standing }) => (
            <tr key={key}>
              <td data-label={file} className={list['words']}>
                <bdi>{name}</bdi>
              </td>
              <td data-label={state} className={list['words']}>
                <Far standing={standing} file={name} />
              </td>
              <td data-label={action}>
                {(standing.at === 'failed' || standing.at === 'stopped') && (
                  <Button
                    variant="light"
                    mih={44}
                    aria-label={t('imports.againOf', { file: name })}
                    onClick={() => again(key)}
                  >
                    {t('imports.again')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Stack>
  );
};
