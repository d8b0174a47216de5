/** Beside the name of a place. */
import {
  IconActivity,
  IconAlertTriangle,
  IconArrowMerge,
  IconBuildingHospital,
  IconCalendar,
  IconEye,
  IconFileImport,
  IconHistory,
  IconIdBadge2,
  IconInbox,
  IconKey,
  IconStethoscope,
  IconUsers,
} from '@tabler/icons-react';
import type { Place } from './places.js';

const ICONS: Readonly<Record<Place, typeof IconInbox>> = {
  '/referrals': IconStethoscope,
  '/inbox': IconInbox,
  '/schedule': IconCalendar,
  '/precautions': IconAlertTriangle,
  '/matches': IconUsers,
  '/merges': IconArrowMerge,
  '/operations': IconActivity,
  '/imports': IconFileImport,
  '/people': IconIdBadge2,
  '/organizations': IconBuildingHospital,
  '/keys': IconKey,
  '/audit': IconHistory,
  '/access': IconEye,
};

export const PlaceIcon = ({ place, size }: { readonly place: Place; readonly size: number }) => {
  const Icon = ICONS[place];
  return <Icon size={size} aria-hidden />;
};
