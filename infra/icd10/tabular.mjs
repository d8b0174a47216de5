/** Reads the CDC/NCHS tabular list (XML) into the rows that build.mjs writes. */
import { childrenNamed, readXml, textOf } from './xml.mjs';

/** A code or a range of codes in running text. Since 2026 a letter may stand second (`QA0`). */
const RANGE = /([A-Z](?:\d[0-9A-Z]|[A-Z]\d)(?:\.[0-9A-Z]+)?)(?:-([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?))?/g;

const undotted = (code) => code.replace('.', '');

const rangesIn = (note) =>
  [...note.matchAll(RANGE)].map(([, first, last]) => ({
    first: undotted(first),
    last: undotted(last ?? first),
  }));

const only = (element, name) => {
  const [found] = childrenNamed(element, name);
  if (found === undefined) throw new Error(`<${element.name}> without <${name}>`);
  return textOf(found);
};

const notesIn = (element, name) =>
  childrenNamed(element, name).flatMap((group) => childrenNamed(group, 'note').map(textOf));

/**
 * A definition of 7th characters holds for the node that carries it and for what is below, unless its note
 * names some subcategories only ("each code from subcategories S02.1 and S02.2").
 */
const seventhDefinition = (diag, code) => {
  const [definition] = childrenNamed(diag, 'sevenChrDef');
  if (definition === undefined) return undefined;
  const meanings = childrenNamed(definition, 'extension').map((extension) => [
    extension.attributes.char,
    textOf(extension),
  ]);
  const named = notesIn(diag, 'sevenChrNote').flatMap(rangesIn);
  const below = named.filter(({ first }) => first.startsWith(code) && first !== code);
  const whole = below.length === 0 || named.some(({ first }) => first === code);
  return { meanings, ranges: whole ? [{ first: code, last: code }] : below };
};

const isWithin = (code, { first, last }) =>
  code.slice(0, first.length) >= first && code.slice(0, last.length) <= last;

/** The one exception that the list words instead of structuring (S06: nobody is seen again after death). */
const EXCEPTION =
  /^7th characters ([A-Z]) and ([A-Z]) do not apply to codes in category (\w{3}) with 6th character (\d) .*, or (\d) /;

const exceptionsOf = (diag) =>
  notesIn(diag, 'notes')
    .filter((note) => note.includes('7th character') && note.includes('not apply'))
    .map((note) => {
      const [, one, other, category, sixth, orSixth] = EXCEPTION.exec(note) ?? [];
      if (category === undefined) throw new Error(`exception not understood: ${note}`);
      return { characters: [one, other], codes: new RegExp(`^${category}..[${sixth}${orSixth}]`) };
    });

const without = (exceptions, code, meanings) =>
  meanings?.filter(
    ([character]) =>
      !exceptions.some(({ characters, codes }) => codes.test(code) && characters.includes(character)),
  );

const readDiag = (diag, inherited, rows) => {
  const code = undotted(only(diag, 'name'));
  const own = seventhDefinition(diag, code);
  const definitions = own === undefined ? inherited.definitions : [own, ...inherited.definitions];
  const exceptions = [...inherited.exceptions, ...exceptionsOf(diag)];
  const below = childrenNamed(diag, 'diag');
  const applies = definitions.find((definition) => definition.ranges.some((range) => isWithin(code, range)));
  rows.push({
    code,
    text: only(diag, 'desc'),
    leaf: below.length === 0,
    sevenths: below.length === 0 ? without(exceptions, code, applies?.meanings) : undefined,
    terms: notesIn(diag, 'inclusionTerm'),
    excludes1: notesIn(diag, 'excludes1'),
  });
  for (const child of below) {
    if (!undotted(only(child, 'name')).startsWith(code))
      throw new Error(`${only(child, 'name')} is not below ${code}`);
    readDiag(child, { definitions, exceptions }, rows);
  }
};

const blockOf = (element, range) => {
  const [, first, last] = /^([A-Z][0-9A-Z]{2})(?:-([A-Z][0-9A-Z]{2}))?$/.exec(range) ?? [];
  if (first === undefined) throw new Error(`not a range of categories: ${range}`);
  return { first, last: last ?? first, excludes1: notesIn(element, 'excludes1') };
};

/** Rows of codes, and the chapters and sections whose Excludes1 notes their codes inherit. */
export const readTabular = (source) => {
  const rows = [];
  const blocks = [];
  for (const chapter of childrenNamed(readXml(source), 'chapter')) {
    const range = /\(([A-Z0-9-]+)\)$/.exec(only(chapter, 'desc'))?.[1] ?? '';
    blocks.push(blockOf(chapter, range));
    for (const section of childrenNamed(chapter, 'section')) {
      blocks.push(blockOf(section, section.attributes.id));
      for (const diag of childrenNamed(section, 'diag'))
        readDiag(diag, { definitions: [], exceptions: [] }, rows);
    }
  }
  return { rows, blocks: blocks.filter((block) => block.excludes1.length > 0) };
};
