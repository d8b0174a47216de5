/** One of the organisations, by name. */
import { Select, type SelectProps } from '@mantine/core';
import { Incomplete, Trouble } from '../parts/states.js';
import { usePlaces } from './use-places.js';

export const PlaceSelect = (props: Omit<SelectProps, 'data' | 'searchable'>) => {
  const { organizations, lacking, error, again } = usePlaces();
  return (
    <>
      <Incomplete streams={lacking} />
      {error !== null && <Trouble error={error} again={again} />}
      <Select
        {...props}
        searchable
        data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </>
  );
};
