import type { User } from '../../sdk/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';

const say = administrationWords.users;

/** A password that an administrator sets for somebody; it ends every sign-in of that person. */
export const PasswordDialog = ({
  user,
  onSet,
  onClose,
}: {
  user: User;
  onSet: (password: string) => void;
  onClose: () => void;
}) => (
  <Dialog title={say.passwordOf(user.Username)} onClose={onClose}>
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSet(String(new FormData(event.currentTarget).get('password')));
      }}
    >
      <Field
        label={say.newPassword}
        hint={say.passwordHint}
        name="password"
        type="password"
        minLength={10}
        autoComplete="new-password"
        required
      />
      <Button type="submit">{words.save}</Button>
    </form>
  </Dialog>
);
