/** What is offered, where, and whether there is room: one of it. */
import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWhole } from '../api/use-service.js';
import { Incomplete, Trouble } from './states.js';

export const ListingSelect = (props: Omit<SelectProps, 'data' | 'label' | 'searchable'>) => {
  const { t } = useTranslation();
  const { items: listings = [], lacking, error } = useWhole('listListings', {});
  if (error !== null) return <Trouble error={error} />;
  return (
    <>
      <Incomplete streams={lacking} />
      <Select
        {...props}
        label={t('act.listing')}
        searchable
        data={listings.map(({ id, title, organization, capacity }) => ({
          value: id,
          label: [organization.name ?? t('state.unnamed'), title, t(`names.capacity.${capacity}`)].join(', '),
        }))}
      />
    </>
  );
};
