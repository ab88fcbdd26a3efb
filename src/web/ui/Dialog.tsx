import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { words } from '../words/common.ts';

/**
 * Over everything, until it is closed; the browser's own dialog, which keeps focus inside and answers Escape.
 * `onClose` null: it cannot be closed.
 */
export function Dialog({
  title,
  onClose,
  wide = false,
  children,
}: {
  title: string;
  onClose: (() => void) | null;
  wide?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it still is in the page: only then the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={`w-full rounded-xl border border-line p-6 shadow-xl ${wide ? 'max-w-4xl' : 'max-w-lg'}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <div className="mb-3 flex items-start justify-between gap-4">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {onClose !== null && (
          <button type="button" aria-label={words.close} className="px-2 text-xl text-soft" onClick={onClose}>
            ×
          </button>
        )}
      </div>
      {children}
    </dialog>
  );
}
