/** What the catalogue of contraindications refuses of a plan. */
import type { Contraindicated } from '@fascia/clinical/contraindications';
import { gist, given } from '@fascia/testkit';
import type { PlanIntervention } from '../contract/content.js';
import { PLAN_CONTRACT } from '../contract/events.js';
import { AT, COMMANDS, CONTENT, decider, drafted, FACTS, PLAN, THERAPIST } from './plan.scenes.spec-data.js';

const establish = (more: Partial<PlanIntervention>, ...facts: readonly Contraindicated[]) =>
  given(
    decider,
    PLAN_CONTRACT,
    drafted({ ...CONTENT, interventions: CONTENT.interventions.map((one) => ({ ...one, ...more })) }),
  ).when(COMMANDS.EstablishPlan, {
    facts: { ...FACTS, holds: { ...FACTS.holds, facts } },
    by: THERAPIST,
    at: AT,
    id: PLAN,
  });

const SHOULDER = { region: 'shoulder', side: 'right' } as const;
const REFUSED = 'PLAN_TECHNIQUE_CONTRAINDICATED';

describe('a plan over contraindications', () => {
  // prettier-ignore
  it.each<[string, Partial<PlanIntervention>, Contraindicated, readonly string[] | string]>([
    ['deep friction under an anticoagulant', { technique: 'DTFM' }, { catalogueId: 'P01' }, REFUSED],
    ['a soft technique under it', { technique: 'MFR' }, { catalogueId: 'P01' }, ['PlanEstablished']],
    ['work on a surgical site', {}, { catalogueId: 'C14', site: SHOULDER }, REFUSED],
    ['work beside it', {}, { catalogueId: 'C14', site: { region: 'shoulder', side: 'left' } }, ['PlanEstablished']],
    ['deep friction on a tendon under steroids', { technique: 'DTFM', tissues: ['tendon'] }, { catalogueId: 'P02' }, REFUSED],
    ['deep friction on a muscle under steroids', { technique: 'DTFM', tissues: ['muscle'] }, { catalogueId: 'P02' }, ['PlanEstablished']],
    ['deep friction under steroids on nobody knows what', { technique: 'DTFM', tissues: [] }, { catalogueId: 'P02' }, REFUSED],
  ])('%s', (_what, more, fact, expected) => {
    expect(gist(establish(more, fact))).toEqual(expected);
  });

  it('says which technique, where, by which row, and what would open it', () => {
    expect(establish({ technique: 'DTFM' }, { catalogueId: 'C14', site: SHOULDER })).toMatchObject({
      refusal: {
        pointer: '/content/interventions/0/technique',
        about: {
          catalogueId: 'C14',
          site: 'shoulder/right',
          technique: 'DTFM',
          openedBy: ['onset-stated', 'resolution'],
        },
      },
    });
  });
});
