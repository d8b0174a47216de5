/** A role more for somebody. Loaded with the first. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from './FormDialog.js';
import { RoleFields } from './RoleFields.js';
import { missingInRole, NO_ROLE, roleIn } from './roles.js';
import { useDialogAct } from './use-dialog-act.js';

export const GivingRole = ({ id, close }: { readonly id: string; readonly close: () => void }) => {
  const { t } = useTranslation();
  const { typed, type, send, dialog } = useDialogAct(
    { collection: 'practitioners', command: 'AssignRole', id, close },
    NO_ROLE,
  );
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    const body = roleIn(typed);
    if (body !== undefined) send(body);
  };
  return (
    <FormDialog
      title={t('directory.roles.give')}
      send={t('directory.roles.give')}
      {...dialog}
      submit={submit}
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
