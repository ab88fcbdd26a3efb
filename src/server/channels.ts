import type { ChannelInput, ChannelsQuery } from '../contract/channels.ts';
import { builtInDictionary, createDictionary, type JointCoordinate, unitOfKind } from '../motion/joints.ts';
import { unitOf } from '../motion/read/units.ts';
import { deleteChannel, listChannels, type OwnChannel, putChannel } from '../store/channels.ts';
import type { Db } from '../store/db.ts';
import { getSessionByKey } from '../store/sessions.ts';
import { nowMicroseconds } from '../store/time.ts';
import type { Deps, Handler } from './call.ts';
import { entriesOf, entriesOfSeries } from './channelEntry.ts';
import { ApiError } from './errors.ts';
import { readBody, readQuery } from './input.ts';
import { completeList, noSuch } from './records.ts';
import { readSeriesFile } from './seriesFile.ts';
import { seriesKey } from './sessionObjects.ts';

/** The organization's own entries, as recordings are read by them: plain data that a thread can be sent. */
export async function dictionaryOf(db: Db, organization: string): Promise<readonly JointCoordinate[]> {
  return (await listChannels(db, organization)).map(toCoordinate);
}

export const list: Handler = async (deps, { organization, query, headers }) => {
  const { s3Key, joint } = readQuery<ChannelsQuery>('ChannelsQuery', query);
  const own = await dictionaryOf(deps.db, organization);
  const dictionary = createDictionary(own);
  const ownNames = new Set(own.map(({ coordinate }) => coordinate));
  const entries =
    s3Key === undefined
      ? dictionary.entries.flatMap((each) => entriesOf(each, each.coordinate, ownNames))
      : entriesOfSeries(await seriesNames(deps, organization, s3Key), dictionary, ownNames);
  const wanted = joint?.toLowerCase();
  return completeList(
    wanted === undefined ? entries : entries.filter(({ Joint }) => Joint.toLowerCase() === wanted),
    headers,
  );
};

export const put: Handler = async ({ db, now }, { organization, body }) => {
  const entry = complete(readBody<ChannelInput>('ChannelInput', body));
  refuseNonsense(entry);
  const outcome = await putChannel(
    db,
    organization,
    entry,
    (others) => refuseDerivatives(entry.Channel, others),
    nowMicroseconds(now()),
  );
  const [value] = entriesOf(toCoordinate(entry), entry.Channel, new Set([entry.Channel]));
  return { kind: 'value', status: outcome === 'added' ? 201 : 200, value };
};

export const remove: Handler = async ({ db, now }, { organization, id }) => {
  if (await deleteChannel(db, organization, id, nowMicroseconds(now()))) return { kind: 'none' };
  if (builtInDictionary.entries.some(({ coordinate }) => coordinate === id))
    throw new ApiError(
      'not_found',
      `${id} is built in and cannot be removed; POST /channels describes it anew.`,
    );
  return noSuch('channel of its own', id);
};

/** Names of the stored series of a session, `time` left out. */
async function seriesNames(
  { db, objects }: Deps,
  organization: string,
  s3Key: string,
): Promise<readonly string[]> {
  const session = await getSessionByKey(db, organization, s3Key);
  if (session === null)
    throw new ApiError('not_found', 'Your organization has no recording under this s3Key.');
  const bytes = await objects.get(seriesKey(organization, session.objects, session.seriesVersion));
  if (bytes !== null)
    return readSeriesFile(bytes)
      .entries.map(({ name }) => name)
      .filter((name) => name !== 'time');
  if ((await getSessionByKey(db, organization, s3Key)) === null)
    throw new ApiError('not_found', 'The recording was removed.');
  throw new Error(`the series of session ${session.sessionId} are missing`);
}

function complete(input: ChannelInput): OwnChannel {
  return {
    Channel: input.Channel,
    Joint: input.Joint,
    Side: input.Side ?? null,
    Axis: input.Axis ?? 'not stated',
    Kind: input.Kind,
    Positive: input.Positive,
    Negative: input.Negative,
    ZeroPose: input.ZeroPose ?? 'not stated',
    Offset: input.Offset ?? 0,
    Min: input.Min ?? null,
    Max: input.Max ?? null,
    Source: input.Source ?? 'entered by the organization',
  };
}

function toCoordinate(entry: OwnChannel): JointCoordinate {
  return {
    coordinate: entry.Channel,
    joint: entry.Joint,
    side: entry.Side,
    axis: entry.Axis,
    kind: entry.Kind,
    unit: unitOfKind(entry.Kind),
    positive: entry.Positive,
    negative: entry.Negative,
    zeroPose: entry.ZeroPose,
    offset: entry.Offset,
    range: entry.Min === null || entry.Max === null ? null : [entry.Min, entry.Max],
    source: entry.Source,
  };
}

/** What a schema cannot say of one entry. */
function refuseNonsense({ Channel, Kind, Offset, Min, Max }: OwnChannel): void {
  if (Channel.trim() !== Channel)
    throw refused('Channel begins or ends with a space; labels of recordings never do.');
  if (Channel === 'time') throw refused('Channel time is the time axis of every recording.');
  if ((Min === null) !== (Max === null)) throw refused('Give both Min and Max, or neither.');
  if (Min !== null && Max !== null) {
    if (Min > Max) throw refused(`Min ${Min} is above Max ${Max}.`);
    if (Offset < Min || Offset > Max) throw refused(`Offset ${Offset} must lie within Min to Max.`);
  }
  if (unitOf(Channel) === 'm' && Kind !== 'translation')
    throw refused(`Recordings give ${JSON.stringify(Channel)} in metres: its Kind must be translation.`);
}

/** `<name>_vel` and `<name>_acc` follow from `<name>`: none of the three may be described twice. */
function refuseDerivatives(channel: string, others: readonly OwnChannel[]): void {
  const own = new Set(others.map(({ Channel }) => Channel));
  const base = /^(.+)_(?:vel|acc)$/s.exec(channel)?.[1];
  if (base !== undefined && (own.has(base) || builtInDictionary.find(base) !== undefined))
    throw refused(`${JSON.stringify(channel)} follows from ${JSON.stringify(base)}: describe that one.`);
  const derived = [`${channel}_vel`, `${channel}_acc`].find((name) => own.has(name));
  if (derived !== undefined)
    throw refused(
      `The entry ${JSON.stringify(derived)} would follow from this one. Remove it first: DELETE /channels/${encodeURIComponent(derived)}.`,
    );
}

const refused = (message: string) => new ApiError('invalid_parameter', message);
