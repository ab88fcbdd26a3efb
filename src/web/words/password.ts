/** Every text of changing one's password. */
export const passwordWords = {
  title: 'Change your password',
  previous: 'Old password',
  proposed: 'New password',
  again: 'New password again',
  rule: '10 to 256 characters, of any kind.',
  show: 'Show what I type',
  fate: 'Every other sign-in of this account, in other browsers and programs, ends at once. This one goes on, and API keys stay as they are.',
  do: 'Change password',
  busy: 'Changing …',
  changed: 'Your password is changed. Your sign-ins elsewhere have ended.',
  empty: 'Say the password that you have now.',
  length: (characters: number) =>
    `The new password must have 10 to 256 characters; this one has ${characters}.`,
  same: 'This is the password that you have now.',
  differs: 'This is not the same as the new password.',
  wrong: 'This is not your password. Nothing was changed.',
  wrongPerhaps:
    'This is not your password, or not any more: the attempt before may have changed it. Sign out and try the new one.',
  lost: 'The server cannot be reached. Whether the password was changed is not known: try again when the network is back.',
} as const;
