/** What a place says when it has nothing to show: it loads, is empty, failed, or is not for you; and what to do next. */
import { Alert, Button, Center, Code, Loader, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KEY_REUSED, maySucceedLater, Problem, Unreachable } from '../api/problem.js';

export const Loading = () => {
  const { t } = useTranslation();
  return (
    <Center py="xl" role="status" aria-live="polite">
      <Stack align="center" gap="xs">
        <Loader />
        <Text>{t('state.loading')}</Text>
      </Stack>
    </Center>
  );
};

interface EmptyProps {
  readonly title: string;
  readonly text: string;
  /** It is all that there is on the page. */
  readonly alone?: boolean;
  readonly children?: ReactNode;
}

export const Empty = ({ title, text, alone = false, children }: EmptyProps) => (
  <Center py="xl" px="md">
    <Stack align="center" gap="xs" maw={420}>
      <IconInbox size={40} stroke={1.4} aria-hidden />
      <Title order={alone ? 1 : 2} size="h4" ta="center">
        {title}
      </Title>
      <Text ta="center">{text}</Text>
      {children}
    </Stack>
  </Center>
);

/** A page that is there for other roles. */
export const NotForYou = () => {
  const { t } = useTranslation();
  return <Empty alone title={t('state.forbidden')} text={t('state.forbiddenText')} />;
};

/** Title and sentence of what went wrong; the service's own words where it said something. */
const useTold = (error: Error): { readonly title: string; readonly text: string } => {
  const { t } = useTranslation();
  if (error instanceof Unreachable) return { title: t('state.offline'), text: t('state.offlineText') };
  if (!(error instanceof Problem)) return { title: t('state.broken'), text: t('state.brokenText') };
  if (error.status === 404) return { title: t('state.missing'), text: t('state.missingText') };
  if (error.code === 'FORBIDDEN_ROLE') return { title: t('state.forbidden'), text: t('state.forbiddenText') };
  if (error.code === KEY_REUSED) return { title: t('act.sentBefore'), text: t('act.sentBeforeText') };
  return { title: error.document.title, text: error.document.detail };
};

export const Trouble = ({ error, again }: { readonly error: Error; readonly again?: () => void }) => {
  const { t } = useTranslation();
  const { title, text } = useTold(error);
  const { refusals = [], instance, status = 0 } = error instanceof Problem ? { ...error.document } : {};
  // One sentence may be about several things: it is told once.
  const told = [...new Set(refusals.map(({ detail }) => detail))];
  return (
    <Alert color="red" variant="light" title={title} icon={<IconAlertTriangle aria-hidden />} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text>{text}</Text>
        {told.length > 1 && (
          <>
            <Text fw={600}>{t('act.all')}</Text>
            <ul>
              {told.map((detail) => (
                <li key={detail}>{detail}</li>
              ))}
            </ul>
          </>
        )}
        {status >= 500 && instance !== undefined && (
          <Code>{t('state.quote', { id: instance.replace('urn:uuid:', '') })}</Code>
        )}
        {again !== undefined && (
          <Button variant="outline" color="red" onClick={again}>
            {t('state.again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
};

/** Above what was answered before: it could not be asked anew. What is only busy is asked again by itself. */
export const Outdated = ({ error, again }: { readonly error: Error | null; readonly again: () => void }) =>
  error === null || maySucceedLater(error) ? undefined : <Trouble error={error} again={again} />;

/** A list that lacks something says so, above what it shows. */
export const Incomplete = ({ streams }: { readonly streams: number }) => {
  const { t } = useTranslation();
  if (streams === 0) return undefined;
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} role="status">
      {t('state.incomplete', { count: streams })}
    </Alert>
  );
};
