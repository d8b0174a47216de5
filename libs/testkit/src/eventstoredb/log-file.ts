/**
 * The log on disk: a header, then one checksummed frame per append, so that a torn tail drops a whole append and never
 * half of one. An event's position is the byte where it begins, as in a real server's log: sparse, ordered, never zero.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Recorded extends Proposed {
  readonly stream: string;
  /** From 0 upwards, contiguous in its stream. */
  readonly revision: number;
  /** Milliseconds since 1970; the protocol speaks in ticks of 100 ns. */
  readonly createdMs: number;
  readonly position: bigint;
}

const HEADER = Buffer.from('fascia test log 1\n'.padEnd(64, ' '), 'latin1');
const FRAME_HEAD_BYTES = 8;

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const sized = (bytes: Uint8Array): readonly Uint8Array[] => [uint32(bytes.byteLength), bytes];

const encode = ({ data, metadata, ...head }: Omit<Recorded, 'position'>): Buffer =>
  Buffer.concat([...sized(Buffer.from(JSON.stringify(head), 'utf8')), ...sized(data), ...sized(metadata)]);

/** @returns the frame and the events with the positions that they get when it is written at `offset`. */
export const frameOf = (
  events: readonly Omit<Recorded, 'position'>[],
  offset: number,
): { frame: Buffer; recorded: readonly Recorded[] } => {
  const bodies = events.map(encode);
  const body = Buffer.concat(bodies);
  let at = offset + FRAME_HEAD_BYTES;
  const recorded = events.map((event, index) => {
    const position = BigInt(at);
    at += bodies[index]?.byteLength ?? 0;
    return { ...event, position };
  });
  return { frame: Buffer.concat([uint32(body.byteLength), uint32(crc32(body)), body]), recorded };
};

const decodeFrame = (body: Buffer, offset: number): readonly Recorded[] => {
  const events: Recorded[] = [];
  let at = 0;
  const take = (): Buffer => {
    const length = body.readUInt32LE(at);
    at += 4 + length;
    return body.subarray(at - length, at);
  };
  while (at < body.byteLength) {
    const position = BigInt(offset + FRAME_HEAD_BYTES + at);
    const head = JSON.parse(take().toString('utf8')) as Omit<Recorded, 'position' | 'data' | 'metadata'>;
    events.push({ ...head, data: take(), metadata: take(), position });
  }
  return events;
};

/** Everything up to the first frame that is cut short or does not add up. */
const decode = (bytes: Buffer): { events: readonly Recorded[]; end: number } => {
  const events: Recorded[] = [];
  let end = HEADER.byteLength;
  while (end + FRAME_HEAD_BYTES <= bytes.byteLength) {
    const length = bytes.readUInt32LE(end);
    const body = bytes.subarray(end + FRAME_HEAD_BYTES, end + FRAME_HEAD_BYTES + length);
    if (length === 0 || body.byteLength < length || crc32(body) !== bytes.readUInt32LE(end + 4)) break;
    events.push(...decodeFrame(body, end));
    end += FRAME_HEAD_BYTES + length;
  }
  return { events, end };
};

const createWhole = (path: string): void => {
  const file = openSync(path, 'w');
  writeSync(file, HEADER);
  fdatasyncSync(file);
  closeSync(file);
};

export class LogFile {
  readonly #file: FileHandle;
  #end: number;

  private constructor(file: FileHandle, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /** Reads what is there and cuts a torn tail off. */
  static async open(path: string): Promise<{ file: LogFile; events: readonly Recorded[] }> {
    if (!existsSync(path) || readFileSync(path).byteLength < HEADER.byteLength) createWhole(path);
    const { events, end } = decode(readFileSync(path));
    const handle = await open(path, 'r+');
    ftruncateSync(handle.fd, end);
    return { file: new LogFile(handle, end), events };
  }

  /** Where the next frame begins. */
  get end(): number {
    return this.#end;
  }

  /** On disk when this resolves. */
  async write(frames: readonly Buffer[]): Promise<void> {
    const bytes = Buffer.concat(frames);
    await this.#file.write(bytes, 0, bytes.byteLength, this.#end);
    await this.#file.datasync();
    this.#end += bytes.byteLength;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
