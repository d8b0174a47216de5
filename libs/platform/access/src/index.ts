export { AccessGuard } from './access-guard.js';
export { AccessRefused } from './access-refused.js';
export { Caller, CALLER_DIRECTORY, Public, PUBLIC_ROUTE, requireCaller, type CallerDirectory } from './caller.js';
export {
  createTokenVerifier, TOKEN_VERIFIER, type TokenFault, type TokenVerdict, type TokenVerifier, type TokenVerifierOptions,
} from './token-verifier.js';
export { ACTIONS, type Action } from './actions.js';
export { CedarPolicy, DEFAULT_DENY, loadPolicies, type Decision } from './cedar-policy.js';
export {
  API_SCOPE, createDevelopmentIssuer, DEMO_SECRET, WEB_CLIENT_ID, type DevelopmentIssuer, type DevelopmentIssuerOptions,
} from './issuer/development-issuer.js';
export { isLoopback } from './issuer/loopback.js';
export { mountIssuer } from './issuer/mount.js';
export type { Persona } from './issuer/pages.js';
export { ISSUER_TABLE_SQL, sqlAdapter, type IssuerSql } from './issuer/sql-adapter.js';
