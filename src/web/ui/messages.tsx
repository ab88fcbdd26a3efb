import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { words } from '../words/common.ts';

interface Message {
  number: number;
  text: string;
  alarm: boolean;
  action: { label: string; do(): void } | undefined;
}

type Say = (text: string, options?: { alarm?: boolean; action?: { label: string; do(): void } }) => void;

const MessagesContext = createContext<Say>(() => {});

/** Says something in passing: what was saved, with a way to undo it, or what failed. */
export const useSay = () => useContext(MessagesContext);

/** The last message, at the foot of the page until it is closed or another comes. */
export function Messages({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState<Message | null>(null);
  const say = useCallback<Say>((text, { alarm = false, action } = {}) => {
    setMessage((before) => ({ number: (before?.number ?? 0) + 1, text, alarm, action }));
  }, []);
  const close = () => setMessage(null);
  return (
    <MessagesContext.Provider value={say}>
      {children}
      <div aria-live="polite" className="no-print fixed inset-x-0 bottom-4 z-40 flex justify-center px-4">
        {message !== null && (
          <div
            key={message.number}
            role={message.alarm ? 'alert' : 'status'}
            className={`flex max-w-2xl items-center gap-4 rounded-lg border bg-panel px-4 py-2.5 shadow-xl ${message.alarm ? 'border-danger' : 'border-line'}`}
          >
            <span>{message.text}</span>
            {message.action !== undefined && (
              <button
                type="button"
                className="font-semibold text-accent"
                onClick={() => {
                  message.action?.do();
                  close();
                }}
              >
                {message.action.label}
              </button>
            )}
            <button type="button" aria-label={words.close} className="px-1 text-soft" onClick={close}>
              ×
            </button>
          </div>
        )}
      </div>
    </MessagesContext.Provider>
  );
}
