/**
 * The five tests whose names, labels and ranges appear in published client code. Clients compare them by exact
 * equality: every space, hyphen, slash and capital counts.
 */

import { exercise, leftAndRight } from './build.ts';
import { bothSides, on, type Range, shoulderRotationArc, torsoBothWays } from './metric.ts';

const published = (min: number, max: number): Range => [
  min,
  max,
  'display range that public client code shows for this test',
];

const ankleDorsiflexion = leftAndRight(
  'Ankle Mobility',
  'Regular Ankle Dorsiflexion - Weighted',
  'ankle_angle',
  (side) => [
    on(side, 'Ankle DF', published(20, 45)),
    on(side, 'Ankle PF', published(0, 5)),
    on(side, 'Shin Angle', published(0, 40)),
  ],
);

const shoulderRotation = leftAndRight(
  'Shoulder Mobility',
  '90-90 Test Unilateral Shoulder IR/ER',
  'arm_rot',
  (side) => [
    on(side, 'Shoulder ER', published(75, 105)),
    on(side, 'Shoulder IR', published(70, 100)),
    shoulderRotationArc(side, published(145, 205)),
  ],
);

const hipHinge = exercise('Hinge', 'Hip Hinge Test', 'hip_flexion_r', [
  ...bothSides('Hip ER', published(0, 10)),
  ...bothSides('Hip Ext.', published(0, 5)),
  ...bothSides('Hip Flex.', published(70, 110)),
  ...bothSides('Hip IR', published(0, 180)),
  ...bothSides('Knee Flex.', published(15, 40)),
  ...bothSides('Shin Angle', published(0, 10)),
  ...torsoBothWays(published(0, 20)),
]);

export const publishedTests = [...ankleDorsiflexion, ...shoulderRotation, hipHinge];
