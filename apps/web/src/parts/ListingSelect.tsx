/** What is offered, where, and whether there is room: one of it. */
import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-service.js';
import { Trouble } from './states.js';

const MOST = 200;

export const ListingSelect = (props: Omit<SelectProps, 'data' | 'label' | 'searchable'>) => {
  const { t } = useTranslation();
  const { data, error } = useList('listListings', { limit: MOST });
  if (error !== null) return <Trouble error={error} />;
  const listings = data?.pages[0]?.items ?? [];
  return (
    <Select
      {...props}
      label={t('act.listing')}
      searchable
      data={listings.map(({ id, title, organization, capacity }) => ({
        value: id,
        label: [organization.name ?? t('state.unnamed'), title, t(`names.capacity.${capacity}`)].join(', '),
      }))}
    />
  );
};
