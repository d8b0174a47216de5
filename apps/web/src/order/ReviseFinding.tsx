/** A diagnosis said anew, with the reason: what the record said before stays there. */
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { goToMissing } from '../parts/missing.js';
import { Modal } from '../parts/Modal.js';
import { Trouble } from '../parts/states.js';
import { findingIn, revisionOf, type Diagnosis, type Finding } from './finding.js';
import { FindingForm } from './FindingForm.js';
import { LONG_TEXT } from './parts.js';

interface Typed {
  /** What is said otherwise: beside it stands what the record says, also when that changes meanwhile. */
  readonly otherwise: Partial<Finding>;
  readonly reason: string;
}

const NOTHING: Typed = { otherwise: {}, reason: '' };

interface ReviseFindingProps {
  readonly diagnosis: Diagnosis;
  readonly close: () => void;
}

export const ReviseFinding = ({ diagnosis, close }: ReviseFindingProps) => {
  const { t } = useTranslation();
  const { id, version, code, text } = diagnosis;
  const { typed, type, key, found, forget } = useKept(`ReviseDiagnosis.${id}`, NOTHING);
  const [tried, setTried] = useState(false);
  const act = useAct<'diagnoses', 'ReviseDiagnosis'>('diagnoses');
  const { otherwise, reason } = typed;
  const finding: Finding = { ...findingIn(diagnosis), ...otherwise };
  const send = (): void => {
    const body = revisionOf(diagnosis, finding, reason);
    if (body === undefined) return;
    const done = (): void => {
      forget();
      close();
    };
    act.mutate({ id, command: 'ReviseDiagnosis', body, key, ifVersion: version }, { onSuccess: done });
  };
  return (
    <Modal
      onClose={close}
      size="lg"
      title={`${t('order.reviseFinding')}: ${[code, text].filter((said) => said !== null).join(' ')}`}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          goToMissing(event.currentTarget);
          setTried(true);
          send();
        }}
      >
        <Stack>
          {found && <Found anew={forget} />}
          <FindingForm
            finding={finding}
            change={(part) => type((now) => ({ ...now, otherwise: { ...now.otherwise, ...part } }))}
            error={act.error}
          />
          <Textarea
            {...LONG_TEXT}
            required
            label={t('order.revise.why')}
            description={t('order.reviseFindingHelp')}
            error={tried && reason.trim() === '' && t('act.needed')}
            value={reason}
            onChange={({ currentTarget }) => type((now) => ({ ...now, reason: currentTarget.value }))}
          />
          {act.error !== null && <Trouble error={act.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('act.cancel')}
            </Button>
            <Button
              type="submit"
              disabled={finding.dysfunction === null || (finding.code === null && code !== null)}
              loading={act.isPending}
            >
              {t('order.reviseFindingSend')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
