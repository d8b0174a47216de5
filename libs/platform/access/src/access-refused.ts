/** What the guard throws; the HTTP room turns it into a problem document. */
import { HttpException } from '@nestjs/common';

interface AccessRefusedExtra {
  readonly headers?: Readonly<Record<string, string>>;
  /** Codes and ids, never personal data. */
  readonly about?: Readonly<Record<string, readonly string[]>>;
}

export class AccessRefused extends HttpException {
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly about: Readonly<Record<string, readonly string[]>> | undefined;

  /** @param detail a sentence for the person; never quotes the token. */
  constructor(
    status: 400 | 401 | 403 | 503,
    code: string,
    detail: string,
    { headers = {}, about }: AccessRefusedExtra = {},
  ) {
    super({ code, detail }, status);
    this.code = code;
    this.headers = headers;
    this.about = about;
  }
}
