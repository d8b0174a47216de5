/** Whose files, of which system, and the files: chosen, or dropped. */
import { Anchor, Button, Card, FileButton, Group, Select, Stack, Text, Title } from '@mantine/core';
import { isImportable } from '@fascia/fhir/rules';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { placesFor } from '../app/places.js';
import type { Answer } from '../api/questions.js';
import { useWhole } from '../api/use-service.js';
import { Incomplete, Loading, Trouble } from '../parts/states.js';
import { useMe } from '../session/me.js';
import { readersLocale } from '../words/words.js';
import type { Of } from './importing.js';

type Organization = Answer<'listOrganizations'>;

const FILES = '.json,.ndjson,.gz';

const NoSource = () => {
  const { t } = useTranslation();
  const { role } = useMe().actingAs;
  return (
    <Stack gap={4} align="flex-start" role="status">
      <Text fw={600}>{t('imports.noSource')}</Text>
      {placesFor(role).includes('/organizations') ? (
        <Anchor renderRoot={(props) => <Link to="/organizations" {...props} />}>
          {t('imports.nameSource')}
        </Anchor>
      ) : (
        <Text>{t('imports.askOperator')}</Text>
      )}
    </Stack>
  );
};

interface FilesProps {
  readonly take: (files: readonly File[]) => void;
}

const Files = ({ take }: FilesProps) => {
  const { t } = useTranslation();
  const [left, setLeft] = useState<readonly string[]>([]);
  const forget = useRef<() => void>(null);
  const choose = (files: readonly File[]): void => {
    const able = files.filter(({ name }) => isImportable(name));
    setLeft(files.filter((file) => !able.includes(file)).map(({ name }) => name));
    if (able.length > 0) take(able);
    // The same file may be chosen again.
    forget.current?.();
  };
  const names = new Intl.ListFormat(readersLocale()).format(left);
  return (
    <Stack
      gap="xs"
      align="flex-start"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        choose([...event.dataTransfer.files]);
      }}
    >
      <Group>
        <FileButton multiple accept={FILES} resetRef={forget} onChange={choose}>
          {(props) => (
            <Button mih={44} {...props}>
              {t('imports.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm">{t('imports.drop')}</Text>
      </Group>
      {left.length > 0 && (
        <Text role="status" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {t('imports.notTaken', { names, count: left.length })}
        </Text>
      )}
    </Stack>
  );
};

interface ChoicesProps {
  readonly organizations: readonly Organization[];
  readonly take: (files: readonly File[], of: Of) => void;
}

/** Whoever works for one organisation imports for it, operators for any. */
const Choices = ({ organizations, take }: ChoicesProps) => {
  const { t } = useTranslation();
  const { role, organizationId: at } = useMe().actingAs;
  const own = role === 'operator' ? undefined : at;
  const [chosen, choose] = useState<string>();
  const [typed, setSource] = useState<string>();
  const organizationId = chosen ?? own ?? organizations.find(({ sources }) => sources.length > 0)?.id;
  const sources = organizations.find(({ id }) => id === organizationId)?.sources ?? [];
  const source =
    sources.find(({ system }) => system === typed)?.system ??
    sources.find(({ byDefault }) => byDefault)?.system ??
    sources[0]?.system;
  return (
    <Stack>
      <Group align="flex-start">
        {own === undefined && (
          <Select
            label={t('imports.organization')}
            searchable
            allowDeselect={false}
            data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
            value={organizationId ?? null}
            onChange={(id) => choose(id ?? undefined)}
          />
        )}
        {source !== undefined && (
          <Select
            label={t('imports.source')}
            allowDeselect={false}
            miw={260}
            data={sources.map(({ system }) => system)}
            value={source}
            onChange={(system) => setSource(system ?? undefined)}
          />
        )}
      </Group>
      {organizationId === undefined || source === undefined ? (
        <NoSource />
      ) : (
        <Files take={(files) => take(files, { organizationId, source })} />
      )}
    </Stack>
  );
};

export const ImportForm = ({ take }: Pick<ChoicesProps, 'take'>) => {
  const { t } = useTranslation();
  const { items, lacking, error, refetch } = useWhole('listOrganizations', {});
  return (
    <Card withBorder component="section" aria-labelledby="begin">
      <Stack>
        <Title order={2} size="h4" id="begin">
          {t('imports.begin')}
        </Title>
        <Text>{t('imports.beginText')}</Text>
        <Incomplete streams={lacking} />
        {error !== null && <Trouble error={error} again={() => void refetch()} />}
        {items === undefined && error === null && <Loading />}
        {items !== undefined && <Choices organizations={items} take={take} />}
      </Stack>
    </Card>
  );
};
