/** Places of a visit, for pages on which nothing is recorded: they need no contract. */
import type { BodySite } from '@fascia/clinical';

/** Without what is said of it beside its place. */
export const siteOf = ({ region, side }: BodySite): BodySite =>
  side === undefined ? { region } : { region, side };
