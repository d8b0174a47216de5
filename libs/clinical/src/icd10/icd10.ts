/** The door to the rules of ICD-10-CM: pure questions over a catalogue that somebody else has loaded. */
export type { IcdCatalogue } from './catalogue.js';
export { dotted, isBelow, undotted } from './code.js';
export { bouncesOnSight, hazardOf } from './hazards.js';
export type { IcdSide } from './side.js';
export type { Billability } from './validity.js';
