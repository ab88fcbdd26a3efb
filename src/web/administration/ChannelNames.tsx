import { useQuery } from '@tanstack/react-query';
import { kinebaseQueries, useClient } from '../../react/index.ts';

export const CHANNELS_ID = 'channel-names';

/** What a field for a channel offers: every angle of the dictionary. Names of an organization's own recordings may be typed. */
export function ChannelNames() {
  const { data = [] } = useQuery(kinebaseQueries.channels(useClient()));
  return (
    <datalist id={CHANNELS_ID}>
      {data
        .filter(({ DerivativeOf }) => DerivativeOf === null)
        .map(({ Channel, Positive }) => (
          <option key={Channel} value={Channel}>
            {Positive}
          </option>
        ))}
    </datalist>
  );
}
