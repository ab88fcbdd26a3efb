import { expect, test } from 'vitest';
import { ANGLES, readLook, turned, VIEWS, viewOf, writeLook } from '../../src/web/figure/camera.ts';

test('how the figure is looked at is a word, or three numbers that are read back', () => {
  for (const view of VIEWS) {
    expect(writeLook(ANGLES[view])).toBe(view);
    expect(readLook(view)).toEqual(ANGLES[view]);
    expect(viewOf(readLook(view))).toBe(view);
  }
  const byHand = turned({ ...ANGLES.free, zoom: 2.345 }, -151.6, 20.2);
  expect(writeLook(byHand)).toBe('170,36,2.35');
  expect(readLook('170,36,2.35')).toEqual({ azimuth_deg: 170, elevation_deg: 36, zoom: 2.35 });
  expect(writeLook(readLook(writeLook(byHand)))).toBe(writeLook(byHand));
});

test('what an address cannot mean is the free view; what lies beyond is brought back', () => {
  for (const text of [
    undefined,
    '',
    'behind',
    '1,2',
    '1,2,3,4',
    'a,b,c',
    '1,,2',
    'NaN,1,1',
    '1e3,1,1',
    '99999,1,1',
  ])
    expect(readLook(text)).toBe(ANGLES.free);
  expect(readLook('540,-20,99')).toEqual({ azimuth_deg: -180, elevation_deg: 0, zoom: 4 });
  expect(readLook('0,100,0')).toEqual({ azimuth_deg: 0, elevation_deg: 90, zoom: 0.5 });
});
