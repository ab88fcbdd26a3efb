// What the documentation reads from the compiled code of a folder.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export async function loadCode(folder) {
  const load = (name) => import(pathToFileURL(resolve(folder, name)).href);
  const [endpoints, errors, config, openapi, members, library, joints, cases, commands, help] =
    await Promise.all(
      [
        'contract/endpoints.js',
        'contract/errors.js',
        'server/config.js',
        'server/openapi.js',
        'server/schemaMembers.js',
        'motion/exercises/index.js',
        'motion/joints.js',
        'conformance/cases/index.js',
        'cli/commands.js',
        'cli/help.js',
      ].map(load),
    );
  return {
    ...{ ENDPOINTS: endpoints.ENDPOINTS, ERRORS: errors.ERRORS, SIGN_IN_ERRORS: errors.SIGN_IN_ERRORS },
    ...{ SETTINGS: config.SETTINGS, CASES: cases.CASES, COMMANDS: commands.COMMANDS },
    ...{ HELP_LAYOUT: help.HELP_LAYOUT, finishPages: help.finishPages },
    ...{ describeApi: openapi.describeApi, exampleOf: members.exampleOf, membersOf: members.membersOf },
    ...{ exerciseLibrary: library.exerciseLibrary, JOINT_COORDINATES: joints.JOINT_COORDINATES },
  };
}
