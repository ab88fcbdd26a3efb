import { useAccount } from '../account.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { words } from '../words/common.ts';
import { SignInForm } from './SignInForm.tsx';

/** Over what was being done when the sign-in ended: nothing of it is lost. */
export function SignInAgain() {
  const { account, signOut } = useAccount();
  return (
    <Dialog title={words.signIn.endedTitle} onClose={null}>
      <p className="mb-4 text-soft">{words.signIn.ended}</p>
      <SignInForm username={account.username} clientId={account.clientId} />
      <Button kind="quiet" className="mt-3" onClick={signOut}>
        {words.signIn.other}
      </Button>
    </Dialog>
  );
}
