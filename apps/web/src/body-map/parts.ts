/** Under which headings the list has the regions. */
import type { Region } from '@fascia/clinical';

export const PARTS = {
  head: ['head-tmj', 'cervical'],
  arm: ['shoulder', 'upper-arm', 'elbow', 'forearm', 'wrist-hand'],
  trunk: ['thoracic', 'rib', 'lumbar', 'abdomen'],
  leg: [
    'sacroiliac-gluteal',
    'hip',
    'thigh-anterior',
    'thigh-posterior',
    'knee',
    'lower-leg',
    'ankle-foot',
    'plantar',
  ],
  whole: ['widespread'],
} as const satisfies Readonly<Record<string, readonly Region[]>>;

export type Part = keyof typeof PARTS;

export const PART_NAMES = Object.keys(PARTS) as readonly Part[];
