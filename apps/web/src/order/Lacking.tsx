/** What still stands in the way of an order, while it is written: every rule that says no, in its words, and the parts it lacks by name. */
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { missingOf } from '../api/problem.js';
import type { Rehearsal } from '../api/use-service.js';
import { names } from '../words/names.js';

type Part = keyof typeof names.orderPart;
type Refusal = Rehearsal['refusals'][number];

const isPart = (name: string): name is Part => Object.hasOwn(names.orderPart, name);

export const partsLacking = (refusals: readonly Refusal[]): readonly Part[] =>
  missingOf(refusals).filter(isPart);

export const Lacking = ({ refusals }: { readonly refusals: readonly Refusal[] }) => {
  const { t } = useTranslation();
  if (refusals.length === 0)
    return (
      <Text role="status" fw={600}>
        {t('order.nothingLacks')}
      </Text>
    );
  const parts = partsLacking(refusals);
  // One sentence may be about several things, such as the clinics of a pool: it is told once.
  const others = new Set(
    refusals.filter((refusal) => partsLacking([refusal]).length === 0).map(({ detail }) => detail),
  );
  return (
    <Alert color="gray" variant="light" title={t('order.lacking')} role="status">
      <ul>
        {parts.map((part) => (
          <li key={part}>{t(`names.orderPart.${part}`)}</li>
        ))}
        {[...others].map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
    </Alert>
  );
};
