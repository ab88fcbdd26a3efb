/** Frames without usable samples, both ends included. */
export interface FrameSpan {
  readonly first: number;
  readonly last: number;
}
