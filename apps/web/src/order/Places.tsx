/** Where: each region and side once, on the body or in the list beside it. */
import type { Region, Side } from '@fascia/clinical';
import { BodyMap } from '../body-map/BodyMap.js';
import { toggled } from '../body-map/sites.js';
import { BODY_WORDS } from '../body-map/words.js';
import { inReadersLanguage } from '../words/words.js';
import type { Site } from './content.js';
import type { PartProps } from './parts.js';

/** What an order means where nobody says more. */
const TISSUES: Site['tissues'] = ['muscle', 'fascia'];

interface Marked {
  readonly region: Region;
  readonly side?: Side;
  readonly tissues?: Site['tissues'];
}

export const Places = ({ content: { sites = [] }, change }: PartProps) => (
  <BodyMap
    sites={sites.map((site) => ({ ...site, tone: site.tissues[0] }))}
    words={inReadersLanguage(BODY_WORDS)}
    onToggle={(site) =>
      change({
        sites: (toggled(sites as readonly Marked[], site) as readonly Marked[]).map(
          ({ region, side, tissues = TISSUES }) => ({
            region,
            ...(side === undefined ? {} : { side }),
            tissues,
          }),
        ),
      })
    }
  />
);
