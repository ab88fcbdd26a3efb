/** What a person would type, with why, by the words of the command: printed below its page, and read by the tests. */
type Example = readonly [why: string, line: string];

export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  serve: [
    ['a server to look at, with two demo organizations', 'kinebase serve --demo'],
    [
      'one of your own; its first start prints the password of an administrator',
      'kinebase serve --data ./my-data --port 8080',
    ],
  ],
  migrate: [
    [
      'from the embedded store into PostgreSQL, with the objects',
      'kinebase migrate --from sqlite:./my-data --to postgres://kinebase:secret@127.0.0.1:5432/kinebase --objects-from file:./my-data/objects --objects-to file:./objects',
    ],
  ],
  login: [
    [
      'name and client id are asked for when they are left out',
      'kinebase login https://motion.example --username coach@club.example --client kinebase',
    ],
  ],
  import: [
    [
      'two files of one athlete',
      'kinebase import squats.mot lunges.csv.gz --athlete "Ada Brook" --create-athlete --exercise Squat',
    ],
    [
      'what would come from another server; without --dry-run it does',
      'kinebase import --from https://api.example.org/production --dry-run',
    ],
  ],
  sync: [
    ['a mirror for DuckDB, pandas and R', 'kinebase sync ./mirror'],
    ['series only, as CSV', 'kinebase sync ./mirror --only series --format csv'],
  ],
  sessions: [
    ['the newest ten', 'kinebase sessions --limit 10'],
    [
      'of one athlete in May, as a table for a spreadsheet',
      'kinebase sessions --athlete "Maya St. Clair" --from 2026-05-01 --to 2026-05-31 --csv',
    ],
  ],
  session: [
    ['shows it', 'kinebase session SESSION_ID'],
    ['it was another exercise', 'kinebase session SESSION_ID --exercise Lunge'],
    ['with another low-pass', 'kinebase session SESSION_ID --cut-off 10'],
  ],
  'session delete': [['asks nothing first', 'kinebase session delete SESSION_ID']],
  report: [
    ['the current one', 'kinebase report SESSION_ID'],
    ['the first one, as JSON', 'kinebase report SESSION_ID --version 1 --json'],
  ],
  reports: [
    [
      'knee flexion of one athlete over time',
      'kinebase reports --athlete "Maya St. Clair" --quantity Ang --metric "Knee Flex. (°)" --oldest-first',
    ],
  ],
  export: [
    ['the series of one session', 'kinebase export SESSION_ID --format parquet -o knee.parquet'],
    [
      'two of its channels, from 1 s to 3 s',
      'kinebase export SESSION_ID --channels hip_flexion_r,knee_angle_r --from 1 --to 3',
    ],
    ['a row for each metric of every report', 'kinebase export --of reports --exercise Squat -o squats.csv'],
  ],
  recompute: [
    ['after the ranges of an exercise were changed', 'kinebase recompute --exercise Squat'],
    ['how far it is', 'kinebase recompute --status'],
  ],
  analyze: [
    ['the report of five squats', 'kinebase analyze examples/squats.mot --exercise Squat'],
    ['which channels a file has', 'kinebase analyze examples/squats.mot --channels'],
  ],
  conformance: [
    [
      'every case that only reads',
      'kinebase conformance http://127.0.0.1:4750 --username coach@riverside.example --client riverside --junit conformance.xml',
    ],
  ],
  sweep: [
    ['what no row names', 'kinebase sweep --data ./my-data --list'],
    ['removes it', 'kinebase sweep --data ./my-data --delete'],
  ],
  'org create': [
    [
      'with an administrator, whose password is made up and shown once',
      'kinebase org create "Northside Clinic" --admin boss@northside.example',
    ],
  ],
  'user create': [
    ['the password is made up and shown once', 'kinebase user create coach@club.example --role coach'],
    [
      'with a password of yours',
      'kinebase user create coach@club.example --role coach --password-stdin < password.txt',
    ],
  ],
  'user patch': [
    ['may do more', 'kinebase user patch coach@club.example --role admin'],
    ['may no longer sign in', 'kinebase user patch coach@club.example --disable'],
  ],
  'user change-password': [['asks for the old one and the new one', 'kinebase user change-password']],
  'user reset-password': [
    [
      'the new password is made up and shown once',
      'kinebase user reset-password boss@club.example --data ./my-data',
    ],
  ],
  'user delete': [['asks nothing first', 'kinebase user delete coach@club.example']],
  'client create': [
    [
      'for a dashboard that reads bodies as values',
      'kinebase client create Dashboard --id dashboard --body-form json',
    ],
  ],
  'client patch': [['bodies as strings from now on', 'kinebase client patch dashboard --body-form string']],
  'client delete': [['asks nothing first', 'kinebase client delete dashboard']],
  'key create': [
    [
      'for a program that reads; the key alone goes to standard output',
      'export KINEBASE_KEY=$(kinebase key create nightly)',
    ],
    [
      'for one that records, until the end of the year',
      'kinebase key create gait-lab --scope read record --expires 2026-12-31T23:59:59Z',
    ],
  ],
  'key revoke': [['its id is in `kinebase key list`', 'kinebase key revoke KEY_ID']],
  'webhook create': [
    ['everything that changes', 'kinebase webhook create https://motion.example/hook'],
    [
      'new sessions and reports only; the secret alone goes to standard output',
      'export WEBHOOK_SECRET=$(kinebase webhook create https://motion.example/hook --kinds session report)',
    ],
  ],
  'webhook patch': [
    ['post elsewhere', 'kinebase webhook patch WEBHOOK_ID --to https://motion.example/new-hook'],
    ['go on where it was given up', 'kinebase webhook patch WEBHOOK_ID --enable'],
  ],
  'webhook test': [['its id is in `kinebase webhook list`', 'kinebase webhook test WEBHOOK_ID']],
  'webhook deliveries': [['what came of each post', 'kinebase webhook deliveries WEBHOOK_ID']],
  'webhook rotate': [['after somebody saw the old one', 'kinebase webhook rotate WEBHOOK_ID']],
  'webhook delete': [['asks nothing first', 'kinebase webhook delete WEBHOOK_ID']],
};
