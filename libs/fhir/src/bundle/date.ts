/** FHIR date and dateTime (R4, 2.24.0.1). Dates are checked by round trip: there is no 30 February, and no year that nobody lived in. */
import { isCalendarDate } from '@fascia/kernel/contract';

const DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?$/;
const TIME = /^T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const DAY_LENGTH = 10;

/** A year or a month exists when its first day does. */
export const isDate = (text: string): boolean =>
  DATE.test(text) && isCalendarDate(`${text}-01-01`.slice(0, DAY_LENGTH));

/** A time needs a whole date and a zone. */
export const isDateTime = (text: string): boolean =>
  text.length <= DAY_LENGTH
    ? isDate(text)
    : isDate(text.slice(0, DAY_LENGTH)) && TIME.test(text.slice(DAY_LENGTH));
