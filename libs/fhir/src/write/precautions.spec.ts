import type { ImportedEnding, ImportedPrecaution } from '../bundle/items.js';
import { endingsOf, proposalsOf } from './precautions.js';

const patient = (id: string) => ({ identity: `Patient/${id}`, inFile: true });

const said = (n: number, more: Partial<ImportedPrecaution> = {}): ImportedPrecaution => ({
  kind: 'precaution',
  sourceId: String(n),
  identity: `MedicationRequest/${String(n)}`,
  pointer: `/entry/${String(n)}`,
  patient: patient('1'),
  catalogueId: 'P01',
  tableVersion: '1',
  from: 'medication',
  code: { system: 'rxnorm', code: '11289' },
  ...more,
});

describe('proposals of a file', () => {
  it('are one for each patient, row and code', () => {
    const all = proposalsOf([
      said(1),
      said(2),
      said(3, { patient: patient('2') }),
      said(4, { catalogueId: 'P02' }),
      said(5, { code: { system: 'atc', code: 'B01AA03' } }),
    ]);
    expect(all.map(({ pointer }) => pointer)).toEqual(['/entry/1', '/entry/3', '/entry/4', '/entry/5']);
    expect(new Set(all.map(({ identity }) => identity)).size).toBe(4);
  });

  it('have the same name whichever resource says it', () => {
    const [one] = proposalsOf([said(1)]);
    const [other] = proposalsOf([said(2)]);
    expect(one?.identity).toBe(other?.identity);
  });

  it('are since the first, and changed with the last', () => {
    const spoken = [
      said(1, { since: '2024-03-01', lastUpdated: '2026-01-01T00:00:00Z' }),
      said(2, { since: '2023-11', lastUpdated: '2026-01-01T00:30:00+01:00' }),
      said(3),
    ];
    const expected = { since: '2023-11', lastUpdated: '2026-01-01T00:00:00Z' };
    expect(proposalsOf(spoken)).toEqual([expect.objectContaining(expected)]);
    expect(proposalsOf(spoken.toReversed())).toEqual([expect.objectContaining(expected)]);
  });

  it('are over when all of it is over, with the last', () => {
    const first = said(1, { ended: true, endedDate: '2024-03' });
    const second = said(2, { ended: true, endedDate: '2025-01-31' });
    expect(proposalsOf([first, second])).toEqual([
      expect.objectContaining({ ended: true, endedDate: '2025-01-31' }),
    ]);
    const [going] = proposalsOf([first, second, said(3)]);
    expect([going?.ended, going?.endedDate]).toEqual([undefined, undefined]);
  });
});

describe('ends of a file', () => {
  const ending = (n: number, more: Partial<ImportedEnding> = {}): ImportedEnding => ({
    kind: 'ending',
    sourceId: String(n),
    identity: `MedicationRequest/${String(n)}`,
    pointer: `/entry/${String(n)}`,
    patient: patient('1'),
    catalogueId: 'P01',
    code: { system: 'rxnorm', code: '11289' },
    why: 'over',
    ...more,
  });

  it('are of the precaution that the medicine was, with the last of it', () => {
    const all = endingsOf(
      [
        ending(1, { why: 'entered-in-error', lastUpdated: '2026-02-01T00:00:00Z' }),
        ending(2, { endedDate: '2025-01', lastUpdated: '2026-01-01T00:00:00Z' }),
        ending(3, { patient: patient('2') }),
      ],
      [],
    );
    const [proposal] = proposalsOf([said(9)]);
    expect(all).toMatchObject([
      {
        identity: proposal?.identity,
        why: 'over',
        endedDate: '2025-01',
        lastUpdated: '2026-02-01T00:00:00Z',
      },
      { patient: patient('2') },
    ]);
  });

  it('are none where the file says that it goes on', () => {
    expect(endingsOf([ending(1)], [said(2)])).toEqual([]);
  });
});
