export * from './aggregate.js';
export { makeCodec, canonicalBytes, ContractBroken, type Codec } from './codec.js';
export { Door, type DoorParts } from './door.js';
export { readWhole } from './read-whole.js';
export { REGISTER_CONTRACT } from './register.js';
