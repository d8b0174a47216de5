/** What the figures say, as a list: all of it for who hears the page, and a second way to it for everybody else. */
import type { Region } from '@fascia/clinical';
import { Chip } from '@mantine/core';
import { useId } from 'react';
import css from './body-map.module.css';
import { PART_NAMES, PARTS } from './parts.js';
import { placeText, type Place, type Places } from './sites.js';
import { headline, sideName, type BodyWords } from './words.js';

interface ListProps {
  readonly places: Places;
  readonly words: BodyWords;
}

interface BodyListProps extends ListProps {
  readonly onToggle: (place: Place) => void;
}

interface RowProps extends Omit<BodyListProps, 'places'> {
  readonly region: Region;
  /** Those of the region. */
  readonly places: readonly Place[];
}

/** A remark that holds for every place of a region is read once. */
const remarksOn = (places: readonly Place[], words: BodyWords): readonly string[] => {
  const [first, ...others] = places;
  if (first?.note !== undefined && others.every(({ note }) => note === first.note))
    return [headline(first.note)];
  return places.filter(({ note }) => note !== undefined).map((place) => headline(placeText(words, place)));
};

const RegionRow = ({ region, places, words, onToggle }: RowProps) => {
  const id = useId();
  const remarks = remarksOn(places, words);
  return (
    <div className={css.row}>
      {places.length > 1 && <span>{headline(words.regions[region])}</span>}
      <div className={css.chips}>
        {places.map((place) => (
          <Chip
            key={place.key}
            variant="outline"
            checked={place.marked}
            onChange={() => {
              onToggle(place);
            }}
            aria-label={place.name}
            aria-disabled={place.barred}
            aria-describedby={`${id}-${place.key}`}
          >
            {headline(sideName(words, place.site))}
          </Chip>
        ))}
      </div>
      {remarks.map((text) => (
        <p key={text} className={css.remark}>
          {text}
        </p>
      ))}
      {places.map(({ key, note }) => (
        <span key={key} id={`${id}-${key}`} hidden>
          {note}
        </span>
      ))}
    </div>
  );
};

export const BodyList = ({ places, words, onToggle }: BodyListProps) => (
  <div className={css.list} role="group" aria-label={words.list}>
    {PART_NAMES.map((part) => (
      <fieldset key={part}>
        <legend>{headline(words.parts[part])}</legend>
        {PARTS[part].map((region) => (
          <RegionRow
            key={region}
            region={region}
            places={[...places.values()].filter(({ site }) => site.region === region)}
            words={words}
            onToggle={onToggle}
          />
        ))}
      </fieldset>
    ))}
  </div>
);

/** To read only: what is marked. */
export const MarkedList = ({ places, words }: ListProps) => {
  const marked = [...places.values()].filter((place) => place.marked);
  if (marked.length === 0) return <p className={css.remark}>{words.nothingMarked}</p>;
  return (
    <ul className={css.marked} aria-label={words.list}>
      {marked.map((place) => (
        <li key={place.key}>{headline(placeText(words, place))}</li>
      ))}
    </ul>
  );
};
