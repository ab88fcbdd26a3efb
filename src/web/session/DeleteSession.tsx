import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { kinebaseKeys, useClient } from '../../react/index.ts';
import type { Session } from '../../sdk/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { explain } from '../ui/explain.ts';
import { useSay } from '../ui/messages.tsx';
import { words } from '../words/common.ts';
import { sessionWords } from '../words/session.ts';

const text = sessionWords;

/** Asks first: what is deleted does not come back. */
export default function DeleteSession({ session, onClose }: { session: Session; onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.sessions.delete(session['Session ID']),
    async onSuccess() {
      await navigate({ to: '/app/sessions', replace: true });
      queries.removeQueries({ queryKey: kinebaseKeys.session(session['Session ID']) });
      void queries.invalidateQueries({ queryKey: kinebaseKeys.sessions() });
      say(text.deleted);
    },
  });
  return (
    <Dialog title={text.deleteTitle} onClose={onClose}>
      <p className="mb-4">{text.deleteText(session['Session Name'] || text.unnamed)}</p>
      {error !== null && (
        <p role="alert" className="mb-4 text-danger">
          {explain(error)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button kind="plain" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button kind="danger" disabled={isPending} onClick={() => mutate()}>
          {text.deleteDo}
        </Button>
      </div>
    </Dialog>
  );
}
