/** Breaking off, a patient who did not come, an entry in error, an addition: what a visit can come to beside its own course. */
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyOf } from '../api/commands.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { Modal } from '../parts/Modal.js';
import { Trouble } from '../parts/states.js';
import { deedOf, offeredOf, type Field, type OfferedDeed } from './deeds.js';
import type { Visit } from './rows.js';
import { useVisitAct } from './use-visit-act.js';
import css from './visit.module.css';

type Typed = Readonly<Record<Field, string>>;

const NOTHING_TYPED: Typed = { text: '', reason: '' };

interface DialogProps {
  readonly deed: OfferedDeed;
  readonly visitId: string;
  readonly close: () => void;
}

const Dialog = ({ deed, visitId, close }: DialogProps) => {
  const { t } = useTranslation();
  const { send, error, busy } = useVisitAct(visitId);
  const { typed, type, found, forget } = useKept(`${deed}.${visitId}`, NOTHING_TYPED);
  const done = (): void => {
    forget();
    close();
  };
  const { fields, ends = false } = deedOf(deed);
  const body = Object.fromEntries(fields.map((field) => [field, typed[field].trim()]));
  const full = fields.every((field) => typed[field].trim() !== '');
  return (
    <Modal
      onClose={close}
      title={t(`names.visitDeed.${deed}`)}
      centered
      closeButtonProps={{ size: 44 }}
      classNames={{ content: css['visit'] ?? '' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (full) send(deed, body as BodyOf<'sessions', OfferedDeed>, done);
        }}
        noValidate
      >
        <Stack>
          {found && <Found anew={forget} />}
          {fields.map((field, n) => (
            <Textarea
              key={field}
              {...(n === 0 ? { 'data-autofocus': true } : {})}
              label={t(`visit.deed.${field}`)}
              required
              autosize
              minRows={2}
              maxRows={12}
              maxLength={4000}
              dir="auto"
              value={typed[field]}
              onChange={({ currentTarget }) => type({ ...typed, [field]: currentTarget.value })}
            />
          ))}
          {error !== null && <Trouble error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('act.cancel')}
            </Button>
            <Button type="submit" disabled={!full} loading={busy} {...(ends ? { color: 'red' } : {})}>
              {t(`names.visitDeed.${deed}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};

export const Deeds = ({ visit }: { readonly visit: Visit }) => {
  const { t } = useTranslation();
  const [begun, begin] = useState<OfferedDeed>();
  const offered = offeredOf(visit.allowedActions);
  return (
    <>
      {offered.length > 0 && (
        <Group gap="sm" role="group" aria-label={t('visit.otherwise')}>
          {offered.map((deed) => (
            <Button
              key={deed}
              variant="light"
              {...(deedOf(deed).ends === true ? { color: 'red' } : {})}
              onClick={() => begin(deed)}
            >
              {t(`names.visitDeed.${deed}`)}
            </Button>
          ))}
        </Group>
      )}
      {begun !== undefined && <Dialog deed={begun} visitId={visit.id} close={() => begin(undefined)} />}
    </>
  );
};
