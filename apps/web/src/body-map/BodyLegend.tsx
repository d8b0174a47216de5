/** What colours and patterns mean: of those that are on the map. */
import css from './body-map.module.css';
import { RegionShape } from './RegionShape.js';
import type { Places } from './sites.js';
import { TONES } from './tones.js';
import { headline, type BodyWords } from './words.js';

const SWATCH = { d: 'M0.5,0.5L31.5,0.5L31.5,15.5L0.5,15.5Z', centre: [16, 8] } as const;

interface LegendProps {
  readonly places: Places;
  readonly words: BodyWords;
  /** Of the weaves' names (RegionShape.tsx). */
  readonly prefix: string;
}

export const BodyLegend = ({ places, words, prefix }: LegendProps) => {
  const used = new Set([...places.values()].map(({ tone }) => tone));
  const tones = TONES.filter((tone) => used.has(tone));
  if (tones.length === 0) return null;
  return (
    <ul className={css.legend} aria-label={words.legend}>
      {tones.map((tone) => (
        <li key={tone}>
          <svg viewBox="0 0 32 16" width={32} height={16} aria-hidden="true">
            <RegionShape shape={SWATCH} look={{ marked: true, barred: false, tone }} prefix={prefix} />
          </svg>
          {headline(words.tones[tone])}
        </li>
      ))}
    </ul>
  );
};
