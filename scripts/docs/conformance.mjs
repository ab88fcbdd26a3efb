// The page that write-docs.mjs makes of the cases of the contract.

export function conformance({ CASES }) {
  const lines = [
    '# Conformance',
    '',
    '_Written by `node scripts/write-docs.mjs` from `src/conformance/cases`._',
    '',
    'What deployed clients of the sessions API rely on, as 61 numbered statements about the wire. `kinebase conformance` examines any server for them, this one or another:',
    '',
    '```sh',
    'export KINEBASE_PASSWORD=demo-movement-1',
    'npx kinebase conformance http://127.0.0.1:4750 --username coach@riverside.example --client riverside --junit conformance.xml',
    '```',
    '',
    'It prints a line for each case, then what was asked, expected and found for those that failed, and ends with 1 when there are any. The URL is the base of the data paths, with its stage where it has one (`https://motion.example/production`): run it once for each base that clients use.',
    '',
    '| option | |',
    '| --- | --- |',
    '| `--sign-in-url URL` | where to sign in, when not at the server: the endpoint of a user pool |',
    '| `--pool ID` | id of the user pool, for case 7; found in the tokens when absent |',
    '| `--second-username NAME`, `--second-client ID` | an account of another organization, its password in `KINEBASE_SECOND_PASSWORD`: cases 51 and 56 |',
    '| `--write` | also add an athlete, an assessment and sessions, and remove them again: cases 31, 39, 55, and 40, 41, 43 where the account has no example |',
    '| `--only 23,26` or `--only 44-52` | these cases alone |',
    '| `--most N` | sessions read at most for one list, 20,000 when absent; what needs the whole of a longer list is skipped |',
    '| `--junit FILE` | also JUnit XML, for a build server |',
    '| `--json` | the outcomes as JSON |',
    '',
    'Without `--write` nothing is changed, and what was recorded by others meanwhile confuses nothing. A case is *skipped*, with the reason, when the account, its data or the options do not give what it needs: 22 needs 1,000 athletes, 33 needs 1,000 sessions, 17 a server that fails over something odd. It *passes* only when all of it was seen. When a case cannot be judged because of what another one finds (nobody can list sessions without a token), the run ends with 1 as well.',
    '',
    'Every request is plain HTTP, and what is read is read by its own few lines, not by the client of this repository. Clients of others are imitated by what they send: headers of boto3, the SRP exchange of the browser library, the loops of the documented programs. Two things nobody can do from outside: wait an hour for a token to expire (12 changes the times in one, 9 reads them), and make another’s server fail (17).',
    '',
    '| case | |',
    '| --- | --- |',
    ...CASES.map(({ number, title }) => `| ${number} | ${title} |`),
  ];
  return `${lines.join('\n')}\n`;
}
