import { OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import {
  Contended,
  LookupsBehind,
  LookupsIncomplete,
  StreamUnreadable,
  UpgradeNeeded,
} from '@fascia/write-door';
import { isPassing } from './coordinator.js';

describe('what a command of a process meets', () => {
  it.each([
    new StoreUnavailable('away'),
    new OutcomeUnknown('cut'),
    new LookupsBehind('behind'),
    new Contended('lost'),
  ])('is waited for by everybody where it passes by itself: $name', (error) => {
    expect(isPassing(error)).toBe(true);
  });

  it.each([new LookupsIncomplete(['flag']), new StreamUnreadable('one'), new UpgradeNeeded('one')])(
    'parks its instance, alone, where somebody has to mend something: $name',
    (error) => {
      expect(isPassing(error)).toBe(false);
    },
  );
});
