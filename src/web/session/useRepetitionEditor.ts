import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { kinebaseQueries, useClient } from '../../react/index.ts';
import { isKinebaseError, type Report, type Session } from '../../sdk/index.ts';
import { explain } from '../ui/explain.ts';
import { useSay } from '../ui/messages.tsx';
import { words } from '../words/common.ts';
import { sessionWords } from '../words/session.ts';
import { begin, change, type History, redo, undo } from './history.ts';
import { type Edited, keepEdit, readEdit } from './keptEdit.ts';
import { type Draft, draftOf, equal, type Recording } from './repetitions.ts';
import { stored } from './stored.ts';
import { storeRepetitions } from './storeRepetitions.ts';

export interface RepetitionEditor {
  list: readonly Draft[];
  recording: Recording;
  /** false: they are looked at only. */
  mayEdit: boolean;
  dirty: boolean;
  saving: boolean;
  /** Somebody else made another report current after this one was begun. */
  overtaken: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** While something is dragged: shown, but no step to undo yet; null: as it was before. */
  preview(list: readonly Draft[] | null): void;
  commit(list: readonly Draft[]): void;
  undo(): void;
  redo(): void;
  /** Back to what the current report has. */
  discard(): void;
  save(): void;
  /** Has the server look for them again. */
  find(): void;
  /** Says why something cannot be done. */
  refuse(why: string): void;
}

/** The repetitions of a session while somebody changes them; every save gives a new report, which is shown at once. */
export function useRepetitionEditor(
  session: Session,
  report: Report,
  recording: Recording,
  mayEdit: boolean,
): RepetitionEditor {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const id = session['Session ID'];
  const [edited, setEdited] = useState<Edited>(() => (mayEdit ? readEdit(id) : null) ?? from(report));
  useEffect(() => {
    if (mayEdit) keepEdit(id, edited);
  }, [mayEdit, id, edited]);
  const [previewed, setPreviewed] = useState<readonly Draft[] | null>(null);
  const saved = useMemo(() => draftOf(report.Repetitions), [report]);
  const current = report.Provenance.ReportVersion;
  const { now, before, after } = edited.history;
  const dirty = !equal(now, edited.version === current ? saved : (before[0] ?? now));
  const overtaken = edited.version !== current;
  useEffect(() => {
    if (overtaken && !dirty) setEdited(from(report));
  }, [overtaken, dirty, report]);

  const key = kinebaseQueries.report(client, session.s3Key).queryKey;
  const { mutate, isPending } = useMutation({
    mutationFn: ({ list, version }: Save) => storeRepetitions(client, queries, session, list, version),
    onSuccess(next, { back }) {
      setEdited(from(next));
      const version = next.Provenance.ReportVersion;
      say(sessionWords.saved(version, next.Repetitions.length), {
        action: { label: words.undo, do: () => mutate({ list: back, version, back: stored(next) }) },
      });
    },
    onError(error) {
      const conflict = isKinebaseError(error) && error.status === 409;
      say(conflict ? sessionWords.conflict : explain(error), { alarm: true });
      if (conflict) void queries.invalidateQueries({ queryKey: key });
    },
  });
  const step = (history: History<readonly Draft[]>) => setEdited({ ...edited, history });
  return {
    list: previewed ?? now,
    recording,
    mayEdit: mayEdit && !isPending,
    dirty,
    saving: isPending,
    overtaken: overtaken && dirty,
    canUndo: before.length > 0,
    canRedo: after.length > 0,
    preview: setPreviewed,
    commit(list) {
      setPreviewed(null);
      if (!equal(list, now)) step(change(edited.history, list));
    },
    undo: () => step(undo(edited.history)),
    redo: () => step(redo(edited.history)),
    discard: () => setEdited(from(report)),
    save: () => mutate({ list: now, version: edited.version, back: stored(report) }),
    find: () => mutate({ list: null, version: current, back: stored(report) }),
    refuse: (why) => say(why, { alarm: true }),
  };
}

interface Save {
  /** null: to be found again. */
  list: readonly Draft[] | null;
  version: number;
  /** What undoes it. */
  back: readonly Draft[] | null;
}

const from = (report: Report): Edited => ({
  version: report.Provenance.ReportVersion,
  history: begin(draftOf(report.Repetitions)),
});
