/** A time zone, found by part of its name. */
import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { zonesWith } from './zones.js';

interface ZoneSelectProps extends Omit<SelectProps, 'data' | 'searchable' | 'value' | 'onChange'> {
  /** Also where the browser knows no such zone. */
  readonly current: string;
  readonly value: string;
  readonly choose: (zone: string) => void;
}

export const ZoneSelect = ({ current, value, choose, ...props }: ZoneSelectProps) => {
  const { t } = useTranslation();
  const zones = useMemo(() => zonesWith(current), [current]);
  return (
    <Select
      {...props}
      label={t('directory.zone.label')}
      description={t('directory.zone.help')}
      required
      searchable
      // What is above it is read first.
      openOnFocus={false}
      allowDeselect={false}
      data={zones}
      value={value === '' ? null : value}
      onChange={(zone) => choose(zone ?? '')}
    />
  );
};
