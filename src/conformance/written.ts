import type { Answer, AskOptions } from './ask.ts';
import { inShort, isMembers, type Members } from './expect.ts';
import { forgivingValue } from './lenient.ts';
import { Undecided } from './verdict.ts';

/** Records that cases add to see what the server makes of them. Each is removed again, whatever happens. */
export interface Written {
  /** A new athlete's ValorID. */
  athlete(): Promise<string>;
  /** A new assessment's id. */
  assessment(athleteId: string): Promise<string>;
  /** The new session. Of `channels` every name becomes a series; absent: one knee. */
  session(query: SessionChoice, channels?: readonly string[]): Promise<Members>;
}

export interface SessionChoice {
  athleteID: string;
  sessionName?: string;
  assessmentID?: string;
  kind?: 'free';
  date?: string;
}

type Send = (method: string, path: string, options?: AskOptions) => Promise<Answer>;

/** `cleanUp` answers what could not be removed. */
export function createWritten(send: Send): Written & { cleanUp(): Promise<string[]> } {
  /** Latest first: a session goes before its athlete. */
  const added: string[] = [];
  /** Ids are chosen here, and noted before the request: a record is removed also when the answer was lost. */
  const create = async (list: string, id: string, path: string, options: AskOptions): Promise<Members> => {
    added.unshift(`${list}/${id}`);
    const answer = await send('POST', path, options);
    const value = forgivingValue(answer);
    if (answer.status !== 201 || !isMembers(value))
      throw new Undecided(`no record can be added here: ${inShort(answer)}`);
    return value;
  };
  const json = (members: object): AskOptions => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(members),
    says: 'a record of our own',
  });
  return {
    async athlete() {
      const ValorID = newId();
      const members = { FirstName: 'Conformance', LastName: 'Check', ValorID };
      await create('/athletes', ValorID, '/athletes', json(members));
      return ValorID;
    },
    async assessment(athleteId) {
      const id = newId();
      const members = {
        'Assessment ID': id,
        'Assessment Name': 'Conformance check',
        'Athlete ID': athleteId,
      };
      await create('/assessments', id, '/assessments', json(members));
      return id;
    },
    async session(query, channels = ['knee_angle_r']) {
      const sessionID = newId();
      const parameters = new URLSearchParams({ fileName: 'conformance.sto', sessionID, ...query });
      const options = { body: storageFile(channels), says: 'a recording of two seconds' };
      return create('/sessions', sessionID, `/sessions?${parameters}`, options);
    },
    async cleanUp() {
      const left: string[] = [];
      for (const path of added.splice(0)) {
        const { status } = await send('DELETE', path).catch(() => ({ status: 0 }));
        if (status !== 204 && status !== 200 && status !== 404) left.push(path);
      }
      return left;
    },
  };
}

const newId = (): string => crypto.randomUUID().toUpperCase();

/** Two seconds at 60 Hz of one sine per channel, as OpenSim stores it. */
function storageFile(channels: readonly string[]): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: 121 }, (_, row) =>
    [row / 60, ...channels.map((_, place) => 30 * Math.sin(row / 20 + place))].join('\t'),
  );
  const lines = ['conformance', 'inDegrees=yes', 'endheader', ['time', ...channels].join('\t'), ...rows];
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}
