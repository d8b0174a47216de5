/** FHIR date and dateTime (R4, 2.24.0.1). Dates are checked by round trip: there is no 30 February. */
const DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?$/;
const TIME = /^T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const DAY_LENGTH = 10;

const dayExists = (date: string): boolean => {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};

export const isDate = (text: string): boolean =>
  DATE.test(text) && !text.startsWith('0000') && (text.length < DAY_LENGTH || dayExists(text));

/** A time needs a whole date and a zone. */
export const isDateTime = (text: string): boolean =>
  text.length <= DAY_LENGTH
    ? isDate(text)
    : isDate(text.slice(0, DAY_LENGTH)) && TIME.test(text.slice(DAY_LENGTH));
