/** How a view is looked at. */
export interface Look {
  name: string;
  width: number;
  height: number;
  paper?: boolean;
}

/** In light colours, paper last: what is shown for it stays. Its width is that of A4 between the margins, as in the style sheet. */
export const LIGHT: readonly Look[] = [
  { name: 'light', width: 1280, height: 900 },
  { name: 'phone', width: 390, height: 844 },
  { name: 'print', width: 688, height: 973, paper: true },
];

export const DARK: readonly Look[] = [{ name: 'dark', width: 1280, height: 900 }];
