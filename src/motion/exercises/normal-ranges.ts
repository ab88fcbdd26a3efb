/**
 * Ranges for end-range tests, in degrees: from about nine tenths of the commonly charted value up to what healthy
 * adults reach. They are starting values that an organization can change, not diagnoses.
 *
 * AAOS: American Academy of Orthopaedic Surgeons. Boone: Boone & Azen 1979, J Bone Joint Surg Am 61:756, means of healthy
 * males. CDC: Soucie et al. 2011, Haemophilia 17:500, means of adults, passive. Merck: Merck Manual, table of normal joint
 * motion. What was read at its source or in "Measurement of Joint Motion", table A.1, stands without remark; "commonly
 * charted" values are repeated by many charts without a citation, and the others are marked as not checked.
 */
import type { Range } from './metric.ts';

export const normal = {
  hipFlexion: [108, 140, 'commonly charted 120; not checked: Boone 122, CDC 127–134'],
  hipExtension: [13, 30, 'commonly charted 20, older 30; not checked: Boone 10, CDC 13–18'],
  hipAbduction: [40, 55, 'commonly charted 45; not checked: Boone 46'],
  hipAdduction: [24, 38, 'commonly charted 30; not checked: Boone 27'],
  hipRotation: [38, 55, 'commonly charted 45; not checked: Boone 47'],
  kneeFlexion: [122, 155, 'commonly charted 135; not checked: Boone 143, CDC 133–142'],
  dorsiflexion: [12, 28, 'commonly charted 20; not checked: Boone 13, CDC 12–14'],
  plantarflexion: [44, 68, 'commonly charted 50; not checked: Boone 56, CDC 49–62'],
  inversion: [22, 38, 'Merck: up to 35'],
  eversion: [15, 28, 'Merck: up to 25'],
  shoulderFlexion: [158, 185, 'AAOS 180, Boone 167; not checked: CDC 164–172'],
  shoulderExtension: [50, 72, 'AAOS 60, Boone 62'],
  shoulderAbduction: [160, 190, 'AAOS 180, Boone 184'],
  shoulderInternalRotation: [62, 85, 'AAOS 70, Boone 69'],
  shoulderExternalRotation: [80, 112, 'AAOS 90, Boone 104'],
  elbowFlexion: [135, 156, 'AAOS 150, Boone 143; not checked: CDC 144–150'],
  pronation: [70, 92, 'AAOS 80, Boone 76; not checked: CDC 77–82'],
  supination: [72, 96, 'AAOS 80, Boone 82; not checked: CDC 82–91'],
  trunkFlexion: [70, 95, 'commonly charted 80'],
  trunkExtension: [20, 36, 'commonly charted 25'],
  trunkLateralFlexion: [30, 46, 'commonly charted 35'],
  trunkRotation: [38, 56, 'commonly charted 45'],
} as const satisfies Record<string, Range>;
