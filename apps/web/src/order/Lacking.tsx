/** Which parts an order still lacks, by name. */
import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import { names } from '../words/names.js';

type Part = keyof typeof names.orderPart;

const isPart = (name: string): name is Part => Object.hasOwn(names.orderPart, name);

/** Of pointers such as `/content/sites`. */
export const partsLacking = (error: Error | null): readonly Part[] => {
  if (!(error instanceof Problem)) return [];
  const { about, refusals = [] } = error.document;
  const missing = [about, ...refusals.map((one) => one.about)].flatMap((one) => one?.['missing'] ?? []);
  const parts = missing.map((pointer) => String(pointer).split('/').at(-1) ?? '');
  return [...new Set(parts.filter(isPart))];
};

export const Lacking = ({ error }: { readonly error: Error | null }) => {
  const { t } = useTranslation();
  const parts = partsLacking(error);
  if (parts.length === 0) return undefined;
  return (
    <Alert color="red" variant="light" title={t('order.lacking')} role="status">
      <ul>
        {parts.map((part) => (
          <li key={part}>{t(`names.orderPart.${part}`)}</li>
        ))}
      </ul>
    </Alert>
  );
};
