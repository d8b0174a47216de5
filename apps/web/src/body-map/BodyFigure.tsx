/** A body from one side. Its regions are checkboxes with one tab stop between them; arrow keys go from one to the nearest. */
import { filled } from '@fascia/letter/contract';
import { useId, useState, type KeyboardEvent } from 'react';
import css from './body-map.module.css';
import { nextAt } from './nearest.js';
import { RegionShape } from './RegionShape.js';
import { DRAWN, REACH, sidesSeen, type DrawnRegion, type View } from './regions.js';
import { DRAWING, WIDTH } from './shapes.js';
import { placeText, type Place, type Places } from './sites.js';
import type { BodyWords } from './words.js';

export interface FigureProps {
  readonly view: View;
  readonly places: Places;
  readonly words: BodyWords;
  /** Of the weaves' names (RegionShape.tsx). */
  readonly prefix: string;
}

interface BodyFigureProps extends FigureProps {
  readonly onToggle: (place: Place) => void;
  /** The pointer or the keyboard is at a place, or has left it. */
  readonly onPoint: (key: string | undefined) => void;
}

interface Seen {
  readonly drawn: DrawnRegion;
  readonly place: Place;
}

const seenIn = (view: View, places: Places): readonly Seen[] =>
  DRAWN[view].flatMap((drawn) => {
    const place = places.get(drawn.key);
    return place === undefined ? [] : [{ drawn, place }];
  });

const frame = (view: View): string => `${-WIDTH / 2} 0 ${WIDTH} ${DRAWING[view].height}`;

/** Which side is whose: the patient's left is at our right when we face. */
const SideLetters = ({ view, words }: Pick<FigureProps, 'view' | 'words'>) => {
  const [left, right] = sidesSeen(view);
  return (
    <g className={css.letters} aria-hidden="true">
      <text x={-72} y={20}>
        {words.letters[left]}
      </text>
      <text x={72} y={20}>
        {words.letters[right]}
      </text>
    </g>
  );
};

/** Drawn over all regions, or the neighbours would cover half of it. */
const FocusRing = ({ d }: { readonly d: string | undefined }) => (
  <g className={css.ring} aria-hidden="true">
    <path d={d} />
    <path d={d} />
  </g>
);

interface RegionBoxProps extends Omit<BodyFigureProps, 'places'>, Seen {
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
}

const RegionBox = ({ drawn, place, isTabStop, onFocus, ...figure }: RegionBoxProps) => {
  const { view, words, prefix, onToggle, onPoint } = figure;
  const id = useId();
  const point = (): void => {
    onPoint(place.key);
  };
  const leave = (): void => {
    onPoint(undefined);
  };
  return (
    <g
      className={css.region}
      role="checkbox"
      tabIndex={isTabStop ? 0 : -1}
      aria-checked={place.marked}
      aria-disabled={place.barred}
      aria-label={filled(words.inView, { place: place.name, view: words.views[view] })}
      aria-describedby={place.note === undefined ? undefined : id}
      onClick={() => {
        onToggle(place);
        // A finger has left already.
        point();
      }}
      onFocus={() => {
        onFocus();
        point();
      }}
      onBlur={leave}
      onPointerEnter={point}
      onPointerLeave={leave}
    >
      {place.note !== undefined && <desc id={id}>{place.note}</desc>}
      <circle className={css.hit} cx={drawn.hit[0]} cy={drawn.hit[1]} r={REACH} />
      <RegionShape shape={drawn} look={place} prefix={prefix} />
    </g>
  );
};

export const BodyFigure = ({ places, ...figure }: BodyFigureProps) => {
  const { view, words, onToggle } = figure;
  const seen = seenIn(view, places);
  const firstMarked = seen.findIndex(({ place }) => place.marked);
  const [at, setAt] = useState(Math.max(0, firstMarked));
  const id = useId();

  const press = (event: KeyboardEvent<SVGSVGElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const place = seen[at]?.place;
    const centres = seen.map(({ drawn }) => drawn.centre);
    const next = nextAt(centres, at, event.key);
    if (next !== undefined) {
      event.currentTarget.querySelectorAll<SVGGElement>('[role="checkbox"]')[next]?.focus();
    } else if ((event.key === ' ' || event.key === 'Enter') && place !== undefined) {
      if (!event.repeat) onToggle(place);
    } else return;
    event.preventDefault();
  };

  return (
    <svg
      className={css.figure}
      viewBox={frame(view)}
      role="group"
      aria-label={filled(words.figure, { view: words.views[view] })}
      aria-describedby={id}
      onKeyDown={press}
    >
      <desc id={id}>{words.keys}</desc>
      {seen.map((one, index) => (
        <RegionBox
          key={one.drawn.key}
          {...figure}
          {...one}
          isTabStop={index === at}
          onFocus={() => {
            setAt(index);
          }}
        />
      ))}
      <SideLetters view={view} words={words} />
      <FocusRing d={seen[at]?.drawn.d} />
    </svg>
  );
};

/** To look at only: a picture, which says in words what is marked on it. */
export const StillFigure = ({ view, places, words, prefix }: FigureProps) => {
  const seen = seenIn(view, places);
  const marked = seen.filter(({ place }) => place.marked).map(({ place }) => placeText(words, place));
  const said = marked.length === 0 ? words.nothingMarked : marked.join(words.between);
  return (
    <svg
      className={css.figure}
      viewBox={frame(view)}
      role="img"
      aria-label={filled(words.marksOn, { view: words.views[view], places: said })}
    >
      {seen.map(({ drawn, place }) => (
        <RegionShape key={drawn.key} shape={drawn} look={place} prefix={prefix} />
      ))}
      <SideLetters view={view} words={words} />
    </svg>
  );
};
