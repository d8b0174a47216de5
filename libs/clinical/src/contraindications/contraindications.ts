/** The door to the catalogue of contraindications: its rows, and what they leave of the techniques. Pure; no calendar is loaded. */
export { contraindicationOf } from './diagnosed.js';
export {
  judge,
  OPENINGS,
  type Clearance,
  type Contraindicated,
  type Onset,
  type SiteJudgement,
  type WhatHolds,
} from './judge.js';
export {
  CONTRAINDICATION_IDS,
  CONTRAINDICATION_LIMITS,
  CONTRAINDICATIONS,
  CONTRAINDICATIONS_VERSION,
  DEMANDS,
  DETAILS,
  EFFECTS,
  isClearable,
  isContraindicationId,
  type Contraindication,
  type Demand,
  type Detail,
} from './rows.js';
export { codesOf, saidOf } from './words.js';
