import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { kinebaseKeys } from '../../react/index.ts';
import type { ChannelEntry } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Sure } from '../ui/Sure.tsx';
import { Cell, Table } from '../ui/Table.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';
import { ChannelDialog } from './ChannelDialog.tsx';
import { FindField } from './FindField.tsx';
import { Listed } from './Listed.tsx';
import { Recomputing } from './Recomputing.tsx';
import { useAdministered } from './useAdministered.ts';
import { useSection } from './useSection.ts';

const say = administrationWords.channels;

/** The dictionary of channels: everybody reads it, administrators describe names of their own and built-in ones anew. */
export function ChannelsSection() {
  const { mayAdminister } = useAccount();
  const queries = useQueryClient();
  const { query, change, busy } = useAdministered('channels', async (client) =>
    (await client.channels.list().all()).filter(({ DerivativeOf }) => DerivativeOf === null),
  );
  const { find = '', of, show } = useSection();
  /** null: none is open; without a name: a new one. */
  const [open, setOpen] = useState<Partial<ChannelEntry> | null>(null);
  const parts = find.toLowerCase().split(/\s+/);
  const isShown = (entry: ChannelEntry) =>
    (of === undefined || entry.DefinedBy === 'organization') &&
    parts.every((part) => textOf(entry).includes(part));
  const remove = ({ Channel }: ChannelEntry) =>
    change({
      call: (client) => client.channels.delete(Channel),
      done() {
        void queries.invalidateQueries({ queryKey: kinebaseKeys.channels() });
        return say.removed(Channel);
      },
    });
  return (
    <>
      <p className="max-w-3xl text-soft">{say.text}</p>
      <div className="no-print flex flex-wrap items-end gap-3">
        <FindField />
        <div className="w-44">
          <Choice
            label={say.which}
            value={of ?? ''}
            onChange={({ target }) => show({ of: target.value === 'own' ? 'own' : undefined })}
          >
            <option value="">{say.all}</option>
            <option value="own">{say.own}</option>
          </Choice>
        </div>
        {mayAdminister && (
          <>
            <Button onClick={() => setOpen({})}>{say.add}</Button>
            <Recomputing />
          </>
        )}
      </div>
      <Listed query={query}>
        {(channels) => (
          <>
            {channels.some(isShown) ? (
              <Table caption={say.title} columns={mayAdminister ? [...COLUMNS, ''] : COLUMNS}>
                {channels.filter(isShown).map((entry) => (
                  <tr key={entry.Channel}>
                    <Cell>
                      <code>{entry.Channel}</code>
                    </Cell>
                    <Cell>{say.place(entry.Joint, sideOf(entry))}</Cell>
                    <Cell>
                      <div>+ {entry.Positive}</div>
                      <div>− {entry.Negative}</div>
                    </Cell>
                    <Cell>{plausible(entry)}</Cell>
                    <Cell wide>
                      <span className="block min-w-56 text-sm text-soft print:min-w-0">{entry.Source}</span>
                    </Cell>
                    {mayAdminister && (
                      <Cell>
                        <Button
                          kind="quiet"
                          aria-label={`${isOwn(entry) ? say.edit : say.anew}: ${entry.Channel}`}
                          onClick={() => setOpen(entry)}
                        >
                          {isOwn(entry) ? say.edit : say.anew}
                        </Button>
                        {isOwn(entry) && (
                          <Sure
                            label={say.remove}
                            name={entry.Channel}
                            disabled={busy}
                            onSure={() => void remove(entry)}
                          />
                        )}
                      </Cell>
                    )}
                  </tr>
                ))}
              </Table>
            ) : of === 'own' && !channels.some(isOwn) ? (
              <Notice title={say.noOwnTitle} text={say.noOwn} />
            ) : (
              <Notice title={words.noMatch} />
            )}
            {open !== null && (
              <ChannelDialog entry={open} channels={channels} onClose={() => setOpen(null)} />
            )}
          </>
        )}
      </Listed>
    </>
  );
}

const COLUMNS = [say.name, say.joint, say.motion, say.plausible, say.source];

const sideOf = ({ Side }: ChannelEntry): string => (Side === null ? say.middle : words.sides[Side]);

const isOwn = ({ DefinedBy }: ChannelEntry): boolean => DefinedBy === 'organization';

const textOf = (entry: ChannelEntry): string =>
  [entry.Channel, entry.Joint, sideOf(entry), entry.Positive, entry.Negative, entry.Source]
    .join(' ')
    .toLowerCase();

const plausible = ({ Min, Max, Unit }: ChannelEntry): string =>
  Min === null || Max === null ? say.any : say.range(Min, Max, Unit === 'deg' ? '°' : ` ${Unit}`);
