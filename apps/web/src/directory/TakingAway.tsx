/** A role is taken away: what that means is said first. Loaded with the first. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { Modal } from '../parts/Modal.js';
import { Trouble } from '../parts/states.js';
import type { Held } from './roles.js';

interface TakingAwayProps {
  /** Whose role it is. */
  readonly id: string;
  readonly held: Held;
  readonly place: string;
  readonly close: () => void;
}

export const TakingAway = ({ id, held: { role, organizationId }, place, close }: TakingAwayProps) => {
  const { t } = useTranslation();
  const act = useAct<'practitioners', 'EndRole'>('practitioners');
  const [key] = useState(() => crypto.randomUUID());
  const end = (): void => {
    const body = { role, ...(organizationId === undefined ? {} : { organizationId }) };
    act.mutate({ id, command: 'EndRole', body, key }, { onSuccess: close });
  };
  return (
    <Modal onClose={close} title={t('directory.roles.endTitle')} centered>
      <Stack>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {t(`names.role.${role}`)}, <bdi>{place}</bdi>
        </Text>
        <Text>{t('directory.roles.endText')}</Text>
        {act.error !== null && <Trouble error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.cancel')}
          </Button>
          <Button color="red" loading={act.isPending} onClick={end}>
            {t('directory.roles.end')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
