/** `1 frame`, `2 frames`: how many there are, with the word for them. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
