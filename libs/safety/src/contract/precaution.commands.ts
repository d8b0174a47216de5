/** What may be asked of a proposed precaution. */
import {
  acts,
  code,
  flag,
  id,
  line,
  partialDay,
  receives,
  shape,
  text,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { CODE_SYSTEMS, ENDINGS, ORIGINS } from './precaution.events.js';

export const PRECAUTION_COMMANDS = {
  /** What a file says of it now, under the id that follows from source, patient, row and code. */
  ProposePrecaution: receives('An import', {
    patientId: id(),
    system: line(300, 'URI of the source system.'),
    catalogueId: line(10, 'Row of the contraindication catalogue.'),
    tableVersion: line(20),
    from: code(ORIGINS),
    code: shape('PrecautionCode', { system: code(CODE_SYSTEMS), code: line(100) }),
    since: partialDay('FHIR date.').optional(),
    ended: flag('What it came from is over.'),
    endedOn: partialDay('FHIR date, as precise as the source.').optional(),
    lastUpdated: line(40, 'When the source changed it last, by its own clock (FHIR instant).').optional(),
  }),
  /** What a file ends, also of what was never proposed: an older file that comes later does not bring it. */
  EndPrecaution: receives('An import', {
    patientId: id(),
    catalogueId: line(10, 'Row of the contraindication catalogue.'),
    why: code(ENDINGS),
    endedOn: partialDay('FHIR date, as precise as the source.').optional(),
    lastUpdated: line(40, 'When the source changed it last, by its own clock (FHIR instant).').optional(),
  }),
  ConfirmPrecaution: acts('confirm', 'Confirm that care has to respect it'),
  DismissPrecaution: acts('dismiss', 'Say that it is none for this patient, with the reason', {
    reason: text(4000),
  }),
};

export type PrecautionCommand = CommandsOf<typeof PRECAUTION_COMMANDS>;
export type PrecautionCommandOf<T extends PrecautionCommand['type']> = CommandOf<
  typeof PRECAUTION_COMMANDS,
  T
>;
