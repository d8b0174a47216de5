/** Files are taken one after the other, and what becomes of one is nothing to the others. */
import { Problem, Unreachable } from '../api/problem.js';
import { Importing, type Line, type Report } from './importing.js';

const OF = { organizationId: 'o', source: 'urn:ehr' };

const report = (id: string): Report => ({
  ...{ id, state: 'finished', organizationId: 'o', digest: '', byKind: {}, resources: [] },
  ...{ ignored: [], broken: [], refusals: [] },
});

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

const done = (id: string): Response =>
  new Response(event('progress', { step: 'reading' }) + `id: at-${id}\n${event('done', report(id))}`);

interface Asked {
  readonly path: string;
  readonly file: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly answer: (response: Response) => void;
  readonly fail: (error: Error) => void;
}

class World {
  readonly asked: Asked[] = [];
  readonly busy: boolean[] = [];
  readonly wrote: string[] = [];
  taken = 0;
  readonly importing = new Importing(
    {
      listen: (path, headers, signal, bytes) =>
        new Promise((answer, fail) => {
          signal.addEventListener('abort', () => fail(signal.reason as Error));
          this.asked.push({ path, file: (bytes as File).name, headers, signal, answer, fail });
        }),
      wrote: (position) => this.wrote.push(position),
    },
    { taken: () => (this.taken += 1), busy: (is) => this.busy.push(is) },
  );

  add(...names: readonly string[]): void {
    this.importing.add(
      names.map((name) => new File(['{}'], name)),
      OF,
    );
  }

  /** Once everything that can go on by itself has. */
  async settles(): Promise<readonly string[]> {
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    return this.importing.lines().map(({ file, standing }) => `${file.name} ${standing.at}`);
  }

  line(name: string): Line {
    const found = this.importing.lines().find(({ file }) => file.name === name);
    if (found === undefined) throw new Error(`no line of ${name}`);
    return found;
  }
}

describe('files that are imported', () => {
  let world: World;

  beforeEach(() => {
    world = new World();
  });

  it('go one after the other, what others refer to first, each as what it is', async () => {
    world.add('Condition.ndjson', 'Patient.ndjson.gz');
    expect(await world.settles()).toEqual(['Patient.ndjson.gz reading', 'Condition.ndjson waiting']);
    expect(world.asked.map(({ path, file, headers }) => [path, file, headers])).toEqual([
      [
        'imports?organizationId=o&source=urn%3Aehr',
        'Patient.ndjson.gz',
        { 'content-type': 'application/fhir+ndjson', 'content-encoding': 'gzip' },
      ],
    ]);
    world.asked[0]?.answer(done('1'));
    expect(await world.settles()).toEqual(['Patient.ndjson.gz done', 'Condition.ndjson reading']);
    world.asked[1]?.answer(done('2'));
    expect(await world.settles()).toEqual(['Patient.ndjson.gz done', 'Condition.ndjson done']);
    expect([world.taken, world.busy]).toEqual([2, [true, false]]);
    // What is read next has it.
    expect(world.wrote).toEqual(['at-1', 'at-2']);
  });

  it('say how far they are while they are taken', async () => {
    world.add('a.json');
    await world.settles();
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    world.asked[0]?.answer(new Response(readable));
    const writer = writable.getWriter();
    await writer.write(Buffer.from(event('progress', { step: 'taking', done: 3, total: 20 })));
    await world.settles();
    expect(world.line('a.json').standing).toEqual({ at: 'taking', done: 3, total: 20 });
    await writer.close();
    await world.settles();
    // It ended, and nobody said how.
    expect(world.line('a.json').standing).toEqual({ at: 'failed', error: expect.any(Unreachable) });
  });

  it('do not stop one another where one fails, and go again', async () => {
    world.add('a.json', 'b.json');
    await world.settles();
    const problem = { status: 400, code: 'FILE_UNREADABLE', title: 'No', detail: 'Nothing can be read.' };
    world.asked[0]?.answer(new Response(event('problem', problem)));
    await world.settles();
    expect(world.line('a.json').standing).toEqual({ at: 'failed', error: expect.any(Problem) });
    world.importing.again(world.line('a.json').key);
    world.asked[1]?.fail(new Unreachable('no answer'));
    expect(await world.settles()).toEqual(['a.json reading', 'b.json failed']);
    world.asked[2]?.answer(done('1'));
    expect(await world.settles()).toEqual(['a.json done', 'b.json failed']);
  });

  it('are stopped, those that wait as well, and begun again by themselves', async () => {
    world.add('a.json', 'b.json');
    await world.settles();
    world.importing.stop();
    expect(await world.settles()).toEqual(['a.json stopped', 'b.json stopped']);
    expect([world.asked.length, world.asked[0]?.signal.aborted, world.busy]).toEqual([
      1,
      true,
      [true, false],
    ]);
    world.importing.again(world.line('b.json').key);
    await world.settles();
    world.asked[1]?.answer(done('2'));
    expect(await world.settles()).toEqual(['a.json stopped', 'b.json done']);
  });

  it('tell whoever looks that something changed', async () => {
    let changes = 0;
    const leave = world.importing.subscribe(() => (changes += 1));
    world.add('a.json');
    await world.settles();
    expect(changes).toBe(2);
    leave();
    world.asked[0]?.answer(done('1'));
    await world.settles();
    expect(changes).toBe(2);
  });
});
