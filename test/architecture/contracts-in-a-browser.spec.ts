import { join } from 'node:path/posix';
import { files, jsonOf, outputOf, ROOT } from './tree.js';

interface Loaded {
  readonly entry: string;
  readonly exports?: readonly string[];
  readonly fault?: string;
}

const FIXTURES = 'test/architecture/fixtures/browser';

/** Every `./contract` of every package, and the `./rules` that screens apply while somebody types. */
const CONTRACTS = files(/^libs\/(platform\/)?[^/]+\/package\.json$/).flatMap((file) => {
  const { exports: doors = {} } = jsonOf(file) as {
    readonly exports?: Readonly<Record<string, { readonly '@fascia/source': string }>>;
  };
  return [doors['./contract'], doors['./rules']].flatMap((door) =>
    door === undefined ? [] : [join(file, '..', door['@fascia/source'])],
  );
});

describe('where there is nothing but ECMAScript', () => {
  let loaded: readonly Loaded[];

  beforeAll(async () => {
    const entries = [...CONTRACTS, ...files(new RegExp(`^${FIXTURES}/`))];
    const script = 'test/architecture/bundle-contracts.mjs';
    loaded = JSON.parse(await outputOf('node', [script, ROOT, ...entries])) as readonly Loaded[];
  });

  const of = (entry: string): Loaded | undefined => loaded.find((one) => one.entry === entry);

  it('there are contracts to load', () => {
    expect(CONTRACTS).toEqual(
      expect.arrayContaining(['libs/kernel/src/contract.ts', 'libs/task/src/contract.ts']),
    );
  });

  it.each(CONTRACTS)('%s loads, and offers something', (entry) => {
    expect(of(entry)).toMatchObject({ entry, exports: expect.arrayContaining([expect.any(String)]) });
  });

  it.each([
    ['digests', 'Could not resolve "node:crypto"'],
    ['asks-the-process', 'process is not defined'],
    ['takes-a-url', 'URL is not defined'],
    ['waits', 'setTimeout is not defined'],
  ])('a module that %s does not', (name, fault) => {
    expect(of(`${FIXTURES}/${name}.ts`)?.fault).toContain(fault);
  });

  it('a module that only names a type of Node does', () => {
    expect(of(`${FIXTURES}/names-a-type.ts`)?.exports).toEqual(['words']);
  });
});
