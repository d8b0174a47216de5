/** Server-sent events (WHATWG HTML, 9.2), as a browser reads them by `fetch`. */
interface HeardEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

const fieldsOf = (block: string): ReadonlyMap<string, string> =>
  new Map(
    block
      .split('\n')
      .map((line) => line.split(/: ?(.*)/, 2))
      .map(([name = '', value = '']) => [name, value]),
  );

export class EventReader {
  readonly heard: HeardEvent[] = [];
  /** Comments, by which the other side says that it is there. */
  beats = 0;
  /** How the stream ended: by the other side, or because the connection did. */
  ended: 'whole' | 'cut' | undefined;
  readonly #leaving = new AbortController();

  private constructor(
    readonly status: number,
    readonly headers: Headers,
  ) {}

  /** Resolves with the headers; events come beside. */
  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventReader> {
    const leaving = new AbortController();
    const answer = await fetch(url, {
      headers: { accept: 'text/event-stream', ...headers },
      signal: leaving.signal,
    });
    const reader = new EventReader(answer.status, answer.headers);
    reader.#leaving.signal.addEventListener('abort', () => {
      leaving.abort();
    });
    void reader.#read(answer);
    return reader;
  }

  /** The last place that was said. */
  get lastId(): string {
    return this.heard.findLast(({ id }) => id !== undefined)?.id ?? '';
  }

  leave(): void {
    this.#leaving.abort();
  }

  async #read({ body }: Response): Promise<void> {
    let rest = '';
    try {
      for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const blocks = (rest + part).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.#hear(block);
      }
      this.ended = 'whole';
    } catch {
      this.ended = 'cut';
    }
  }

  #hear(block: string): void {
    if (block.startsWith(':')) {
      this.beats += 1;
      return;
    }
    const fields = fieldsOf(block);
    this.heard.push({
      event: fields.get('event') ?? 'message',
      id: fields.get('id'),
      data: JSON.parse(fields.get('data') ?? 'null'),
    });
  }
}
