/** A role more for somebody. Loaded with the first. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { useKept } from '../kept/use-kept.js';
import { FormDialog } from './FormDialog.js';
import { RoleFields } from './RoleFields.js';
import { missingInRole, NO_ROLE, roleIn } from './roles.js';

export const GivingRole = ({ id, close }: { readonly id: string; readonly close: () => void }) => {
  const { t } = useTranslation();
  const act = useAct<'practitioners', 'AssignRole'>('practitioners');
  const { typed, type, key, found, forget } = useKept(`AssignRole.${id}`, NO_ROLE);
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    const body = roleIn(typed);
    if (body === undefined || act.isPending) return;
    const done = (): void => {
      forget();
      close();
    };
    act.mutate({ id, command: 'AssignRole', body, key }, { onSuccess: done });
  };
  return (
    <FormDialog
      title={t('directory.roles.give')}
      send={t('directory.roles.give')}
      kept={{ found, forget }}
      act={act}
      submit={submit}
      close={close}
    >
      <RoleFields
        first
        typed={typed}
        change={(part) => type((now) => ({ ...now, ...part }))}
        missing={tried ? missingInRole(typed) : []}
      />
    </FormDialog>
  );
};
