/** Where: each region and side once, on the body or in the list beside it, and in which tissues. */
import { TISSUES as ALL_TISSUES, type Region, type Side } from '@fascia/clinical';
import { Chip, Group, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { BodyMap } from '../body-map/BodyMap.js';
import { toggled } from '../body-map/sites.js';
import { BODY_WORDS } from '../body-map/words.js';
import { inReadersLanguage } from '../words/words.js';
import type { Site } from './content.js';
import type { PartProps } from './parts.js';
import { placeText, valueOf } from './place-list.js';

/** What an order means where nobody says more. */
const TISSUES: Site['tissues'] = ['muscle', 'fascia'];

interface Marked {
  readonly region: Region;
  readonly side?: Side;
  readonly tissues?: Site['tissues'];
}

/** One at least is always meant. */
const Tissues = ({
  site,
  put,
}: {
  readonly site: Site;
  readonly put: (tissues: Site['tissues']) => void;
}) => {
  const { t } = useTranslation();
  const label = useId();
  return (
    <div role="group" aria-labelledby={label}>
      <Text size="sm" fw={600} id={label} mb={4}>
        {t('order.tissuesAt', { place: placeText(site as Marked, t) })}
      </Text>
      <Chip.Group
        multiple
        value={[...site.tissues]}
        onChange={(some) => {
          if (some.length > 0) put(ALL_TISSUES.filter((tissue) => some.includes(tissue)));
        }}
      >
        <Group gap="xs">
          {ALL_TISSUES.map((tissue) => (
            <Chip key={tissue} value={tissue}>
              {t(`names.tissue.${tissue}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  );
};

export const Places = ({ content: { sites = [] }, change }: PartProps) => (
  <Stack>
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
    {sites.map((site, n) => (
      <Tissues
        key={valueOf(site)}
        site={site}
        put={(tissues) => change({ sites: sites.with(n, { ...site, tissues }) })}
      />
    ))}
  </Stack>
);
