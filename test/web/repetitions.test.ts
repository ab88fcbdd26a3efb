import { describe, expect, test } from 'vitest';
import type { ChannelEntry, Session } from '../../src/sdk/index.ts';
import { covers, detailOf } from '../../src/web/session/detail.ts';
import { begin, change, redo, undo } from '../../src/web/session/history.ts';
import {
  firstJoint,
  firstPanels,
  panelsOf,
  readJoints,
  unitOf,
  writeJoints,
} from '../../src/web/session/panels.ts';
import {
  addAt,
  edgeLimits,
  equal,
  mayStand,
  moveEdge,
  moveWhole,
  remove,
} from '../../src/web/session/repetitions.ts';
import { changesOf, fieldsOf } from '../../src/web/session/sessionFields.ts';

const TEN = { duration_s: 10, frame_s: 0.5 };
/** Two that follow each other, and one after a pause. */
const LIST = [
  { Start: 1, Peak: 2, End: 3 },
  { Start: 3, Peak: 4, End: 5 },
  { Start: 7, Peak: 8, End: 9 },
];

describe('repetitions that are dragged', () => {
  test('an edge goes to the nearest frame, and a peak that is left outside is forgotten', () => {
    expect(moveEdge(LIST, 0, 'Start', 1.3, TEN)[0]).toEqual({ Start: 1.5, Peak: 2, End: 3 });
    expect(moveEdge(LIST, 0, 'Start', 2.4, TEN)[0]).toEqual({ Start: 2.5, End: 3 });
  });

  test('an edge that two share moves for both, unless it is to be moved alone', () => {
    expect(moveEdge(LIST, 0, 'End', 3.5, TEN).slice(0, 2)).toEqual([
      { Start: 1, Peak: 2, End: 3.5 },
      { Start: 3.5, Peak: 4, End: 5 },
    ]);
    expect(moveEdge(LIST, 1, 'Start', 2.5, TEN).slice(0, 2)).toEqual([
      { Start: 1, Peak: 2, End: 2.5 },
      { Start: 2.5, Peak: 4, End: 5 },
    ]);
    expect(moveEdge(LIST, 0, 'End', 2.5, TEN, true).slice(0, 2)).toEqual([
      { Start: 1, Peak: 2, End: 2.5 },
      { Start: 3, Peak: 4, End: 5 },
    ]);
    expect(moveEdge(LIST, 0, 'End', 4, TEN, true)[0]!.End).toBe(3);
  });

  test('an edge stops at its neighbours, the shortest repetition before its own other edge, and at the ends', () => {
    expect(moveEdge(LIST, 2, 'Start', 0, TEN)[2]!.Start).toBe(5);
    expect(moveEdge(LIST, 2, 'Start', 99, TEN)[2]).toEqual({ Start: 8.5, End: 9 });
    expect(moveEdge(LIST, 2, 'End', 99, TEN)[2]!.End).toBe(10);
    expect(moveEdge(LIST, 0, 'End', 99, TEN)[1]).toEqual({ Start: 4.5, End: 5 });
    expect(moveEdge(LIST, 0, 'Start', -4, TEN)[0]!.Start).toBe(0);
    expect(edgeLimits(LIST, 1, 'Start', TEN)).toEqual([1.5, 4.5]);
  });

  test('at 60 Hz no edge leaves less than half a second, but what is shorter already stays', () => {
    const sixty = { duration_s: 10, frame_s: 1 / 60 };
    expect(moveEdge(LIST, 2, 'Start', 99, sixty)[2]!.Start).toBeCloseTo(8.5, 9);
    expect(moveEdge(LIST, 0, 'End', 99, sixty)[1]!.Start).toBeCloseTo(4.5, 9);
    expect(edgeLimits([{ Start: 1, End: 1.2 }], 0, 'Start', sixty)).toEqual([0, 1]);
    expect(addAt([{ Start: 0, End: 9.7 }], 9.8, sixty)).toBeNull();
  });

  test('a typed time that is not on a frame of what is allowed cannot be an edge', () => {
    const sixty = { duration_s: 10, frame_s: 1 / 60 };
    expect([5, 4.995, 8.5, 7.321].map((at) => mayStand(LIST, 2, 'Start', at, sixty))).toEqual(
      Array(4).fill(true),
    );
    expect([99, -5, 0, 4.98, 8.52].map((at) => mayStand(LIST, 2, 'Start', at, sixty))).toEqual(
      Array(5).fill(false),
    );
    expect(mayStand(LIST, 2, 'End', 99, sixty)).toBe(false);
    expect(mayStand(LIST, 1, 'Start', 2.9, sixty)).toBe(false);
  });

  test('a whole one keeps its length and stays between its neighbours', () => {
    expect(moveWhole(LIST, 2, -1.2, TEN)[2]).toEqual({ Start: 6, Peak: 8, End: 8 });
    expect(moveWhole(LIST, 2, -99, TEN)[2]).toEqual({ Start: 5, End: 7 });
    expect(moveWhole(LIST, 2, 99, TEN)[2]).toEqual({ Start: 8, Peak: 8, End: 10 });
    expect(moveWhole(LIST, 1, 99, TEN)[1]).toEqual({ Start: 5, End: 7 });
  });

  test('a new one lies around the instant, as long as the others where there is room', () => {
    expect(addAt(LIST, 6, TEN)).toEqual({
      index: 2,
      list: [LIST[0], LIST[1], { Start: 5, End: 7 }, LIST[2]],
    });
    expect(addAt(LIST, 0.2, TEN)).toEqual({ index: 0, list: [{ Start: 0, End: 1 }, ...LIST] });
    expect(addAt([], 4, TEN)).toEqual({ index: 0, list: [{ Start: 3.5, End: 4.5 }] });
  });

  test('there is none inside another, nor without room, nor in a recording of one frame', () => {
    expect(addAt(LIST, 4, TEN)).toBeNull();
    expect(addAt([{ Start: 0, End: 9.5 }], 9.8, TEN)).toBeNull();
    expect(addAt([], 0, { duration_s: 0, frame_s: 1 / 60 })).toBeNull();
  });

  test('what is removed comes back with undo, and goes again with redo', () => {
    const once = change(begin(LIST), remove(LIST, 1));
    const twice = change(once, remove(once.now, 0));
    expect(twice.now).toEqual([LIST[2]]);
    expect(undo(undo(undo(twice))).now).toEqual(LIST);
    expect(redo(undo(undo(twice))).now).toEqual([LIST[0], LIST[2]]);
    expect(change(undo(twice), LIST).after).toEqual([]);
  });

  test('times that differ by less than a microsecond are the same', () => {
    expect(equal([{ Start: 1, End: 2 }], [{ Start: 1 + 1e-9, End: 2 }])).toBe(true);
    expect(equal([{ Start: 1, End: 2 }], [{ Start: 1, Peak: 1.5, End: 2 }])).toBe(false);
  });
});

