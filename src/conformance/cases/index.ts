import type { Case } from '../case.ts';
import { ATHLETES } from './athletes.ts';
import { AUTHENTICATION } from './authentication.ts';
import { INVERSE_KINEMATICS } from './inverseKinematics.ts';
import { OTHERS } from './others.ts';
import { PAGES } from './pages.ts';
import { REPORTS } from './reports.ts';
import { ROUTING } from './routing.ts';
import { SESSIONS } from './sessions.ts';

/** All 61, by their numbers. */
export const CASES: readonly Case[] = [
  ...AUTHENTICATION,
  ...ROUTING,
  ...ATHLETES,
  ...PAGES,
  ...SESSIONS,
  ...REPORTS,
  ...INVERSE_KINEMATICS,
  ...OTHERS,
].sort((one, other) => one.number - other.number);
