/** What a later file ends: the medicine that a precaution came from was stopped, or what said it was never so. */
import { isOlder } from '@fascia/directory/contract';
import { happened, type Decision } from '@fascia/kernel';
import type { PrecautionCommandOf } from '../contract/precaution.commands.js';
import type { PrecautionEvent, PrecautionSaid } from '../contract/precaution.events.js';
import { refuse } from '../contract/refusals.js';

interface Ending {
  readonly status: string;
  readonly patientId: string;
  readonly said?: PrecautionSaid | undefined;
}

/**
 * One that nobody has looked at is dismissed by it. One that a person confirmed stands: that its source says it is over is kept with it,
 * and a person ends it.
 */
export const endPrecaution = (
  { patientId, catalogueId, why, endedOn, lastUpdated }: PrecautionCommandOf<'EndPrecaution'>,
  state: Ending | undefined,
): Decision<PrecautionEvent> => {
  const dated = lastUpdated === undefined ? {} : { lastUpdated };
  if (state === undefined)
    return happened({ type: 'PrecautionEndReceived', data: { patientId, catalogueId, ...dated } });
  if (state.patientId !== patientId)
    return refuse('SOURCE_OTHER_PERSON', 'Under this id the source said it of another patient.');
  const { said } = state;
  if (said === undefined) return refuse('SOURCE_DIFFERS', 'It was not taken from this source.');
  if (isOlder({ lastUpdated }, said))
    return refuse('SOURCE_OLDER', 'A newer state of this precaution was taken from the source before.');
  if (said.ended && state.status !== 'proposed') return happened();
  return happened({
    type: 'PrecautionSourceEnded',
    data: {
      why,
      ...(endedOn === undefined ? {} : { endedOn }),
      ...dated,
    },
  });
};

type Ended = Extract<PrecautionEvent, { type: 'PrecautionSourceEnded' }>['data'];

/** What the source says once it has ended it. */
export const saidAtEnd = (
  { since, tableVersion, lastUpdated: before }: PrecautionSaid,
  { endedOn, lastUpdated = before }: Ended,
): PrecautionSaid => ({
  tableVersion,
  ended: true,
  ...(since === undefined ? {} : { since }),
  ...(endedOn === undefined ? {} : { endedOn }),
  ...(lastUpdated === undefined ? {} : { lastUpdated }),
});
