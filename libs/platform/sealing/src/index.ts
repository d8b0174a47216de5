export { assertKeysFit, keyStatus, turnOver, type KeyStatus, type TurnedOver } from './key-care.js';
export { masterKeys, MasterKeyMissing, MasterKeysInvalid, type MasterKeys } from './master-keys.js';
export * from './sealer.js';
export { openState, sealState } from './state-sealer.js';
export {
  ERASED_WITHIN_MS,
  freshKey,
  memorySubjectKeys,
  NETWORK,
  postgresSubjectKeys,
  SUBJECT_KEY_SQL,
  SubjectErased,
  type ErasableKeys,
  type SubjectKeys,
} from './subject-keys.js';
