/** Which role somebody is given, and where. */
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PlaceSelect } from './PlaceSelect.js';
import { GIVEN, mayBeEverywhere, type RoleNeeded, type RoleTyped } from './roles.js';

interface RoleFieldsProps {
  readonly typed: RoleTyped;
  readonly change: (part: Partial<RoleTyped>) => void;
  readonly missing: readonly string[];
  /** One begins with it. */
  readonly first?: boolean;
}

export const RoleFields = ({ typed, change, missing, first = false }: RoleFieldsProps) => {
  const { t } = useTranslation();
  const { role, organizationId } = typed;
  const everywhere = mayBeEverywhere(role);
  const error = (part: RoleNeeded) => missing.includes(part) && t('act.needed');
  return (
    <>
      <Select
        {...(first ? { 'data-autofocus': true } : {})}
        label={t('directory.roles.role')}
        required
        error={error('role')}
        data={GIVEN.map((value) => ({ value, label: t(`names.role.${value}`) }))}
        value={role === '' ? null : role}
        onChange={(value) => change({ role: value ?? '' })}
      />
      <PlaceSelect
        label={t('directory.roles.place')}
        description={everywhere && t('directory.roles.placeHelp')}
        required={!everywhere}
        clearable={everywhere}
        clearButtonProps={{ 'aria-label': t('directory.roles.everywhere') }}
        error={error('organizationId')}
        value={organizationId === '' ? null : organizationId}
        onChange={(id) => change({ organizationId: id ?? '' })}
      />
    </>
  );
};
