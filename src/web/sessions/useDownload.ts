import { useMutation } from '@tanstack/react-query';
import { useClient } from '../../react/index.ts';
import type { SessionFilters, TableFormat, TableName } from '../../sdk/index.ts';
import { explain } from '../ui/explain.ts';
import { useSay } from '../ui/messages.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { sessionsWords } from '../words/sessions.ts';

/** Downloads all sessions that filters let through, or the lines of their reports. */
export function useDownload({ order: _, limit: __, ...filters }: SessionFilters) {
  const client = useClient();
  const say = useSay();
  return useMutation({
    mutationFn: async (wanted: { of: TableName; format: TableFormat }) => {
      say(sessionsWords.saving);
      const file = await client.exportFile({ ...wanted, ...filters, names: true });
      await saveFile(file);
      return file.fileName;
    },
    onSuccess: (fileName) => say(`${sessionsWords.saved} ${fileName}`),
    onError: (error) => say(`${sessionsWords.notSaved} ${explain(error)}`, { alarm: true }),
  });
}
