/** How a mark looks: by tissue, or by how it went there since. Each differs in more than its colour. */
import { TISSUES } from '@fascia/clinical';

export const TONES = [...TISSUES, 'improved', 'unchanged', 'worsened'] as const;
export type Tone = (typeof TONES)[number];

interface Weave {
  readonly size: number;
  /** Degrees. */
  readonly turn: number;
  readonly d: string;
}

/** Lines woven into the colour of a tissue, as its fibres might run; `barred` greys what may not be marked. */
export const WEAVES: Readonly<Partial<Record<Tone | 'barred', Weave>>> = {
  muscle: { size: 5, turn: 35, d: 'M0,2.5L5,2.5' },
  tendon: { size: 4, turn: 90, d: 'M0,2L4,2' },
  ligament: { size: 6, turn: 45, d: 'M0,3L6,3M3,0L3,6' },
  fascia: { size: 5, turn: 20, d: 'M1.8,2.5L3.2,2.5' },
  scar: { size: 7, turn: 0, d: 'M0,2L3.5,5L7,2' },
  barred: { size: 5, turn: -45, d: 'M0,2.5L5,2.5' },
};

/** Drawn at the middle of what is marked, about 0,0. */
const TICK = 'M-3,0.2L-0.9,2.3L3,-2.2';
const GLYPHS: Readonly<Partial<Record<Tone, string>>> = {
  improved: 'M0,3L0,-3M-2.6,-0.6L0,-3L2.6,-0.6',
  unchanged: 'M-2.6,-1.3L2.6,-1.3M-2.6,1.3L2.6,1.3',
  worsened: 'M0,-3L0,3M-2.6,0.6L0,3L2.6,0.6',
};

export const glyphOf = (tone: Tone | undefined): string => (tone && GLYPHS[tone]) ?? TICK;
