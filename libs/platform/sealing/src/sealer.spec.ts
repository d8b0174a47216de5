import fc from 'fast-check';
import { streamOf } from '@fascia/kernel';
import { eventSealer, SealBroken } from './sealer.js';
import { freshKey } from './subject-keys.js';

const key = freshKey();
const place = {
  stream: streamOf('patient', '018f428e-34f6-4707-8009-5ad742f901e7'),
  version: 1,
  eventId: '7a7c3a57-5c0a-5d5c-9c0e-0a8d1f6f2f11',
  type: 'PatientRegistered',
};

describe('a sealed field', () => {
  it('opens to what was sealed, whatever the language', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealer = eventSealer(key, place);
        expect(sealer.open('/name', sealer.seal('/name', text))).toBe(text);
      }),
    );
  });

  it('looks different each time', () => {
    const sealer = eventSealer(key, place);
    expect(sealer.seal('/name', 'Öztürk')).not.toBe(sealer.seal('/name', 'Öztürk'));
  });

  const sealed = eventSealer(key, place).seal('/name', 'نور');

  it.each([
    ['another field', eventSealer(key, place), '/other'],
    ['another version', eventSealer(key, { ...place, version: 2 }), '/name'],
    ['another type', eventSealer(key, { ...place, type: 'Other' }), '/name'],
    [
      'another event',
      eventSealer(key, { ...place, eventId: '7a7c3a57-5c0a-5d5c-9c0e-0a8d1f6f2f12' }),
      '/name',
    ],
    [
      'another stream',
      eventSealer(key, { ...place, stream: streamOf('patient', 'f26c357d-6c69-401f-a505-0413901cb401') }),
      '/name',
    ],
    ['other bytes of the same name', eventSealer({ ...freshKey(), id: key.id }, place), '/name'],
    ['another key', eventSealer(freshKey(), place), '/name'],
  ])('does not open under %s', (_what, sealer, field) => {
    expect(() => sealer.open(field, sealed)).toThrow(SealBroken);
  });

  it('does not open when any byte was altered', () => {
    const sealer = eventSealer(key, place);
    const [version = '', id = '', text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => sealer.open('/name', [version, id, altered.toString('base64url')].join('.'))).toThrow(
        SealBroken,
      );
    }
  });
});
