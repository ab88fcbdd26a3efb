/** Which pattern of movement an exercise is: by the words of its name, else by the channel that counts its repetitions. */

import type { ExerciseDefinition } from '../exercise.ts';
import * as cycles from './patterns/cycles.ts';
import * as jumps from './patterns/jumps.ts';
import * as lower from './patterns/lower-mobility.ts';
import { type Pattern, reach } from './patterns/pattern.ts';
import * as oneLeg from './patterns/single-leg.ts';
import * as squats from './patterns/squats.ts';
import * as trunk from './patterns/trunk.ts';
import * as upper from './patterns/upper.ts';
import type { Pose, WorkingSide } from './pose.ts';

/** First match wins, so narrower words stand above wider ones. */
const byWords: readonly (readonly [RegExp, Pattern])[] = [
  [/regular ankle dorsiflexion|dorsiflexion - weighted/i, lower.weightedDorsiflexion],
  [/90-90/i, upper.rotationAtShoulderHeight],
  [/knee-to-wall/i, lower.kneeToWall],
  [/dorsiflexion/i, lower.openDorsiflexion],
  [/single-leg heel raise/i, lower.singleLegHeelRaise],
  [/heel raise/i, lower.heelRaise],
  [/plantarflexion/i, lower.openPlantarflexion],
  [/inversion/i, lower.inversion],
  [/eversion/i, lower.eversion],

  [/hands on hips/i, jumps.jumpWithoutArms],
  [/squat jump/i, jumps.squatJump],
  [/broad jump|long jump/i, jumps.broadJump],
  [/tuck jump/i, jumps.tuckJump],
  [/drop landing/i, jumps.dropLanding],
  [/drop (vertical )?jump/i, jumps.dropJump],
  [/pogo/i, jumps.pogo],
  [/bound/i, jumps.bound],
  [/\bhop/i, jumps.hop],
  [/jump/i, jumps.jump],
  [/burpee/i, jumps.burpee],

  [/overhead squat|deep squat/i, squats.overheadSquat],
  [/front squat|back squat|goblet/i, squats.loadedSquat],
  [/sumo/i, squats.wideSquat],
  [/split squat|in-line lunge/i, oneLeg.splitSquat],
  [/single-leg squat/i, oneLeg.singleLegSquat],
  [/single-leg sit-to-stand/i, squats.singleLegSitToStand],
  [/sit-to-stand|chair stand/i, squats.sitToStand],
  [/squat/i, squats.squat],

  [/single-leg (romanian )?(deadlift|hinge)/i, oneLeg.singleLegHinge],
  [/hinge|romanian|good morning/i, squats.hinge],
  [/deadlift/i, squats.deadlift],
  [/swing/i, squats.swing],
  [/single-leg bridge/i, squats.singleLegBridge],
  [/bridge|hip thrust/i, squats.bridge],
  [/toe touch|trunk flexion/i, trunk.trunkFlexion],

  [/lateral lunge/i, oneLeg.lateralLunge],
  [/curtsy/i, oneLeg.curtsyLunge],
  [/lunge/i, oneLeg.lunge],
  [/step-down/i, oneLeg.stepDown],
  [/step-up/i, oneLeg.stepUp],
  [/hurdle/i, oneLeg.hurdleStep],
  [/stance|balance/i, oneLeg.singleLegStance],
  [/posteromedial/i, oneLeg.reachBackInward],
  [/posterolateral/i, oneLeg.reachBackOutward],
  [/star excursion|anterior/i, oneLeg.reachForward],

  [/high knees/i, cycles.highKnees],
  [/march/i, cycles.march],
  [/sprint/i, cycles.sprint],
  [/\brun/i, cycles.run],
  [/fast walk/i, cycles.fastWalk],
  [/slow walk/i, cycles.slowWalk],
  [/gait|walk/i, cycles.walk],

  [/straight-leg raise/i, lower.straightLegRaise],
  [/thomas/i, lower.thomasTest],
  [/hip extension/i, lower.proneHipExtension],
  [/side-lying hip abduction/i, lower.sideLyingHipAbduction],
  [/hip abduction/i, lower.hipAbduction],
  [/hip adduction/i, lower.hipAdduction],
  [/hip internal/i, lower.seatedHipInternalRotation],
  [/hip external/i, lower.seatedHipExternalRotation],
  [/hip ir\/er/i, lower.seatedHipRotation],
  [/hip flexion/i, lower.supineHipFlexion],
  [/clamshell/i, lower.clamshell],
  [/hydrant/i, trunk.fireHydrant],
  [/frog/i, lower.frog],
  [/prone knee/i, lower.proneKneeFlexion],
  [/heel slide|knee flexion/i, lower.heelSlide],
  [/active knee extension/i, lower.activeKneeExtension],
  [/knee extension/i, lower.seatedKneeExtension],
  [/nordic/i, lower.nordicCurl],

  [/unilateral shoulder flexion/i, upper.armForward],
  [/unilateral shoulder abduction/i, upper.armSideways],
  [/shoulder extension/i, upper.armBackward],
  [/shoulder flexion/i, upper.armsForward],
  [/shoulder abduction/i, upper.armsSideways],
  [/cross-body/i, upper.armAcross],
  [/scaption/i, upper.scaption],
  [/wall slide/i, upper.wallSlide],
  [/external rotation at side/i, upper.externalRotationAtSide],
  [/internal rotation at side/i, upper.internalRotationAtSide],
  [/shoulder internal rotation/i, upper.internalRotationLying],
  [/shoulder external rotation/i, upper.externalRotationLying],
  [/elbow flexion/i, upper.elbowFlexion],
  [/forearm|pronation|supination/i, upper.forearmTurn],
  [/push-up/i, upper.pushUp],
  [/bench press/i, upper.benchPress],
  [/\bdip\b/i, upper.dip],
  [/press/i, upper.press],
  [/pull-up|pull-down/i, upper.pullDown],
  [/one-arm row/i, upper.oneArmRow],
  [/\brow\b/i, upper.row],
  [/face pull/i, upper.facePull],
  [/lateral raise/i, upper.lateralRaise],
  [/front raise/i, upper.frontRaise],
  [/curl/i, upper.curl],
  [/triceps/i, upper.triceps],
  [/throw/i, upper.throwing],

  [/trunk extension/i, trunk.trunkExtension],
  [/side bend/i, trunk.sideBend],
  [/trunk rotation/i, trunk.seatedRotation],
  [/standing rotation/i, trunk.standingRotation],
  [/plank rotation/i, trunk.plankTwist],
  [/side plank/i, trunk.sidePlankLift],
  [/shoulder tap/i, upper.shoulderTap],
  [/cat-cow/i, trunk.catCow],
  [/sit-up/i, trunk.sitUp],
  [/leg raise/i, trunk.legRaise],
  [/superman/i, trunk.superman],
  [/twist/i, trunk.twist],
  [/dead bug/i, trunk.deadBug],
  [/bird dog/i, trunk.birdDog],
  [/mountain climber/i, trunk.mountainClimber],
  [/get-up/i, trunk.getUp],
  [/functional reach/i, trunk.forwardReach],
];

