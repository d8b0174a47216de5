/** Papers that go with an order: files chosen or dropped here, and those that are on the patient's record already. */
import { Alert, Button, Card, FileButton, Group, Loader, Select, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maySucceedLater } from '../api/problem.js';
import { lackingIn, useList } from '../api/use-service.js';
import { calledIn, DocumentLine } from '../documents/DocumentLine.js';
import { CHOSEN_FROM, MOST_BYTES, sizeText } from '../documents/files.js';
import { useFiling, type Filed, type OnItsWay } from '../documents/use-filing.js';
import { Incomplete, Trouble } from '../parts/states.js';
import { names } from '../words/names.js';
import type { Content } from './content.js';
import type { PartProps } from './parts.js';

type Kind = keyof typeof names.documentKind;
const KINDS = Object.keys(names.documentKind) as readonly Kind[];

const MOST = 100;

const attach = ({ attachments = [] }: Content, paper: Filed): Partial<Content> => ({
  attachments: [...attachments.filter(({ documentId }) => documentId !== paper.documentId), paper],
});

interface WayProps {
  readonly one: OnItsWay;
  readonly again: (one: OnItsWay) => void;
  readonly drop: (key: string) => void;
}

const Way = ({ one, again, drop }: WayProps) => {
  const { t } = useTranslation();
  const { key, file, standing } = one;
  const trying = standing instanceof Error && maySucceedLater(standing) ? { again: () => again(one) } : {};
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{file.name}</bdi>
        </Text>
        {standing === 'sending' ? (
          <Group gap="xs" role="status">
            <Loader size="sm" />
            <Text size="sm">{t('documents.sending')}</Text>
          </Group>
        ) : (
          <Button
            variant="subtle"
            mih={44}
            aria-label={`${t('documents.dismiss')}: ${file.name}`}
            onClick={() => drop(key)}
          >
            {t('documents.dismiss')}
          </Button>
        )}
      </Group>
      {standing === 'tooLarge' && (
        <Alert color="red" variant="light" role="alert">
          {t('documents.tooLarge', { most: sizeText(MOST_BYTES) })}
        </Alert>
      )}
      {standing instanceof Error && <Trouble error={standing} {...trying} />}
    </Stack>
  );
};

/** By hand, by keyboard or by letting them fall. */
const Files = ({ add }: { readonly add: (files: readonly File[], kind: Kind) => void }) => {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('other');
  const [over, setOver] = useState(false);
  // The same file may be chosen again after it was left out.
  const forget = useRef<() => void>(null);
  const choose = (files: readonly File[]): void => {
    add(files, kind);
    forget.current?.();
  };
  return (
    <Card
      withBorder
      style={{
        borderStyle: 'dashed',
        ...(over ? { borderColor: 'var(--mantine-primary-color-filled)' } : {}),
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        choose([...event.dataTransfer.files]);
      }}
    >
      <Group align="flex-end">
        <Select
          label={t('documents.kind')}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`names.documentKind.${value}`) }))}
          value={kind}
          onChange={(value) => setKind(value ?? kind)}
        />
        <FileButton multiple accept={CHOSEN_FROM} resetRef={forget} onChange={choose}>
          {(props) => (
            <Button variant="default" mih={44} {...props}>
              {t('documents.add')}
            </Button>
          )}
        </FileButton>
        <Text size="sm">{t('documents.drop', { most: sizeText(MOST_BYTES) })}</Text>
      </Group>
    </Card>
  );
};

/** Filed before, with this order or another. */
const OnRecord = ({ patientId, content: { attachments = [] }, change }: PartProps) => {
  const { t } = useTranslation();
  const { data, error } = useList('listDocuments', { patientId, status: 'filed', limit: MOST });
  const others = (data?.pages[0]?.items ?? []).filter(
    ({ id }) => !attachments.some(({ documentId }) => documentId === id),
  );
  return (
    <>
      <Incomplete streams={lackingIn(data)} />
      {error !== null && <Trouble error={error} />}
      {others.length > 0 && (
        <Select
          label={t('documents.onRecord')}
          data={others.map((paper) => ({ value: paper.id, label: calledIn(t, paper) }))}
          value={null}
          onChange={(id) => {
            const paper = others.find((one) => one.id === id);
            if (paper !== undefined)
              change((now) => attach(now, { documentId: paper.id, sha256: paper.sha256 }));
          }}
        />
      )}
    </>
  );
};

export const Attachments = (props: PartProps) => {
  const { t } = useTranslation();
  const { patientId, content, change } = props;
  const { onTheirWay, add, again, drop } = useFiling(patientId, (paper) =>
    change((now) => attach(now, paper)),
  );
  const takeOff = (id: string): void =>
    change(({ attachments = [] }) => ({
      attachments: attachments.filter(({ documentId }) => documentId !== id),
    }));
  return (
    <Stack>
      {content.attachments?.map(({ documentId }) => (
        <DocumentLine
          key={documentId}
          id={documentId}
          also={{ label: t('documents.takeOff'), act: () => takeOff(documentId) }}
        />
      ))}
      {onTheirWay.map((one) => (
        <Way key={one.key} {...{ one, again, drop }} />
      ))}
      <Files add={add} />
      <OnRecord {...props} />
    </Stack>
  );
};
