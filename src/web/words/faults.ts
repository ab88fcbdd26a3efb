/** What the server refuses of a value, said at its field. */
export const faultWords = {
  needed: 'Say something here.',
  chooseOne: 'Choose at least one.',
  gone: 'This is no longer there: choose another.',
  longer: (most: string) => `At most ${most} characters.`,
  above: (most: string) => `At most ${most}.`,
  below: (least: string) => `At least ${least}.`,
  characters: 'Line breaks and other control characters cannot be part of it.',
} as const;
