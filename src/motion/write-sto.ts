/** Recording → OpenSim storage (.mot or .sto), tab separated, in degrees, every number in its shortest exact decimal form. */
import type { Recording } from './recording.ts';

export function writeStorage(recording: Recording, title: string): string {
  const { time, channels } = recording;
  const lines = [
    title.replace(/[\r\n]+/g, ' '),
    'version=1',
    `nRows=${time.length}`,
    `nColumns=${channels.length + 1}`,
    'inDegrees=yes',
    'endheader',
    ['time', ...channels.map((channel) => channel.name)].join('\t'),
  ];
  for (let row = 0; row < time.length; row++) {
    let line = String(time[row]);
    for (const { values } of channels) line += `\t${values[row]}`;
    lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}
