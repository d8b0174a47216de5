/** Time zones by their IANA names: those that there are, the reader's own, and what clocks show there. */
import type { Organization } from './organization.js';

const UTC = 'UTC';

/** Browsers still offer names that are no longer used, and nobody looks for a place by them (IANA time zone database, `backward`). */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Those that the browser knows, UTC, and the one that holds now, whoever knows it. */
export const zonesWith = (current: string): readonly string[] =>
  [...new Set([UTC, current, ...Intl.supportedValuesOf('timeZone').map((zone) => RENAMED[zone] ?? zone)])]
    .filter((zone) => zone !== '')
    .toSorted();

/** "Fri 2:05 PM". @returns nothing for a zone that the browser does not know */
export const clockIn = (zone: string, now: number, locales: string[]): string | undefined => {
  try {
    const clock = new Intl.DateTimeFormat(locales, {
      weekday: 'short',
      hour: 'numeric',
      minute: '2-digit',
      timeZone: zone,
    });
    return clock.format(now);
  } catch {
    return undefined;
  }
};

/** As an import leaves it: a file knows no zone. */
export const isZoneUnsaid = ({ kind, timeZone }: Pick<Organization, 'kind' | 'timeZone'>): boolean =>
  kind === 'other' && timeZone === UTC;
