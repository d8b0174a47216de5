/** Beside the name of a place. */
import {
  IconActivity,
  IconArrowMerge,
  IconCalendar,
  IconEye,
  IconHistory,
  IconInbox,
  IconStethoscope,
  IconUsers,
} from '@tabler/icons-react';
import type { Place } from './places.js';

const ICONS: Readonly<Record<Place, typeof IconInbox>> = {
  '/referrals': IconStethoscope,
  '/inbox': IconInbox,
  '/schedule': IconCalendar,
  '/matches': IconUsers,
  '/merges': IconArrowMerge,
  '/operations': IconActivity,
  '/audit': IconHistory,
  '/access': IconEye,
};

export const PlaceIcon = ({ place, size }: { readonly place: Place; readonly size: number }) => {
  const Icon = ICONS[place];
  return <Icon size={size} aria-hidden />;
};
