/** The number of what is stored (docs/adr/0017-the-stored-format.md), and the sentence for data of another one. */

/** Raised when what is stored changes. */
export const FORMAT = 2;

/** Data that this version of Fascia cannot read; nothing can convert them. */
export class OtherFormat extends Error {
  override readonly name = 'OtherFormat';

  /** @param remedy what to do with them, as the end of a sentence */
  constructor(found: number | string, remedy: string) {
    super(
      `These data are of format ${String(found)}, and this version of Fascia keeps format ${String(FORMAT)}; nothing can convert them. ${remedy}`,
    );
  }
}
