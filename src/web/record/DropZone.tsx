import { type DragEvent, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { recordWords } from '../words/record.ts';
import { ENDINGS } from './endings.ts';

/** Where files are dropped, or chosen with a button. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <section
      aria-label={recordWords.drop}
      className={`grid justify-items-center gap-3 rounded-xl border-2 border-dashed p-8 text-center ${over ? 'border-accent bg-sunken' : 'border-line bg-panel'}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="text-lg font-medium">{recordWords.drop}</p>
      <p className="text-soft">{recordWords.formats}</p>
      <Button kind="plain" onClick={() => input.current?.click()}>
        {recordWords.choose}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label={recordWords.choose}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
    </section>
  );
}

const ACCEPTED = [...ENDINGS, 'gz'].map((ending) => `.${ending}`).join();
