/** One region as it is seen: its shape, what is woven into it, and the sign in its middle. */
import css from './body-map.module.css';
import type { DrawnRegion } from './regions.js';
import type { Place } from './sites.js';
import { glyphOf, WEAVES } from './tones.js';

/** The weaves stand once in a page and are filled in by name: `url(#…)`. */
export const WeaveDefinitions = ({ prefix }: { readonly prefix: string }) => (
  <svg className={css.definitions} width={0} height={0} aria-hidden="true">
    <defs>
      {Object.entries(WEAVES).map(([name, { size, turn, d }]) => (
        <pattern
          key={name}
          id={`${prefix}-${name}`}
          width={size}
          height={size}
          patternUnits="userSpaceOnUse"
          patternTransform={`rotate(${turn})`}
        >
          <path className={name === 'barred' ? css.bars : css.fibres} d={d} />
        </pattern>
      ))}
    </defs>
  </svg>
);

interface RegionShapeProps {
  readonly shape: Pick<DrawnRegion, 'd' | 'centre'>;
  readonly look: Pick<Place, 'marked' | 'barred' | 'tone'>;
  /** Of the weaves' names. */
  readonly prefix: string;
}

export const RegionShape = ({ shape: { d, centre }, look, prefix }: RegionShapeProps) => {
  const { marked, barred, tone } = look;
  const weave = barred ? 'barred' : tone;
  return (
    <>
      <path
        className={css.shape}
        d={d}
        data-marked={marked || undefined}
        data-barred={barred || undefined}
        data-tone={tone}
      />
      {weave !== undefined && WEAVES[weave] !== undefined && (
        <path className={css.weave} d={d} fill={`url(#${prefix}-${weave})`} />
      )}
      {marked && (
        <g className={css.sign} data-tone={tone} transform={`translate(${centre.join(' ')})`}>
          <circle r={5.4} />
          <path d={glyphOf(tone)} />
        </g>
      )}
    </>
  );
};
