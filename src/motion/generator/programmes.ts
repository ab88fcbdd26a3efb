/** What a team and a clinic record: assessments of several exercises, and what single athletes work on. */

import type { InjuredJoint } from './athlete.ts';

export interface AssessmentTemplate {
  readonly name: string;
  readonly exercises: readonly string[];
}

/** Exercises that one athlete repeats week after week, and the joint that would hurt. */
export interface Focus {
  readonly exercises: readonly string[];
  readonly joint: InjuredJoint;
}

export interface Programme {
  /** The first holds the five tests with published names. */
  readonly assessments: readonly AssessmentTemplate[];
  readonly focuses: readonly Focus[];
}

const both = (name: string) => [`Left ${name}`, `Right ${name}`];

const ankleTest = both('Regular Ankle Dorsiflexion - Weighted');
const shoulderTest = both('90-90 Test Unilateral Shoulder IR/ER');
const fivePublished = [...ankleTest, ...shoulderTest, 'Hip Hinge Test'];

const ankle: Focus = { exercises: ankleTest, joint: 'ankle' };
const shoulder: Focus = { exercises: shoulderTest, joint: 'shoulder' };
const hinge: Focus = { exercises: ['Hip Hinge Test'], joint: 'hip' };

export const programmes: Readonly<Record<'team' | 'clinic', Programme>> = {
  team: {
    assessments: [
      { name: 'Movement Screen', exercises: fivePublished },
      {
        name: 'Lower-Limb Power',
        exercises: ['Countermovement Jump', 'Drop Jump', ...both('Single-Leg Hop')],
      },
      { name: 'Squat and Lunge Profile', exercises: ['Squat', 'Overhead Squat', ...both('Forward Lunge')] },
      {
        name: 'Throwing Shoulder Check',
        exercises: [...shoulderTest, 'Shoulder Flexion', 'Shoulder Abduction'],
      },
    ],
    focuses: [
      ankle,
      shoulder,
      { exercises: ['Countermovement Jump'], joint: 'knee' },
      hinge,
      { exercises: ['Running'], joint: 'ankle' },
      { exercises: both('Single-Leg Squat'), joint: 'knee' },
      { exercises: ['Squat'], joint: 'knee' },
    ],
  },
  clinic: {
    assessments: [
      { name: 'Initial Movement Assessment', exercises: fivePublished },
      {
        name: 'Gait and Balance Review',
        exercises: ['Gait', 'Five Times Sit-to-Stand', ...both('Single-Leg Stance')],
      },
      { name: 'Shoulder Review', exercises: [...both('Unilateral Shoulder Flexion'), ...shoulderTest] },
      {
        name: 'Knee Return to Activity',
        exercises: [...both('Heel Slide'), ...both('Step-Down Test'), 'Squat'],
      },
    ],
    focuses: [
      ankle,
      { exercises: ['Gait'], joint: 'knee' },
      shoulder,
      { exercises: ['Sit-to-Stand'], joint: 'knee' },
      hinge,
      { exercises: both('Prone Knee Flexion'), joint: 'knee' },
    ],
  },
};
