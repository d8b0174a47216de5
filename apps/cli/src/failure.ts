/** Something a person can mend: shown as its sentence, without a stack. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
