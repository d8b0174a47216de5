import { systemClock, type CalendarDate } from '@fascia/kernel';

const DAY_MS = 86_400_000;

export const todayOf = (): CalendarDate => systemClock.now().toISOString().slice(0, 10);

export const plusDaysOf = (day: CalendarDate, days: number): CalendarDate => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
