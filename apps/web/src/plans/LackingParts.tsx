/** Which parts a plan still lacks, by name. */
import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { missingIn } from '../api/problem.js';
import { names } from '../words/names.js';

type Part = keyof typeof names.planPart;

const isPart = (name: string): name is Part => Object.hasOwn(names.planPart, name);

export const LackingParts = ({ error }: { readonly error: Error | null }) => {
  const { t } = useTranslation();
  const parts = missingIn(error).filter(isPart);
  if (parts.length === 0) return undefined;
  return (
    <Alert color="red" variant="light" title={t('planning.lacking')} role="status">
      <ul>
        {parts.map((part) => (
          <li key={part}>{t(`names.planPart.${part}`)}</li>
        ))}
      </ul>
    </Alert>
  );
};
