import { describe, expect, test } from 'vitest';
import { inside, nearestIndex, panned, wholeOf, zoomed } from '../../src/web/charts/stretch.ts';
import { rangeOf, ticksOf } from '../../src/web/charts/ticks.ts';
import { createTimeCursor } from '../../src/web/session/timeCursor.ts';

const TEN = { from: 0, to: 10 };

describe('what of an axis is shown', () => {
  test('zooming keeps what is under the pointer where it is', () => {
    expect(zoomed(TEN, 2, 0.5, TEN, 0.1)).toEqual({ from: 1, to: 6 });
    expect(zoomed({ from: 1, to: 6 }, 2, 2, TEN, 0.1)).toBeNull();
  });

  test('no closer than allowed, and never beyond the ends', () => {
    expect(zoomed(TEN, 5, 1e-9, TEN, 1)).toEqual({ from: 4.5, to: 5.5 });
    expect(zoomed({ from: 8, to: 10 }, 10, 1.5, TEN, 0.1)).toEqual({ from: 7, to: 10 });
    expect(panned({ from: 1, to: 3 }, -5, TEN)).toEqual({ from: 0, to: 2 });
    expect(panned({ from: 1, to: 3 }, 100, TEN)).toEqual({ from: 8, to: 10 });
    expect(panned(TEN, 1, TEN)).toBeNull();
  });

  test('an address may name anything', () => {
    expect(inside({ from: -50, to: 500 }, TEN, 0.1)).toBeNull();
    expect(inside({ from: 20, to: 22 }, TEN, 0.1)).toEqual({ from: 8, to: 10 });
    expect(inside({ from: 4, to: 4 }, TEN, 1)).toEqual({ from: 3.5, to: 4.5 });
  });

  test('an axis of one value has room, and one of none too', () => {
    expect(wholeOf([3])).toEqual({ from: 2.5, to: 3.5 });
    expect(wholeOf([])).toEqual({ from: -0.5, to: 0.5 });
    expect(wholeOf([0, 1, 7])).toEqual({ from: 0, to: 7 });
  });

  test('the nearest sample', () => {
    expect([-1, 0.4, 0.5, 0.6, 2.5, 9].map((x) => nearestIndex([0, 1, 2, 3], x))).toEqual([0, 0, 0, 1, 2, 3]);
    expect(nearestIndex([], 1)).toBe(-1);
  });
});

describe('axes', () => {
  test('have round values, no more than fit', () => {
    const { values, text } = ticksOf(-0.3, 1.05, 7);
    expect(values.map(text)).toEqual(['−0.2', '0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(ticksOf(0, 600, 8).values).toEqual([0, 100, 200, 300, 400, 500, 600]);
    expect(ticksOf(2, 2.00005, 3).values.map(ticksOf(2, 2.00005, 3).text)).toEqual([
      '2.00000',
      '2.00002',
      '2.00004',
    ]);
  });

  test('of nothing or of the immense do not fail', () => {
    expect(ticksOf(1, 1, 5).values).toEqual([]);
    expect(ticksOf(Number.NaN, 1, 5).values).toEqual([]);
    const huge = ticksOf(0, 1e300, 4);
    expect(huge.values.map(huge.text)).toEqual(['0.00e+0', '5.00e+299', '1.00e+300']);
  });

  test('reach from the lowest to the highest value, leaving out what is none', () => {
    expect(
      rangeOf([
        [20, null, 120],
        [Number.NaN, 60],
      ]),
    ).toEqual([13, 127]);
    expect(rangeOf([[2, 102]])).toEqual([0, 109]);
    expect(rangeOf([[null, Number.NaN], []])).toEqual([-1, 1]);
    expect(rangeOf([[5, 5]])).toEqual([4, 6]);
  });
});

/** Pictures that the test draws. */
function pictures() {
  let waiting: ((now_ms: number) => void) | null = null;
  return {
    next(draw: (now_ms: number) => void) {
      waiting = draw;
      return () => {
        waiting = null;
      };
    },
    draw(now_ms: number) {
      const draw = waiting;
      waiting = null;
      draw?.(now_ms);
    },
    waits: () => waiting !== null,
  };
}

describe('the time cursor', () => {
  const second = { duration_s: 1, frame_s: 0.1 };

  test('stands on frames, and stays in the recording', () => {
    const cursor = createTimeCursor({ ...second, at: 0.52 }, pictures().next);
    expect(cursor.state().time_s).toBeCloseTo(0.5, 12);
    cursor.seek(99);
    expect(cursor.state().time_s).toBeCloseTo(1, 12);
    cursor.step(-3);
    expect(cursor.state().time_s).toBeCloseTo(0.7, 12);
    cursor.seek(-1);
    expect(cursor.state().time_s).toBe(0);
    cursor.step(-1);
    expect(cursor.state().time_s).toBe(0);
  });

  test('runs by the clock at its speed, stops at the end, and begins again from there', () => {
    const screen = pictures();
    const cursor = createTimeCursor(second, screen.next);
    cursor.setSpeed(0.5);
    cursor.play();
    screen.draw(1000);
    screen.draw(1400);
    expect(cursor.state()).toEqual({ time_s: 0.2, playing: true, speed: 0.5 });
    screen.draw(9000);
    expect(cursor.state()).toEqual({ time_s: 1, playing: false, speed: 0.5 });
    expect(screen.waits()).toBe(false);
    cursor.play();
    expect(cursor.state().time_s).toBe(0);
  });

  test('pausing rests on a frame and asks for no more pictures', () => {
    const screen = pictures();
    const cursor = createTimeCursor(second, screen.next);
    cursor.toggle();
    screen.draw(0);
    screen.draw(340);
    cursor.toggle();
    expect(cursor.state().time_s).toBeCloseTo(0.3, 12);
    expect(screen.waits()).toBe(false);
  });

  test('goes through the speeds, and no further', () => {
    const cursor = createTimeCursor(second, pictures().next);
    for (let i = 0; i < 9; i++) cursor.changeSpeed(1);
    expect(cursor.state().speed).toBe(4);
    cursor.changeSpeed(-1);
    expect(cursor.state().speed).toBe(2);
  });

  test('a recording of one frame does not run', () => {
    const cursor = createTimeCursor({ duration_s: 0, frame_s: 1 / 60 }, pictures().next);
    cursor.play();
    expect(cursor.state()).toEqual({ time_s: 0, playing: false, speed: 1 });
  });

  test('when nobody looks any more it stops', () => {
    const screen = pictures();
    const cursor = createTimeCursor(second, screen.next);
    const leave = cursor.subscribe(() => {});
    cursor.play();
    leave();
    expect(screen.waits()).toBe(false);
  });
});
