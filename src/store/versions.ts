import type { Db } from './db.ts';
import { organizationVersion, organizationVersions } from './organizations.ts';

/**
 * The version of an organization's last committed change, as of the moment of asking or later; at once where nothing can
 * have changed since it was last read.
 */
export type Versions = (organization: string) => number | Promise<number>;

export function createVersions(db: Db): Versions {
  return db.commits === undefined ? askedTogether(db) : remembered(db, db.commits);
}

/** Only this process writes: a version is good until the next commit. */
function remembered(db: Db, commits: () => number): Versions {
  const known = new Map<string, number>();
  let upTo = commits();
  const forgetOld = () => {
    if (commits() === upTo) return;
    known.clear();
    upTo = commits();
  };
  const ask = async (organization: string) => {
    const before = commits();
    const version = await organizationVersion(db, organization);
    forgetOld();
    if (before === upTo) known.set(organization, version);
    return version;
  };
  return (organization) => {
    forgetOld();
    return known.get(organization) ?? ask(organization);
  };
}

/** Of one question; PostgreSQL takes 65,535 parameters. */
const MOST_TOGETHER = 1000;

interface Question {
  answer: Promise<number>;
  resolve: (version: number) => void;
  reject: (error: unknown) => void;
}

/**
 * Others write too, so the database is asked each time: whoever asks while a question is under way is answered by the next
 * one, which begins after they asked, together with everybody else who waits.
 */
function askedTogether(db: Db): Versions {
  let waiting = new Map<string, Question>();
  let asking = false;
  const askAll = async () => {
    asking = true;
    while (waiting.size > 0) {
      const questions = [...waiting].slice(0, MOST_TOGETHER);
      waiting = new Map([...waiting].slice(MOST_TOGETHER));
      try {
        const versions = await organizationVersions(
          db,
          questions.map(([organization]) => organization),
        );
        for (const [organization, { resolve }] of questions) resolve(versions.get(organization) ?? 0);
      } catch (error) {
        for (const [, { reject }] of questions) reject(error);
      }
    }
    asking = false;
  };
  return (organization) => {
    let question = waiting.get(organization);
    if (question === undefined) {
      question = ask();
      waiting.set(organization, question);
      if (!asking) void askAll();
    }
    return question.answer;
  };
}

function ask(): Question {
  let resolve!: Question['resolve'];
  let reject!: Question['reject'];
  const answer = new Promise<number>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { answer, resolve, reject };
}
