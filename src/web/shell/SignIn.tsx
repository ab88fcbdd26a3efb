import { useEffect } from 'react';
import { nameWindow } from '../ui/title.ts';
import { words } from '../words/common.ts';
import { SignInForm } from './SignInForm.tsx';

/** The door. The address stays, so that whoever follows a link sees after signing in what it points at. */
export function SignIn() {
  useEffect(() => nameWindow(words.signIn.do), []);
  return (
    <main className="grid min-h-screen place-items-center p-6">
      <div className="w-full max-w-sm rounded-xl border border-line bg-panel p-8 shadow-sm">
        <h1 className="mb-1 text-2xl font-semibold">{words.product}</h1>
        <p className="mb-6 text-soft">{words.signIn.invitation}</p>
        <SignInForm />
      </div>
    </main>
  );
}
