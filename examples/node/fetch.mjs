// Sessions of an athlete between two dates, the newest report, and one joint angle, with nothing but fetch.
//
//   export KINEBASE_URL=http://127.0.0.1:4750 KINEBASE_CLIENT=riverside
//   export KINEBASE_USERNAME=coach@riverside.example KINEBASE_PASSWORD=demo-movement-1
//   node fetch.mjs "Maya St. Clair" 2026-06-01 2026-12-31 knee_angle_r
//
// Works with Node 20 and later, in Deno and Bun, and its class in a browser. sessions.mjs is the same with the client.

/** What the server says when it refuses: its message, the status and, where it has one, a code. */
class ServerError extends Error {}

/** Signs in when it has to, and renews the token before it ends. */
class Server {
  #account;
  #token = null;
  #refreshToken = null;
  #renewAt = 0;

  /** `account`: { username, password, clientId }. */
  constructor(url, account) {
    this.url = url.replace(/\/+$/, '');
    this.#account = account;
  }

  /** Every session that matches, page by page. Filters: athleteID, from, to, exerciseID, limit and others. */
  async *sessions(filters) {
    const followed = new Set();
    // Null on the last page. An empty page before it is no end, and a token that comes again would never end.
    for (let continuation = '""'; continuation !== null; ) {
      const page = await this.#get('/sessions', filters, { 'X-Continuation-Token': continuation });
      yield* page.body;
      continuation = page['X-Continuation-Token'];
      if (followed.has(continuation))
        throw new ServerError('the server named the same continuation token twice');
      followed.add(continuation);
    }
  }

  /** What an endpoint answers, without its envelope. */
  async get(path, parameters = {}) {
    return (await this.#get(path, parameters)).body;
  }

  async #get(path, parameters, headers = {}) {
    const url = `${this.url}${path}?${new URLSearchParams(parameters)}`;
    if (Date.now() >= this.#renewAt) await this.#renew();
    let answer = await this.#fetch(url, headers);
    if (answer.status === 401) {
      // The token may have been revoked, or this clock may be wrong: one new token is worth a try.
      await this.#renew();
      answer = await this.#fetch(url, headers);
    }
    const envelope = await read(answer);
    // A string that holds JSON, unless the client id is registered for parsed bodies.
    const { body } = envelope;
    return { ...envelope, body: typeof body === 'string' ? JSON.parse(body) : body };
  }

  #fetch(url, headers) {
    const authorization = `Bearer ${this.#token}`;
    return fetch(url, { headers: { ...headers, authorization }, signal: AbortSignal.timeout(60_000) });
  }

  /** By the refresh token while it is good, else by the password. */
  async #renew() {
    const { username, password } = this.#account;
    if (this.#refreshToken !== null) {
      try {
        return await this.#signIn('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: this.#refreshToken });
      } catch (error) {
        if (!(error instanceof ServerError)) throw error;
        this.#refreshToken = null;
      }
    }
    await this.#signIn('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password });
  }

  async #signIn(AuthFlow, AuthParameters) {
    const answer = await fetch(`${this.url}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
      },
      body: JSON.stringify({ AuthFlow, ClientId: this.#account.clientId, AuthParameters }),
      signal: AbortSignal.timeout(60_000),
    });
    const { IdToken, RefreshToken, ExpiresIn } = (await read(answer)).AuthenticationResult;
    this.#token = IdToken;
    this.#refreshToken = RefreshToken ?? this.#refreshToken;
    this.#renewAt = Date.now() + (ExpiresIn - 60) * 1000;
  }
}

async function read(answer) {
  const text = await answer.text();
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ServerError(`no JSON from ${answer.url} (HTTP ${answer.status}): ${text.slice(0, 200)}`);
  }
  if (answer.ok) return value;
  throw new ServerError(
    `${value.message} (HTTP ${answer.status}, ${value.code ?? value.__type ?? answer.statusText})`,
  );
}

async function main([name, from, to, channel = 'knee_angle_r'], environment) {
  const { KINEBASE_URL, KINEBASE_USERNAME, KINEBASE_PASSWORD, KINEBASE_CLIENT } = environment;
  if (!KINEBASE_URL || !KINEBASE_USERNAME || !KINEBASE_PASSWORD || !KINEBASE_CLIENT || to === undefined)
    throw new ServerError(
      'four settings and three arguments are needed: the first lines of this file say which',
    );
  const account = { username: KINEBASE_USERNAME, password: KINEBASE_PASSWORD, clientId: KINEBASE_CLIENT };
  const server = new Server(KINEBASE_URL, account);

  const athletes = await server.get('/athletes');
  const athlete = athletes.find(({ FirstName, LastName }) => `${FirstName} ${LastName}` === name);
  if (athlete === undefined)
    throw new ServerError(`none of the ${athletes.length} athletes is called ${name}`);

  const sessions = [];
  for await (const session of server.sessions({ athleteID: athlete.ValorID, from, to }))
    sessions.push(session);
  console.log(`${sessions.length} sessions of ${name}, ${from} to ${to}`);
  for (const session of sessions) {
    const seconds = session.Duration.toFixed(2).padStart(6);
    console.log(`${session.Date.slice(0, 10)}  ${seconds} s  ${session['Session Name']}`);
  }
  const [newest] = sessions;
  if (newest === undefined) return;

  const report = await server.get('/reportData', { s3Key: newest.s3Key });
  console.log(`Report of ${newest['Session Name']}`);
  for (const [metric, sides] of Object.entries(report.WorkoutMetrics.Ang))
    for (const [side, { AvgMax, Score }] of Object.entries(sides)) {
      const score = Score === null ? 'no score' : `score ${Score.toFixed(1)}`;
      console.log(`${metric} ${side}: ${AvgMax.toFixed(1)}, ${score}`);
    }

  const series = await server.get('/ikData', { s3Key: newest.s3Key, channels: channel });
  const angles = series[channel];
  const [low, high] = [Math.min(...angles), Math.max(...angles)].map((angle) => angle.toFixed(1));
  console.log(`${channel}: ${angles.length} values in ${series.time.at(-1).toFixed(2)} s, ${low} to ${high}`);
}

try {
  await main(process.argv.slice(2), process.env);
} catch (error) {
  // What made fetch fail stands in its cause.
  console.error(`error: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
