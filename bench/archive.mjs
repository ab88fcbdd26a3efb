// Builds the archives that the questions read, so that no measurement has to wait for them.
import { deepWithin, postgresArchive, sqliteArchive } from './lib/archive.mjs';
import { startPostgres } from './lib/postgres.mjs';

export async function build(context) {
  const shapes = [context.shape, deepWithin(context.shape)];
  for (const shape of shapes) context.log(await sqliteArchive(context, shape));
  const postgres = await startPostgres(context.cache);
  try {
    for (const shape of shapes) context.log((await postgresArchive(context, postgres, shape)).database);
  } finally {
    await postgres.stop();
  }
}
