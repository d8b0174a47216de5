import { Tooltip } from '@mantine/core';
import { useNow } from './use-now.js';
import { lasting, momentText } from './times.js';

/** When something was: the moment with its zone. */
export const Moment = ({ at }: { readonly at: string }) => <time dateTime={at}>{momentText(at)}</time>;

/** How long something has lasted; since when exactly on hover and focus. */
export const Lasting = ({ since }: { readonly since: string }) => {
  const now = useNow();
  return (
    <Tooltip label={momentText(since)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={since}>{lasting(since, now)}</time>
    </Tooltip>
  );
};
