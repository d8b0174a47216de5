import { PATIENT_COMMANDS } from '../contract/commands.js';
import { naming } from './naming.js';

const name = (parts: { family?: string; given?: string[]; text?: string }) => ({
  family: '',
  given: [],
  prefix: [],
  ...parts,
});

describe('somebody with one name', () => {
  it.each([[{ given: ['Suharti'] }], [{ family: 'Suharti' }], [{ text: 'Suharti' }]])(
    'is called and found by it, whichever part it is: %j',
    (parts) => {
      expect(naming(name(parts))).toMatchObject({ name: 'Suharti', sort_key: 'suharti' });
    },
  );

  it('may be registered, and nobody without any', () => {
    const person = {
      birthDate: '1970',
      sexAtBirth: 'female',
      telecom: [],
      address: [],
      interpreter: false,
      identifiers: [],
    };
    const faults = (parts: object) =>
      PATIENT_COMMANDS.RegisterPatient.body
        .safeParse({ ...person, name: name(parts) })
        .error?.issues.map(({ path, message }) => `${path.join('/')} ${message}`);
    expect(faults({ given: ['Suharti'] })).toBeUndefined();
    expect(faults({ text: 'Suharti' })).toBeUndefined();
    expect(faults({})).toEqual(['name must have a family name, a given name or the whole name as text']);
    expect(faults({ family: 'Suha\u200brti' })).toHaveLength(1);
  });
});
