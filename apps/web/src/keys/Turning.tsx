/** Turning the master key over: what it does, before it is done, and what became of it. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../parts/Modal.js';
import { Trouble } from '../parts/states.js';
import type { TurnedOver } from './answers.js';
import { isUnheard } from './unheard.js';

const STEPS = ['wrapped', 'backups', 'takesLong'] as const;

interface TurningProps {
  /** It makes no new key. */
  readonly goesOn: boolean;
  readonly busy: boolean;
  readonly turn: () => void;
  readonly close: () => void;
}

export const Turning = ({ goesOn, busy, turn, close }: TurningProps) => {
  const { t } = useTranslation();
  return (
    <Modal onClose={close} title={t('keys.turn')} size="lg" centered>
      <Stack>
        <ul>
          {([goesOn ? 'goesOn' : 'newKey', ...STEPS] as const).map((step) => (
            <li key={step}>{t(`keys.steps.${step}`)}</li>
          ))}
        </ul>
        <Group justify="flex-end">
          <Button mih={44} loading={busy} onClick={turn}>
            {t('keys.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

export const Turned = ({ turned: { made, rewrapped, damaged } }: { readonly turned: TurnedOver }) => {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Alert color="teal" variant="light">
        <Text fw={600}>{t('keys.turned.rewrapped', { count: rewrapped })}</Text>
        <Text>{t(made ? 'keys.turned.newKey' : 'keys.turned.noNewKey')}</Text>
      </Alert>
      {damaged > 0 && (
        <Alert
          color="red"
          variant="light"
          title={t('keys.turned.damaged', { count: damaged })}
          icon={<IconAlertTriangle aria-hidden />}
          role="alert"
        >
          {t('keys.turned.damagedText')}
        </Alert>
      )}
    </Stack>
  );
};

/** It may be done all the same: nobody is told to try again. */
export const NotTurned = ({ error }: { readonly error: Error }) => {
  const { t } = useTranslation();
  if (!isUnheard(error)) return <Trouble error={error} />;
  return (
    <Alert
      color="yellow"
      variant="light"
      title={t('keys.unheard')}
      icon={<IconAlertTriangle aria-hidden />}
      role="alert"
    >
      {t('keys.unheardText')}
    </Alert>
  );
};
