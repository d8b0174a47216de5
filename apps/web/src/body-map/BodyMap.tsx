/**
 * The body from the front, from the back, and the soles of its feet: where something is, or shall be worked on. What can be said of a
 * place is said twice, on the drawing and in the list beside it, and read from one table of places (sites.ts). All words come from
 * outside; without `onToggle` it is to be looked at only.
 */
import { filled } from '@fascia/letter/contract';
import type { BodySite } from '@fascia/clinical';
import { SegmentedControl } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { BodyFigure, StillFigure } from './BodyFigure.js';
import { BodyLegend } from './BodyLegend.js';
import { BodyList, MarkedList } from './BodyList.js';
import css from './body-map.module.css';
import { WeaveDefinitions } from './RegionShape.js';
import { DRAWN, VIEWS, type View } from './regions.js';
import { placesFor, placeText, type MarkedSite, type Place, type Places } from './sites.js';
import { headline, type BodyWords } from './words.js';

export interface BodyMapProps {
  /** What is marked; `bilateral` is both sides. */
  readonly sites: readonly MarkedSite[];
  readonly words: BodyWords;
  /** A place was chosen: to be marked, or to be taken back (`toggled` of sites.ts). */
  readonly onToggle?: (site: BodySite) => void;
  /** Why a place may not be marked, in the words of whoever forbids it. */
  readonly whyNot?: (site: BodySite) => string | undefined;
  /** What the map is about, where a page has more than one. */
  readonly label?: string;
  /** Of one that is only looked at. */
  readonly small?: boolean;
  /** False where a list of the same places stands beside it already. */
  readonly withList?: boolean;
}

const nothing = (): undefined => undefined;

const marksIn = (view: View, places: Places): number =>
  DRAWN[view].filter(({ key }) => places.get(key)?.marked).length;

interface ViewChoiceProps {
  readonly views: readonly View[];
  readonly chosen: View;
  readonly choose: (view: View) => void;
  readonly words: BodyWords;
  readonly places: Places;
}

/** On a narrow screen one view is seen at a time; elsewhere the styles hide this choice. */
const ViewChoice = ({ views, chosen, choose, words, places }: ViewChoiceProps) => (
  <div className={css.choice}>
    <SegmentedControl
      fullWidth
      role="radiogroup"
      aria-label={words.whichView}
      value={chosen}
      onChange={choose}
      data={views.map((view) => {
        const count = marksIn(view, places);
        const name = headline(words.views[view]);
        const label = count === 0 ? name : filled(words.viewWithMarks, { view: name, count: String(count) });
        return { value: view, label };
      })}
    />
  </div>
);

interface TitledViewProps {
  readonly view: View;
  readonly isChosen: boolean;
  readonly words: BodyWords;
  readonly children: ReactNode;
}

const TitledView = ({ view, isChosen, words, children }: TitledViewProps) => (
  <div className={css.view} data-view={view} data-chosen={isChosen || undefined}>
    <p className={css.title} aria-hidden="true">
      {headline(words.views[view])}
    </p>
    {children}
  </div>
);

/** What the pointer or the keyboard is at, for eyes: a screen reader has said it already. */
const Caption = ({ place, words }: { readonly place: Place | undefined; readonly words: BodyWords }) => (
  <p className={css.caption} aria-hidden="true">
    {place === undefined ? words.choose : headline(placeText(words, place))}
  </p>
);

/** Soles are small and seldom: where nothing is chosen they are shown when something is marked on them. */
const viewsOf = (places: Places, editable: boolean): readonly View[] =>
  VIEWS.filter((view) => editable || view !== 'soles' || marksIn(view, places) > 0);

export const BodyMap = (props: BodyMapProps) => {
  const { sites, words, onToggle, whyNot = nothing, label = words.map } = props;
  const { small = false, withList = true } = props;
  const prefix = useId();
  const [pointed, setPointed] = useState<string>();
  const places = placesFor(sites, whyNot, words);
  const views = viewsOf(places, onToggle !== undefined);
  const [picked, setPicked] = useState<View>(
    () => views.find((view) => marksIn(view, places) > 0) ?? 'front',
  );
  const chosen = views.includes(picked) ? picked : 'front';
  const place = pointed === undefined ? undefined : places.get(pointed);

  const toggle = ({ site, barred }: Place): void => {
    if (!barred) onToggle?.(site);
  };

  return (
    <div className={css.map} role="group" aria-label={label} data-small={small || undefined}>
      <WeaveDefinitions prefix={prefix} />
      <div className={css.layout}>
        <div>
          <ViewChoice views={views} chosen={chosen} choose={setPicked} words={words} places={places} />
          <div className={css.figures}>
            {views.map((view) => (
              <TitledView key={view} view={view} isChosen={view === chosen} words={words}>
                {onToggle === undefined ? (
                  <StillFigure view={view} places={places} words={words} prefix={prefix} />
                ) : (
                  <BodyFigure
                    view={view}
                    places={places}
                    words={words}
                    prefix={prefix}
                    onToggle={toggle}
                    onPoint={setPointed}
                  />
                )}
              </TitledView>
            ))}
          </div>
          {onToggle !== undefined && <Caption place={place} words={words} />}
        </div>
        <div>
          <BodyLegend places={places} words={words} prefix={prefix} />
          {onToggle === undefined ? (
            <MarkedList places={places} words={words} />
          ) : (
            withList && <BodyList places={places} words={words} onToggle={toggle} />
          )}
        </div>
      </div>
    </div>
  );
};
