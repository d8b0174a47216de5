/** Organisations, and what the place of a role is called. */
import { useTranslation } from 'react-i18next';
import { useWhole } from '../api/use-service.js';
import { placeIn, type Held } from './roles.js';

export const usePlaces = () => {
  const { t } = useTranslation();
  const { items, lacking, error, refetch } = useWhole('listOrganizations', {});
  const organizations = items ?? [];
  const waits = items === undefined && error === null;
  const names = waits ? undefined : new Map(organizations.map(({ id, name }) => [id, name]));
  const words = {
    everywhere: t('directory.roles.everywhere'),
    asked: t('state.loading'),
    unknown: t('state.unnamed'),
  };
  return {
    organizations,
    lacking,
    error,
    again: (): void => void refetch(),
    placeOf: (held: Pick<Held, 'organizationId'>): string => placeIn(held, names, words),
  };
};
