import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { explain } from '../ui/explain.ts';
import { peopleWords } from '../words/athletes.ts';
import { words } from '../words/common.ts';

/** The end of a record's form: what was refused, saving, and deleting, which says what it means before it is done. */
export function SaveOrDelete({
  fault,
  saving,
  removing,
  onRemove,
}: {
  fault: Error | null;
  saving: boolean;
  removing: boolean;
  /** Absent: the record is not there yet. */
  onRemove: (() => void) | undefined;
}) {
  const [sure, setSure] = useState(false);
  return (
    <>
      {fault !== null && (
        <p role="alert" className="text-danger">
          {explain(fault)}
        </p>
      )}
      <div className="flex gap-3">
        <Button type="submit" disabled={saving}>
          {words.save}
        </Button>
        {onRemove !== undefined && (
          <Button kind="danger" disabled={removing} onClick={() => (sure ? onRemove() : setSure(true))}>
            {sure ? peopleWords.sure : words.delete}
          </Button>
        )}
      </div>
      {sure && <p className="text-soft">{peopleWords.removal}</p>}
    </>
  );
}
