/** How old somebody is, by texts alone: whoever needs no more of a calendar loads none. */
import type { CalendarDate } from '@fascia/kernel';

/** Who is born on 29 February is a year older on 1 March. A date of birth may lack its day, or its month too (FHIR date). */
export const wholeYearsOn = (birthDate: string, day: CalendarDate): number => {
  const had = day.slice(5) >= birthDate.slice(5, 10) ? 0 : 1;
  return Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - had;
};