const entry = (
  Channel: string,
  Joint: string,
  Side: 'L' | 'R' | null,
  DerivativeOf: string | null = null,
  more: Partial<ChannelEntry> = {},
): ChannelEntry => ({
  ...{ Channel, Joint, Side, DerivativeOf, Axis: 'sagittal', Kind: 'flexion', Unit: 'deg' },
  ...{ Positive: 'flexion', Negative: 'extension', ZeroPose: '', Offset: 0, Min: null, Max: null },
  ...{ Source: '', DefinedBy: 'kinebase' },
  ...more,
});

describe('which curves stand in one chart', () => {
  test('left and right of one motion, with their derivatives by what they are derived from', () => {
    const joints = panelsOf([
      entry('kr', 'knee', 'R'),
      entry('kr_vel', 'knee', 'R', 'kr'),
      entry('kr_acc', 'knee', 'R', 'kr_vel'),
      entry('kl', 'knee', 'L'),
      entry('list', 'pelvis', null, null, { Axis: 'frontal' }),
    ]);
    expect([...joints.keys()]).toEqual(['knee', 'pelvis']);
    expect(joints.get('knee')![0]!.curves).toEqual([
      { side: 'L', series: { angle: 'kl', velocity: null, acceleration: null } },
      { side: 'R', series: { angle: 'kr', velocity: 'kr_vel', acceleration: 'kr_acc' } },
    ]);
    expect(firstJoint(joints, 'list')).toEqual(['pelvis']);
    expect(firstJoint(joints, null)).toEqual(['knee']);
    expect(firstJoint(new Map(), 'x')).toEqual([]);
  });

  test('two of the same side are two charts, and so are those that nothing describes', () => {
    const unknown = { Axis: 'not described', Positive: 'not described', Negative: 'not described' };
    const joints = panelsOf([
      entry('a', 'knee', 'R'),
      entry('b', 'knee', 'R'),
      entry('<script>', '', null, null, unknown),
      entry('y', '', null, null, unknown),
    ]);
    expect(joints.get('knee')).toHaveLength(2);
    expect(joints.get('')!.map(({ id, motion }) => [id, motion])).toEqual([
      ['<script>', null],
      ['y', null],
    ]);
  });

  test('of hundreds a few are shown, the one by which repetitions were found among them', () => {
    const names = Array.from({ length: 500 }, (_, at) => `chan${at}`);
    const panels = panelsOf(names.map((name) => entry(name, '', null))).get('')!;
    const shown = (most: number, primary: string | null) =>
      firstPanels(panels, most, primary).map(({ id }) => id);
    expect(shown(6, 'chan2')).toEqual(names.slice(0, 6));
    expect(shown(6, 'chan400')).toEqual(['chan400', ...names.slice(0, 5)]);
    expect(shown(18, 'chan400').slice(0, 7)).toEqual(['chan400', ...names.slice(0, 6)]);
    expect(new Set(shown(500, 'chan400')).size).toBe(500);
  });

  test('names with commas and signs come back from an address', () => {
    const names = ['knee', 'a,b', '100%2C', ''];
    expect(readJoints(writeJoints(names))).toEqual(names);
    expect(readJoints(undefined)).toBeNull();
  });

  test('units are written as the field writes them', () => {
    expect([
      unitOf('deg', 'angle'),
      unitOf('deg', 'acceleration'),
      unitOf('m', 'velocity'),
      unitOf('', 'velocity'),
    ]).toEqual(['°', '°/s²', 'm/s', '']);
  });
});

