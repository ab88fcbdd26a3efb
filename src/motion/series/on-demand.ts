/**
 * A list whose members are computed each time they are read, and kept by nobody: what would fill memory three times over
 * is there one channel at a time.
 */
export function onDemand<T>(length: number, make: (index: number) => T): readonly T[] {
  const list = new Array<T>(length);
  for (let index = 0; index < length; index += 1)
    Object.defineProperty(list, index, { get: () => make(index), enumerable: true });
  return list;
}
