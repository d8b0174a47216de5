export { AccessGuard } from './access-guard.js';
export { AccessRefused } from './access-refused.js';
export { choosing, identified, type Admission } from './admission.js';
export { ON_BEHALF_HEADER, PURPOSE_HEADER, ROLE_HEADER, roleName, type Acting } from './acting.js';
export {
  asWhoMay,
  Caller,
  CALLER_DIRECTORY,
  Public,
  requireActing,
  requireCaller,
  type CallerDirectory,
} from './caller.js';
export {
  createTokenVerifier,
  TOKEN_VERIFIER,
  type TokenFault,
  type TokenVerdict,
  type TokenVerifier,
  type TokenVerifierOptions,
} from './token-verifier.js';
export { CedarPolicy, DEEDS, type Decision, type PolicyParts } from './cedar-policy.js';
export {
  createDevelopmentIssuer,
  type DevelopmentIssuer,
  type DevelopmentIssuerOptions,
} from './issuer/development-issuer.js';
export { assertLoopback, isLoopback, LoopbackOnly } from './issuer/loopback.js';
export { mountIssuer } from './issuer/mount.js';
export type { Persona } from './issuer/pages.js';
export { ISSUER_TABLE_SQL, sqlAdapter, type IssuerSql } from './issuer/sql-adapter.js';
