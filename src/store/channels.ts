import type { ChannelInput } from '../contract/channels.ts';
import type { Db } from './db.ts';
import { bury, change } from './organizations.ts';

/** An organization's own entry of the channel dictionary, every member said. */
export type OwnChannel = Required<ChannelInput>;

interface ChannelRow {
  entry: string;
}

/** Every own entry, by name. */
export async function listChannels(db: Db, organization: string): Promise<OwnChannel[]> {
  const rows = await db
    .within(organization)
    .query<ChannelRow>('select entry from channels where org_id = $1 order by channel limit 1000000', [
      organization,
    ]);
  return rows.map(({ entry }) => JSON.parse(entry) as OwnChannel);
}

/**
 * Adds an entry, or replaces the one of the same name. `check` sees the other entries inside the transaction, and throws
 * what speaks against it. An entry that is there word for word stays as it is.
 */
export function putChannel(
  db: Db,
  organization: string,
  entry: OwnChannel,
  check: (others: readonly OwnChannel[]) => void,
  now_us: number,
): Promise<'added' | 'replaced'> {
  return change<'added' | 'replaced'>(db, organization, async (db, version, undo) => {
    const entries = await listChannels(db, organization);
    check(entries.filter(({ Channel }) => Channel !== entry.Channel));
    const text = JSON.stringify(entry);
    const before = entries.find(({ Channel }) => Channel === entry.Channel);
    if (before === undefined) {
      await db.within(organization).query(
        `insert into channels (org_id, channel, entry, version, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $5)`,
        [organization, entry.Channel, text, version, now_us],
      );
      return 'added';
    }
    if (JSON.stringify(before) === text) return undo('replaced');
    await db
      .within(organization)
      .query(
        'update channels set entry = $3, version = $4, updated_at = $5 where org_id = $1 and channel = $2',
        [organization, entry.Channel, text, version, now_us],
      );
    return 'replaced';
  });
}

/** Removes an own entry, and buries it; false when there is none of that name. */
export function deleteChannel(
  db: Db,
  organization: string,
  channel: string,
  now_us: number,
): Promise<boolean> {
  return change<boolean>(db, organization, async (db, version, undo) => {
    const removed = await db
      .within(organization)
      .query('delete from channels where org_id = $1 and channel = $2 returning channel', [
        organization,
        channel,
      ]);
    if (removed.length === 0) return undo(false);
    await bury(db, organization, 'channel', channel, version, now_us);
    return true;
  });
}
