import { createHash } from 'node:crypto';

/**
 * Names from a server → names of files. A server's name is never a path: what separates folders, steers a terminal or has
 * a meaning of its own on some system is replaced, and what is too long is cut.
 */

/** Bytes of a name; 255 is what file systems take, and endings come behind it. */
const LONGEST = 120;

/** The device names of Windows, whatever ending they have. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;

const FORBIDDEN = /[\p{C}<>:"/\\|?*~]|[^\S ]/gu;

export function safeName(text: string): string {
  let name = text.normalize('NFC').replace(FORBIDDEN, '_');
  // Windows drops blanks and points at the end; a point or a dash in front hides a file or looks like an option.
  name = name.replace(/^[\s.-]/, '_').replace(/[\s.]$/, '_');
  if (name === '') name = '_';
  if (RESERVED.test(name)) name = `_${name}`;
  return Buffer.byteLength(name) <= LONGEST ? name : shortened(name, text);
}

/** Keeps the ending, and tells names apart that begin alike. */
function shortened(name: string, original: string): string {
  const ending = /\.[^. ]{1,12}(\.gz)?$/i.exec(name)?.[0] ?? '';
  const mark = markOf(original);
  let head = '';
  for (const character of name) {
    if (Buffer.byteLength(head + character + mark + ending) > LONGEST) break;
    head += character;
  }
  return head.trimEnd() + mark + ending;
}

/** `~` and eight digits that follow from the text. No other safe name holds a `~`. */
export const markOf = (text: string): string =>
  `~${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;

/** How file systems that do not tell cases apart, or spell letters in another way, see a name. */
export const folded = (name: string): string =>
  name.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD');

/** Hands out names no two of which are the same file on any system. */
export class NameBook {
  readonly #owners = new Map<string, string>();

  /** The name of an id: `kept`, the one it had before, or one that nobody has. */
  nameOf(id: string, kept?: string): string {
    const plain = kept ?? safeName(id);
    const name = this.#isFree(plain, id) ? plain : this.#other(plain, id);
    this.#owners.set(folded(name), id);
    return name;
  }

  /** Frees the name of an id. */
  forget(name: string): void {
    this.#owners.delete(folded(name));
  }

  #isFree(name: string, id: string): boolean {
    const owner = this.#owners.get(folded(name));
    return owner === undefined || owner === id;
  }

  #other(plain: string, id: string): string {
    for (let count = 0; ; count++) {
      const name = `${plain}${markOf(count === 0 ? id : `${id} ${count}`)}`;
      if (this.#isFree(name, id)) return name;
    }
  }
}
