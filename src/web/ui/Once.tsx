import { words } from '../words/common.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

/** A secret that the server tells once: it stays on the screen until it is put away on purpose. */
export const Once = ({ title, secret, onClose }: { title: string; secret: string; onClose: () => void }) => (
  <Dialog title={title} onClose={null}>
    <p className="mb-3 text-soft">{words.once.text}</p>
    <code className="mb-4 block rounded-md bg-sunken p-3 break-all select-all">{secret}</code>
    <div className="flex gap-3">
      <Button kind="plain" onClick={() => void navigator.clipboard?.writeText(secret)}>
        {words.once.copy}
      </Button>
      <Button onClick={onClose}>{words.once.done}</Button>
    </div>
  </Dialog>
);
