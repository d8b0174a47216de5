/** Who did something: by name where the register has it, and as what. */
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';

type Entry = Answer<'getReferral'>['thread'][number];

export const Who = ({ byName, role }: Pick<Entry, 'byName' | 'role'>) => {
  const { t } = useTranslation();
  return (
    <>
      {byName !== null && (
        <>
          <bdi>{byName}</bdi>,{' '}
        </>
      )}
      {t(`names.role.${role}`)}
    </>
  );
};
