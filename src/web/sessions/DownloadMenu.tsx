import type { SessionFilters, TableFormat } from '../../sdk/index.ts';
import type { MenuEntry } from '../ui/Menu.tsx';
import { OpenMenu } from '../ui/OpenMenu.tsx';
import { sessionsWords } from '../words/sessions.ts';
import { useDownload } from './useDownload.ts';

const text = sessionsWords;
const FORMATS = ['csv', 'parquet', 'arrow', 'ndjson'] as const satisfies TableFormat[];

export function DownloadMenu({ filters }: { filters: SessionFilters }) {
  const { isPending, mutate } = useDownload(filters);
  return (
    <OpenMenu
      label={text.download}
      entries={(['sessions', 'reports'] as const).flatMap((of): MenuEntry[] => [
        { kind: 'label', text: text.tables[of] },
        ...FORMATS.map((format) => ({
          kind: 'do' as const,
          text: text.formats[format],
          disabled: isPending,
          do: () => mutate({ of, format }),
        })),
      ])}
    />
  );
}
