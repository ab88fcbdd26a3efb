// Runs where express and knex are installed.
import { readFileSync } from 'node:fs';
import express from 'express';
import { importSPKI, jwtVerify } from 'jose';
import createKnex from 'knex';

const { DATABASE, KEY } = process.env;
const key = await importSPKI(readFileSync(KEY, 'utf8'), 'RS256');
const knex = createKnex({ client: 'pg', connection: DATABASE, pool: { min: 10, max: 10 } });
const verified = new Map();
const app = express();

app.use(async (request, response, next) => {
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  let claims = verified.get(token);
  if (claims === undefined || claims.exp * 1000 < Date.now()) {
    try {
      claims = (await jwtVerify(token, key, { algorithms: ['RS256'] })).payload;
    } catch {
      return response.status(401).json({ message: 'Unauthorized' });
    }
    verified.set(token, claims);
  }
  request.organization = claims.organization;
  next();
});

app.get('/sessions', async (request, response) => {
  const page = Number(request.query.page ?? 0);
  const limit = Number(request.query.limit ?? 100);
  const rows = await knex('sessions')
    .select(
      'session_id',
      'recorded_at',
      's3_key',
      'duration_s',
      'athlete_id',
      'assessment_id',
      'exercise_id',
      'session_name',
    )
    .where({ org_id: request.organization, listed: 1 })
    .orderBy([
      { column: 'recorded_at', order: 'desc' },
      { column: 'session_id', order: 'desc' },
    ])
    .limit(limit)
    .offset(page * limit);
  response.json({
    sessions: rows.map((row) => ({
      'Session ID': row.session_id,
      Date: new Date(Number(row.recorded_at) / 1000).toISOString(),
      s3Key: row.s3_key,
      Duration: row.duration_s,
      'Athlete ID': row.athlete_id,
      'Assessment ID': row.assessment_id ?? 'singleExercise',
      'Exercise ID': row.exercise_id,
      'Session Name': row.session_name,
    })),
    page,
  });
});

const server = app.listen(0, '127.0.0.1', () =>
  console.log(`ready at http://127.0.0.1:${server.address().port}`),
);
process.on('SIGTERM', () => process.exit(0));
