/**
 * A letter as a PDF, tagged so that a screen reader follows it (PDF/UA-1): the same letter is the same bytes, on every machine. Fonts
 * are in the file, and none of the machine's are looked at.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { NodeCompiler as Compiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Letter, Section } from '../letters/letter.js';

const TEMPLATE = fileURLToPath(new URL('../../template/letter.typ', import.meta.url));
const FONTS = ['DejaVuSans', 'DejaVuSans-Bold'];
/** Rounds of compiling after which what was remembered of a letter is forgotten. */
const REMEMBERED = 5;

/** Its own words for a character that no font has. */
const NO_GLYPH = /could not be displayed with/;
/** Controls, and what turns the direction of what stands beside it: nobody reads them, and they can make a line say something else. */
const UNSEEN = /(?!\n)\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

let made: { readonly compiler: Compiler; readonly source: string } | undefined;

/** Made with the first letter: that takes seconds. */
const compiler = async (): Promise<NonNullable<typeof made>> => {
  if (made !== undefined) return made;
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler');
  const { resolve } = createRequire(import.meta.url);
  const fontBlobs = FONTS.map((name) => readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)));
  made = {
    compiler: NodeCompiler.create({ fontArgs: [{ fontBlobs }] }),
    source: readFileSync(TEMPLATE, 'utf8'),
  };
  return made;
};

const filledIn = ({ heading, facts = [], paragraphs = [], table }: Section) => ({
  heading,
  facts,
  paragraphs,
  table: table ?? null,
});

/** As the template reads it. */
const jsonOf = ({ parties, sections, ...rest }: Letter, missing: boolean): string =>
  JSON.stringify(
    { ...rest, missing, parties: parties.map(filledIn), sections: sections.map(filledIn) },
    (_key, value: unknown) => (typeof value === 'string' ? value.replaceAll(UNSEEN, '') : value),
  );

export class LetterNotMade extends Error {
  override readonly name = 'LetterNotMade';
}

const pdfOf = async (letter: Letter, missing: boolean): Promise<Buffer> => {
  const { compiler: typst, source } = await compiler();
  const { result } = typst.compile({ mainFileContent: source, inputs: { letter: jsonOf(letter, missing) } });
  // What it says of an error quotes the letter.
  if (result === null) throw new LetterNotMade();
  try {
    return typst.pdf(result, missing ? {} : { pdfStandard: 'ua-1' });
  } finally {
    typst.evictCache(REMEMBERED);
  }
};

/** @throws LetterNotMade, which says nothing of what the letter says */
export const renderLetter = async (letter: Letter): Promise<Buffer> => {
  try {
    return await pdfOf(letter, false);
  } catch (error) {
    if (error instanceof LetterNotMade) throw error;
    if (!NO_GLYPH.test(String(error))) throw new LetterNotMade();
    // Whoever reads it is told that boxes stand for characters; the standard does not allow boxes.
    return pdfOf(letter, true);
  }
};
