/**
 * Reads a CMS order file: fixed width, 1-5 order, 7-13 code without dot, 15 billable flag, 17-76 short and
 * 78- long description. The codes with a 7th character are folded into their stem, because 48 000 of the
 * 72 000 codes differ from a stem only by one of a few dozen sets of endings.
 */
const readLine = (line) => {
  const match = /^\d{5} ([0-9A-Z]{3,7}) *([01]) .{60} (.+)$/.exec(line);
  if (match === null) throw new Error(`not a line of an order file: ${line}`);
  const [, code, billable, text] = match;
  return { code, billable: billable === '1', text: text.trim() };
};

/** `S134XXA` → `S134`: the shortest code that the placeholders lengthen, if the file has it as a header. */
const stemOf = (code, known) => {
  const padded = code.slice(0, 6);
  const short = padded.replace(/X+$/, '');
  return known.has(padded) ? padded : short;
};

/** Some codes are 7 characters long by themselves (`C44.1021`): their text does not continue the stem's. */
const isEnding = (stem, { text }) => text.startsWith(`${stem.text}, `);

const rowOf = ({ code, text, billable }) => ({ code, text, leaf: billable, terms: [], excludes1: [] });

export const readOrder = (source) => {
  const lines = source
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(readLine);
  const rows = new Map(lines.filter(({ code }) => code.length < 7).map((line) => [line.code, rowOf(line)]));
  const long = Map.groupBy(
    lines.filter(({ code }) => code.length === 7),
    ({ code }) => stemOf(code, rows),
  );
  for (const [code, below] of long) {
    const stem = rows.get(code);
    if (stem !== undefined && below.every((line) => isEnding(stem, line))) {
      stem.leaf = true;
      stem.sevenths = below.map((line) => [line.code[6], line.text.slice(stem.text.length + 2)]);
    } else {
      for (const line of below) rows.set(line.code, rowOf(line));
    }
  }
  return { rows: [...rows.values()], blocks: [] };
};
