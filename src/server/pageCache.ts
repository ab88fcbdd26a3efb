import { createKept, type Kept } from './kept.ts';

export interface FinishedPage {
  etag: string;
  /** As sent; null: the client has it. */
  bytes: Buffer | null;
  zipped: boolean;
  /** Token of the page behind it; null at the end, and where that was not looked up. */
  next: string | null;
  /** Call it once the bytes are sent, and nothing reads them any more. */
  release?: () => void;
}

export type PageCache = Kept<FinishedPage>;

/** Finished pages, from the second time that they are asked for. */
export const createPageCache = (limit_bytes: number): PageCache =>
  createKept(limit_bytes, ({ bytes, etag }) => (bytes?.length ?? 0) + etag.length, 2);
