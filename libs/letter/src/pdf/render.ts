/**
 * A letter as a PDF, tagged so that a screen reader follows it (PDF/UA-1): the same letter is the same bytes, on every machine. Fonts
 * are in the file, and none of the machine's are looked at.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Letter, Section } from '../letters/letter.js';

const TEMPLATE = fileURLToPath(new URL('../../template/letter.typ', import.meta.url));
const FONTS = ['DejaVuSans', 'DejaVuSans-Bold'];
/** Its own words for a character that no font has. */
const NO_GLYPH = /could not be displayed with/;
/** Controls, and what turns the direction of what stands beside it: nobody reads them, and they can make a line say something else. */
const UNSEEN = /(?!\n)\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const compilerOfLetters = async (): Promise<NodeCompiler> => {
  // It is large, and most who load this file set no letter.
  const typst = await import('@myriaddreamin/typst-ts-node-compiler');
  const { resolve } = createRequire(import.meta.url);
  const fontBlobs = FONTS.map((name) => readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)));
  return typst.NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
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

const pdfOf = (compiler: NodeCompiler, letter: Letter, missing: boolean): Buffer => {
  const mainFileContent = readFileSync(TEMPLATE, 'utf8');
  const { result } = compiler.compile({ mainFileContent, inputs: { letter: jsonOf(letter, missing) } });
  // What it says of an error quotes the letter.
  if (result === null) throw new LetterNotMade();
  return compiler.pdf(result, missing ? {} : { pdfStandard: 'ua-1' });
};

/** @throws LetterNotMade, which says nothing of what the letter says */
export const renderLetter = async (letter: Letter): Promise<Buffer> => {
  const compiler = await compilerOfLetters();
  try {
    return pdfOf(compiler, letter, false);
  } catch (error) {
    if (error instanceof LetterNotMade) throw error;
    if (!NO_GLYPH.test(String(error))) throw new LetterNotMade();
    // Whoever reads it is told that boxes stand for characters; the standard does not allow boxes.
    return pdfOf(compiler, letter, true);
  }
};
