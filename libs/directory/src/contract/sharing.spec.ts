import { isSharingClosed, type SharingSaid } from './sharing.js';

const CLINIC = 'clinic';
const at = (hour: number): string => `2026-04-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
const said = (
  kind: SharingSaid['kind'],
  hour: number,
  organizationIds: readonly string[] = [CLINIC],
  purposes: readonly string[] = kind === 'restricted' ? [] : ['TREAT'],
): SharingSaid => ({ kind, purposes, organizationIds, saidAt: at(hour) });

describe('sharing with an organisation', () => {
  it.each<[string, readonly SharingSaid[], boolean]>([
    ['goes on where nothing was said', [], false],
    ['goes on by consent', [said('granted', 8)], false],
    ['is closed by a restriction that names it', [said('restricted', 8)], true],
    ['is closed by a restriction that names nobody', [said('restricted', 8, [])], true],
    ["goes on over a restriction that is another's", [said('restricted', 8, ['other'])], false],
    ['is closed by a withdrawal', [said('withdrawn', 9)], true],
    ['goes on when a consent to something else is withdrawn', [said('withdrawn', 9, [], ['HOPERAT'])], false],
    ['goes on when a restriction is taken back', [said('withdrawn', 9, [CLINIC], [])], false],
    ['is open again by a later consent that names it', [said('restricted', 8), said('granted', 9)], false],
    ['stays closed by an earlier consent', [said('granted', 8), said('restricted', 9)], true],
    ['stays closed by a consent that names nobody', [said('restricted', 8), said('granted', 9, [])], true],
    [
      'stays closed by a consent to something else',
      [said('restricted', 8), said('granted', 9, [CLINIC], ['HPAYMT'])],
      true,
    ],
    [
      'is closed by what was said last',
      [said('restricted', 8), said('granted', 9), said('withdrawn', 10)],
      true,
    ],
  ])('%s', (_what, all, closed) => {
    expect(isSharingClosed(all, CLINIC)).toBe(closed);
    expect(isSharingClosed(all.toReversed(), CLINIC)).toBe(closed);
  });
});