/** A movement of just the channel that counts repetitions, for exercises that no word describes. */
const byCoordinate: Readonly<Record<string, Pose>> = {
  hip_flexion: { work: { hip_flexion: 70, knee_angle: 55 } },
  hip_adduction: { work: { hip_adduction: 22 } },
  hip_rotation: { work: { hip_rotation: 32 } },
  knee_angle: { work: { knee_angle: 85, hip_flexion: 40 } },
  ankle_angle: { work: { ankle_angle: 24 } },
  subtalar_angle: { work: { subtalar_angle: 22 } },
  arm_flex: { work: { arm_flex: 120 } },
  arm_add: { work: { arm_add: 30 } },
  arm_rot: { work: { arm_rot: 55 } },
  elbow_flex: { work: { elbow_flex: 120 } },
  pro_sup: { work: { pro_sup: 140 } },
  lumbar_extension: { core: { lumbar_extension: 22 } },
  lumbar_bending: { core: { lumbar_bending: 28 } },
  lumbar_rotation: { core: { lumbar_rotation: 36 } },
  pelvis_tilt: { core: { pelvis_tilt: 18 } },
  pelvis_list: { core: { pelvis_list: 16 } },
  pelvis_rotation: { core: { pelvis_rotation: 30 } },
};

export function choosePattern(exercise: ExerciseDefinition): Pattern {
  const named = byWords.find(([words]) => words.test(exercise.name));
  if (named) return named[1];
  const pose = byCoordinate[exercise.primaryChannel?.replace(/_[lr]$/, '') ?? ''];
  const timing = { there_s: 1.1, hold_s: 0.3, back_s: 1, pause_s: 0.4 };
  if (!pose) return squats.squat;
  // Polarity -1 counts lowest points: rest in the raised pose and go down to it instead.
  return exercise.polarity === 1 ? reach({}, pose, timing) : reach(pose, {}, timing);
}

/** The side an exercise is about: as its name begins, else as its primary channel ends; the right one otherwise. */
export function workingSide(exercise: ExerciseDefinition): WorkingSide {
  if (/^left\b/i.test(exercise.name)) return 'l';
  if (/^right\b/i.test(exercise.name)) return 'r';
  return exercise.primaryChannel?.endsWith('_l') ? 'l' : 'r';
}
