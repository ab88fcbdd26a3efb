import { useMutation } from '@tanstack/react-query';
import { useClient } from '../../react/index.ts';
import type { KinebaseClient, Session } from '../../sdk/index.ts';
import { explain } from '../ui/explain.ts';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';
import { useSay } from '../ui/messages.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { sessionWords } from '../words/session.ts';
import { useSessionSearch } from './useSessionSearch.ts';

const text = sessionWords.download;

const SERIES = ['csv', 'mot', 'sto', 'c3d', 'parquet', 'arrow'] as const;
const REPORT = ['csv', 'parquet', 'arrow', 'ndjson'] as const;

type Wanted =
  | { what: 'series'; format: 'json' | (typeof SERIES)[number] }
  | { what: 'report'; format: 'json' | (typeof REPORT)[number] }
  | { what: 'original' };

/** Everything that there is of the session, as files. Of an earlier report where that is the one that is shown. */
export function DownloadMenu({ session }: { session: Session }) {
  const client = useClient();
  const say = useSay();
  const { version } = useSessionSearch();
  const { mutate, isPending } = useMutation({
    mutationFn: async (wanted: Wanted) => saveFile(await fileOf(client, session, version, wanted)),
    onError: (error) => say(explain(error), { alarm: true }),
  });
  const entry = (name: string, wanted: Wanted): MenuEntry => ({
    kind: 'do',
    text: name,
    do: () => mutate(wanted),
    disabled: isPending,
  });
  const { formats } = text;
  return (
    <Menu
      label={isPending ? text.busy : text.title}
      entries={[
        { kind: 'label', text: text.series },
        ...(['json', ...SERIES] as const).map((format) => entry(formats[format], { what: 'series', format })),
        { kind: 'line' },
        { kind: 'label', text: text.report },
        ...(['json', ...REPORT] as const).map((format) =>
          entry(format === 'json' ? text.reportJson : formats[format], { what: 'report', format }),
        ),
        { kind: 'line' },
        entry(text.original, { what: 'original' }),
      ]}
    />
  );
}

interface File {
  fileName: string;
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

async function fileOf(
  client: KinebaseClient,
  session: Session,
  asked: number | undefined,
  wanted: Wanted,
): Promise<File> {
  const { s3Key } = session;
  const version = asked === undefined ? {} : { version: asked };
  if (wanted.what === 'original') return client.sessions.originalFile(session['Session ID']);
  if (wanted.format === 'json') {
    const value =
      wanted.what === 'series'
        ? await client.ikData(s3Key, version)
        : await client.reportData(s3Key, { ...version, curves: true });
    const fileName = `${fileNameFrom(session['Session Name'])}.${wanted.what}.json`;
    return { fileName, chunks: [new TextEncoder().encode(JSON.stringify(value))] };
  }
  const { fileName, bytes } =
    wanted.what === 'series'
      ? await client.ikDataFile(s3Key, { format: wanted.format, ...version })
      : await client.reportFile(s3Key, { format: wanted.format, ...version });
  return { fileName, chunks: [bytes] };
}

/** A name that every file system takes. */
const fileNameFrom = (name: string): string => name.replace(/[^\p{L}\p{N} ._-]+/gu, '_').trim() || 'session';
