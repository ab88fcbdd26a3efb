/** A small C3D encoder for tests: any byte order, integers or floats, parameters in any order. */

export type TestProcessor = 'Intel' | 'DEC' | 'MIPS';

export type TestParameter =
  | { text: string[]; length?: number }
  | { integers: number[] }
  | { floats: number[] }
  | { bytes: number[] };

export interface C3dContent {
  processor?: TestProcessor;
  storage?: 'integer' | 'float';
  rate_hz?: number;
  /** Size of a unit of integer storage. */
  scale?: number;
  /** `points[p][frame]`: x, y, z in the unit of the file; null where missing. */
  points: ([number, number, number] | null)[][];
  labels: string[];
  /** Further parameters by `GROUP:NAME`; undefined leaves out one that is written otherwise. */
  parameters?: Record<string, TestParameter | undefined>;
  firstFrame?: number;
  /** As the header's words state them, where that is not the truth. */
  header?: { last?: number; points?: number };
  analogPerFrame?: number;
  /** Groups behind the parameters that belong to them. */
  groupsLast?: boolean;
  parameterBlock?: number;
}

const BLOCK = 512;

export function c3dBytes(content: C3dContent): Uint8Array {
  const { processor = 'Intel', storage = 'float', rate_hz = 100, scale = 0.1, points, labels } = content;
  const { firstFrame = 1, analogPerFrame = 0, groupsLast = false, parameterBlock = 2 } = content;
  const numbers = numberWriter(processor);
  const frames = points[0]?.length ?? 0;
  const last = firstFrame + frames - 1;
  const words = (value: number) => [value % 65_536, Math.floor(value / 65_536)];
  const stated = storage === 'float' ? -scale : scale;
  const parameters = (dataBlock: number): Record<string, TestParameter | undefined> => ({
    'POINT:USED': { integers: [points.length] },
    'POINT:FRAMES': { integers: [Math.min(frames, 65_535)] },
    'POINT:SCALE': { floats: [stated] },
    'POINT:RATE': { floats: [rate_hz] },
    'POINT:DATA_START': { integers: [dataBlock] },
    'POINT:UNITS': { text: ['mm'] },
    'POINT:LABELS': { text: labels.slice(0, 255) },
    ...(labels.length > 255 ? { 'POINT:LABELS2': { text: labels.slice(255) } } : {}),
    'TRIAL:ACTUAL_START_FIELD': { integers: words(firstFrame) },
    'TRIAL:ACTUAL_END_FIELD': { integers: words(last) },
    ...content.parameters,
  });
  const sectionBlocks = Math.ceil(parameterSection(parameters(0), numbers, groupsLast).length / BLOCK);
  const dataBlock = parameterBlock + sectionBlocks;
  const section = parameterSection(parameters(dataBlock), numbers, groupsLast);
  section[0] = 1;
  section[1] = 0x50;
  section[2] = sectionBlocks;
  section[3] = { Intel: 84, DEC: 85, MIPS: 86 }[processor];

  const header = [parameterBlock, 0x50];
  for (const word of [
    content.header?.points ?? points.length,
    analogPerFrame,
    firstFrame % 65_536,
    (content.header?.last ?? last) % 65_536,
    0,
  ])
    header.push(...numbers.integer(word));
  header.push(
    ...numbers.float(stated),
    ...numbers.integer(dataBlock),
    ...numbers.integer(analogPerFrame > 0 ? 1 : 0),
  );
  header.push(...numbers.float(rate_hz));

  const data: number[] = [];
  const write = storage === 'float' ? numbers.float : numbers.integer;
  for (let frame = 0; frame < frames; frame += 1) {
    for (const point of points) {
      const xyz = point[frame];
      if (xyz === null || xyz === undefined) for (const value of [0, 0, 0, -1]) data.push(...write(value));
      else
        for (const value of [...xyz, 0])
          data.push(...write(storage === 'float' ? value : Math.round(value / scale)));
    }
    for (let i = 0; i < analogPerFrame; i += 1) data.push(...write(i - 7));
  }
  const bytes = new Uint8Array((dataBlock - 1) * BLOCK + Math.ceil(data.length / BLOCK) * BLOCK);
  bytes.set(header);
  bytes.set(section, (parameterBlock - 1) * BLOCK);
  bytes.set(data, (dataBlock - 1) * BLOCK);
  return bytes;
}

interface NumberWriter {
  integer(value: number): number[];
  float(value: number): number[];
}

function numberWriter(processor: TestProcessor): NumberWriter {
  const view = new DataView(new ArrayBuffer(4));
  const little = processor !== 'MIPS';
  const taken = (size: number) => [...new Uint8Array(view.buffer, 0, size)];
  return {
    integer(value) {
      view.setUint16(0, value & 0xffff, little);
      return taken(2);
    },
    float(value) {
      // A DEC number is four times the IEEE one with the same bits, its two words swapped.
      view.setFloat32(0, processor === 'DEC' ? value * 4 : value, little);
      const [a, b, c, d] = taken(4) as [number, number, number, number];
      return processor === 'DEC' ? [c, d, a, b] : [a, b, c, d];
    },
  };
}

function parameterSection(
  parameters: Record<string, TestParameter | undefined>,
  numbers: NumberWriter,
  groupsLast: boolean,
): number[] {
  const names = Object.keys(parameters).filter((name) => parameters[name] !== undefined);
  const groups = [...new Set(names.map((name) => name.split(':')[0]!))];
  const groupRecords = groups.map((group, i) => record(group, -(i + 1), [0], numbers));
  const records = names.map((name) => {
    const [group, parameter] = name.split(':') as [string, string];
    return record(parameter, groups.indexOf(group) + 1, [...dataOf(parameters[name]!, numbers), 0], numbers);
  });
  const ordered = groupsLast ? [...records, ...groupRecords] : [...groupRecords, ...records];
  return [0, 0, 0, 0, ...ordered.flat(), 0, 0];
}

function record(name: string, group: number, rest: number[], numbers: NumberWriter): number[] {
  return [name.length, group & 0xff, ...ascii(name), ...numbers.integer(rest.length + 2), ...rest];
}

function dataOf(parameter: TestParameter, numbers: NumberWriter): number[] {
  if ('text' in parameter) {
    const length = parameter.length ?? Math.max(1, ...parameter.text.map((text) => ascii(text).length));
    const texts = parameter.text.flatMap((text) =>
      [...ascii(text), ...Array(length).fill(32)].slice(0, length),
    );
    return [0xff, 2, length, parameter.text.length, ...texts];
  }
  if ('bytes' in parameter) return [1, 1, parameter.bytes.length, ...parameter.bytes];
  if ('integers' in parameter)
    return [2, 1, parameter.integers.length, ...parameter.integers.flatMap(numbers.integer)];
  return [4, 1, parameter.floats.length, ...parameter.floats.flatMap(numbers.float)];
}

function ascii(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
