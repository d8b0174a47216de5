/** Minutes and units so far, by the payer's method: of what is recorded, and of what is typed and not recorded yet. */
import { allocateUnits, payerProfile, type PayerProfileName, type UnitAllocation } from '@fascia/clinical';
import type { Intervention, Row } from './rows.js';

export interface Tally {
  /** One-to-one: what units are counted from. */
  readonly timed: number;
  readonly all: number;
  /** Where the payer counts any. */
  readonly units: UnitAllocation | undefined;
}

type Recorded = Pick<Intervention, 'cpt' | 'minutes' | 'timed'>;
type Pending = Pick<Row, 'cpt' | 'minutes'>;

interface Line {
  readonly cpt: string;
  readonly minutes: number;
  readonly timed: boolean;
}

/** The table of codes is the service's: as it judged the code before, and one-to-one until it does. */
const lineOf = ({ cpt, minutes = 0 }: Pending, recorded: readonly Recorded[]): Line => ({
  cpt: cpt.trim(),
  minutes,
  timed: recorded.find((one) => one.cpt === cpt.trim())?.timed ?? true,
});

const sumOf = (lines: readonly Line[]): number => lines.reduce((sum, { minutes }) => sum + minutes, 0);

interface Counted {
  readonly recorded: readonly Recorded[];
  readonly pending?: readonly Pending[];
  readonly payer: PayerProfileName | null;
  /** Codes preferred between equal claims. */
  readonly choice?: readonly string[];
}

export const tallyOf = ({ recorded, pending = [], payer, choice = [] }: Counted): Tally => {
  const lines: readonly Line[] = [...recorded, ...pending.map((row) => lineOf(row, recorded))];
  const timed = lines.filter((line) => line.timed);
  const method = payer === null ? undefined : payerProfile(payer).unitMethod;
  return {
    timed: sumOf(timed),
    all: sumOf(lines),
    units: method && allocateUnits(method, timed, choice),
  };
};
