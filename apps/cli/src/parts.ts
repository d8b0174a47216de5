/** An answer in parts (server-sent events): how far something long is, and at last what it came to, or why not. */
import { EventSourceParserStream } from 'eventsource-parser/stream';

/** How far it is, as the service says it. */
export type Far = Readonly<Record<string, unknown>>;

interface End {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

interface Event {
  readonly event?: string;
  readonly data: string;
}

export const isInParts = ({ headers }: Pick<Response, 'headers'>): boolean =>
  headers.get('content-type')?.startsWith('text/event-stream') === true;

/** @returns nothing where it broke off before its end */
export const endOf = async (
  { status, body }: Pick<Response, 'status' | 'body'>,
  progress: (far: Far) => void,
): Promise<End | undefined> => {
  const events = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  try {
    for await (const { event, data } of (events ?? []) as unknown as AsyncIterable<Event>) {
      if (event === 'done') return { ok: true, status, text: data };
      const said = JSON.parse(data) as Far;
      if (event === 'problem') return { ok: false, status: Number(said['status']), text: data };
      if (event === 'progress') progress(said);
    }
  } catch {
    return undefined;
  }
  return undefined;
};
