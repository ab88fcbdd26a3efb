import { type Command, Option } from 'commander';
import type { LineFilters } from '../sdk/index.ts';
import { underHeading } from './help.ts';

/** Which lines of reports: the same options for every command that is about them. */
export function withLineFilters(command: Command): Command {
  return underHeading(command, 'Which lines of their reports:', (headed) =>
    headed
      .addOption(
        new Option(
          '--quantity <quantity...>',
          'only angles (Ang), velocities (Vel), accelerations (Acc) or decelerations (Dec)',
        ).choices(['Ang', 'Vel', 'Acc', 'Dec']),
      )
      .option('--metric <label...>', 'only metrics of exactly these labels')
      .addOption(
        new Option(
          '--side <side...>',
          'only left (L), right (R), or one direction of a central joint (F, B)',
        ).choices(['L', 'R', 'F', 'B']),
      ),
  );
}

export const LINE_FLAGS = ['quantity', 'metric', 'side'] as const satisfies (keyof LineFilters)[];

export const readLineFilters = ({ quantity, metric, side }: LineFilters): LineFilters => ({
  ...(quantity && { quantity }),
  ...(metric && { metric }),
  ...(side && { side }),
});
