// The reference of the API, from its OpenAPI description: a part for each group of paths.

/** Groups in the order of the endpoint table, with what stands above them. */
const TITLES = {
  service: 'Sign-in and service',
  ikData: 'Series',
  reportData: 'Report of a session',
  reports: 'Lines of reports',
  sessionData: 'Sessions, older name',
  videoExport: 'Video',
  organization: 'Own organization',
  'signing-keys': 'Signing keys',
  clients: 'App clients',
  keys: 'API keys',
};

/** What an answer's schema is explained by. */
const EXPLAINED = {
  Report: 'reports.md',
  ReportRow: 'reports.md#lines-of-reports',
  IkData: 'sessions.md#read',
  Changes: 'changes.md',
  ChannelEntry: 'channels.md',
  Exercise: 'exercises.md',
  Webhook: 'webhooks.md',
};

/** `level`: of the headings of groups. Pages are called after their group. */
export function reference(code, level) {
  const api = code.describeApi('');
  const groups = new Map();
  for (const endpoint of Object.values(code.ENDPOINTS)) {
    const operation = api.paths[endpoint.path][endpoint.method.toLowerCase()];
    const [tag] = operation.tags;
    if (!groups.has(tag)) groups.set(tag, []);
    groups.get(tag).push({ ...endpoint, operation });
  }
  return [...groups].map(([tag, endpoints]) => ({
    tag,
    title: TITLES[tag] ?? tag[0].toUpperCase() + tag.slice(1),
    endpoints,
    markdown: endpoints.map((endpoint) => part(endpoint, api, code, level)).join('\n'),
  }));
}

/** What holds for all of it. */
export const introduction = (code) =>
  [
    code.describeApi('').info.description,
    '',
    'Bodies and answers are described in `/openapi.json` under the names given here; `Repetitions[].Start` is a member of each object of a list. Any answer may also be `internal` (500) or `unavailable` (503); [errors](errors.md) says what each code means.',
    '',
    'The examples ask with a token of the sign-in door, or with an API key in its place:',
    '',
    '```sh',
    'URL=http://127.0.0.1:4750',
    `TOKEN=$(curl -s $URL -H 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth' -d '{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"riverside","AuthParameters":{"USERNAME":"coach@riverside.example","PASSWORD":"demo-movement-1"}}' | sed 's/.*"IdToken":"\\([^"]*\\).*/\\1/')`,
    '```',
    '',
  ].join('\n');

function part({ method, path, operation, errors: _, ...endpoint }, api, code, level) {
  const lines = [
    `${'#'.repeat(level)} ${method} ${path}`,
    '',
    `${operation.summary}. ${operation.description}`,
    '',
  ];
  if (operation.parameters.length > 0) {
    lines.push('| parameter | in | |', '| --- | --- | --- |');
    for (const { name, in: place, required, description } of operation.parameters)
      lines.push(row([`\`${name}\``, `${place}${required ? ', required' : ''}`, description]));
    lines.push('');
  }
  const schemas = api.components.schemas;
  if (endpoint.body === 'file') lines.push('Body: the bytes of the recording.', '');
  else if (endpoint.body !== undefined)
    lines.push(...members('Body', endpoint.body, schemas[endpoint.body], code));
  if (endpoint.answer !== undefined) {
    const list = endpoint.list ? 'a list of ' : '';
    lines.push(
      ...members(
        `Answer (${endpoint.status ?? 200}): ${list}`,
        endpoint.answer,
        schemas[endpoint.answer],
        code,
      ),
    );
  } else if (endpoint.files !== undefined)
    lines.push(`Answer (200): a file, ${endpoint.files.map((type) => `\`${type}\``).join(', ')}.`, '');
  else if (endpoint.status === 204) lines.push('Answer: 204, without a body.', '');
  const refusals = Object.entries(operation.responses).filter(([status]) => /^[45]/.test(status));
  if (refusals.length > 0)
    lines.push(
      `Errors: ${refusals.map(([status, { description }]) => `${status}${description.startsWith('`') ? ` ${description}` : ''}`).join('; ')}.`,
      '',
    );
  lines.push('```sh', curlOf({ method, path, ...endpoint }, operation, schemas, code), '```', '');
  return lines.join('\n');
}

function members(what, name, schema, code) {
  const { description } = schema;
  const found = code.membersOf(schema);
  const explained =
    EXPLAINED[name] === undefined
      ? ''
      : ` See [${EXPLAINED[name].replace(/\.md.*/, '')}](${EXPLAINED[name]}).`;
  const lines = [
    `${what.endsWith(' ') ? what : `${what}: `}\`${name}\`.${description ? ` ${description}` : ''}${explained}`,
    '',
  ];
  if (found.length > 0) {
    lines.push('| member | type | |', '| --- | --- | --- |');
    for (const member of found)
      lines.push(
        row([
          `\`${member.name}\``,
          // Everything that is answered is there, unless it says otherwise.
          `${member.type}${what === 'Body' && member.required ? ', required' : ''}`,
          member.description,
        ]),
      );
    lines.push('');
  }
  return lines;
}

/** A call that the tests run as it stands here, with the variables set. */
export function curlOf({ method, path, body, access }, { parameters }, schemas, { exampleOf }) {
  const signIn = body === 'SignInRequest';
  const target = path.replace('{id}', `$${variableFor(path)}`).replace('{path}', FILES[path] ?? '');
  const required = parameters.filter(({ in: place, required }) => place === 'query' && required);
  const query = required.map(({ name }) => VALUES[name] ?? fail(name));
  const words = ['curl -s'];
  if (body === 'file')
    return `curl -s "$URL${target}?${query.map(([name, value]) => `${name}=${value}`).join('&')}" -H "Authorization: Bearer $TOKEN" --data-binary @squats.mot`;
  if (method !== 'GET' && !(method === 'POST' && body !== undefined)) words.push(`-X ${method}`);
  words.push(query.length === 0 ? `"$URL${target}"` : `-G "$URL${target}"`);
  for (const [name, value] of query) words.push(`--data-urlencode "${name}=${value}"`);
  if (signIn) words.push("-H 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth'");
  else if (access !== 'public') words.push('-H "Authorization: Bearer $TOKEN"');
  if (body !== undefined) {
    const example = exampleOf(schemas[body]);
    if (example === undefined) throw new Error(`${body} has no example`);
    words.push(`-d '${JSON.stringify(example).replaceAll("'", "'\\''")}'`);
  }
  return words.join(' ');
}

/** A file below a path. */
const FILES = { '/docs/{path}': 'quick-start.html', '/app/{path}': 'sessions', '/assets/{path}': '$FILE' };

const VALUES = {
  s3Key: ['s3Key', '$S3_KEY'],
  fileName: ['fileName', 'squats.mot'],
  athleteID: ['athleteID', '$ATHLETE_ID'],
};

const variableFor = (path) => `${path.split('/')[1].replace(/s$/, '').toUpperCase()}_ID`;

function fail(name) {
  throw new Error(`the examples know no value of ${name}`);
}

const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
