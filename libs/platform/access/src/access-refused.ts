/** What the guard throws; the HTTP room turns it into a problem document. */
import { HttpException } from '@nestjs/common';

export class AccessRefused extends HttpException {
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail a sentence for the person; never quotes the token. */
  constructor(
    status: 401 | 403 | 503,
    code: string,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super({ code, detail }, status);
    this.code = code;
    this.headers = headers;
  }
}
