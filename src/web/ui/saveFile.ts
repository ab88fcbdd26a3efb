/** What `client.exportFile` and its like answer. */
export interface SavedFile {
  fileName: string;
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Gathered before it is handed to the browser, which may put it on disk. */
const PIECE = 8_000_000;

/** Makes a download of a file as it comes in. Throws where it breaks off; then nothing is saved. */
export async function saveFile({ fileName, chunks }: SavedFile): Promise<void> {
  const pieces: Blob[] = [];
  let gathered: BlobPart[] = [];
  let bytes = 0;
  const handOver = () => {
    pieces.push(new Blob(gathered));
    gathered = [];
    bytes = 0;
  };
  for await (const chunk of chunks) {
    gathered.push(chunk as Uint8Array<ArrayBuffer>);
    bytes += chunk.length;
    if (bytes >= PIECE) handOver();
  }
  handOver();
  const url = URL.createObjectURL(new Blob(pieces));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser takes hold of it at the click, though not always at once.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
