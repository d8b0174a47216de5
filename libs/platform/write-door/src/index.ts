export { SubjectErased } from '@fascia/sealing';
export * from './aggregate.js';
export { makeCodec, canonicalBytes, ContractBroken, type Codec } from './codec.js';
export { describeEvents, type EventDescription } from './describe-events.js';
export { Door, type DoorParts } from './door.js';
export { eventSchemas, type JsonSchema } from './event-schemas.js';
export { readWhole } from './read-whole.js';
export { REGISTER_CONTRACT, REGISTER_REFUSALS } from './register.js';