describe('what is read in detail', () => {
  const whole = { from: 0, to: 600 };
  test('nothing more where the overview has every frame, or everything is shown', () => {
    expect(detailOf({ from: 1, to: 2 }, whole, 4000)).toBeNull();
    expect(detailOf(null, whole, 36_000)).toBeNull();
    expect(detailOf({ from: 0, to: 400 }, whole, 36_000)).toBeNull();
  });

  test('a part around what is shown, which stays the same for small moves', () => {
    for (let from = 0; from <= 590; from += 3.7) {
      const part = detailOf({ from, to: from + 10 }, whole, 36_000)!;
      expect(part.from).toBeLessThanOrEqual(from);
      expect(part.to).toBeGreaterThanOrEqual(Math.min(600, from + 10));
      expect(part.to - part.from).toBeLessThanOrEqual(40);
    }
    expect(detailOf({ from: 100, to: 110 }, whole, 36_000)).toEqual(
      detailOf({ from: 100.5, to: 110.5 }, whole, 36_000),
    );
  });

  test('samples cover what lies between their ends, give or take a frame', () => {
    expect(covers([1, 2, 3], { from: 0.99, to: 3 }, 0.02)).toBe(true);
    expect(covers([1, 2, 3], { from: 0.9, to: 3 }, 0.02)).toBe(false);
    expect(covers([], { from: 0, to: 1 }, 1)).toBe(false);
  });
});

describe('fields of a session', () => {
  const session: Session = {
    'Session ID': 's',
    Date: '2026-11-24T15:13:14.123456Z',
    s3Key: 'k',
    Duration: 1,
    'Athlete ID': 'a',
    'Assessment ID': 'singleExercise',
    'Exercise ID': 'e',
    'Session Name': 'Squat',
  };
  test('only what was changed is sent: a date that nobody touched keeps its microseconds', () => {
    const fields = fieldsOf(session);
    expect(changesOf(session, fields)).toEqual({});
    expect(changesOf(session, { ...fields, name: 'B', athlete: 'b' })).toEqual({
      'Session Name': 'B',
      'Athlete ID': 'b',
    });
    expect(changesOf(session, { ...fields, date: '2026-01-02T03:04:05' })).toEqual({
      Date: new Date('2026-01-02T03:04:05').toISOString(),
    });
    expect(changesOf(session, { ...fields, date: '' })).toBeNull();
  });
});
