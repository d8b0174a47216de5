/** FHIR dateTime (R4, 2.24.0.1). Dates are those of every door: there is no 30 February, and no year that nobody lived in. */
import { isPartialDate } from '@fascia/kernel/contract';

const TIME = /^T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const DAY_LENGTH = 10;

/** A time needs a whole date and a zone. */
export const isDateTime = (text: string): boolean =>
  text.length <= DAY_LENGTH
    ? isPartialDate(text)
    : isPartialDate(text.slice(0, DAY_LENGTH)) && TIME.test(text.slice(DAY_LENGTH));
