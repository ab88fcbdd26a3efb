import type { Case } from '../case.ts';
import { DATA_PATHS } from '../case.ts';
import { inShort, must, mustRefuse } from '../expect.ts';
import { badAuthorizations, claimsOf } from '../forged.ts';
import { exceptionName, mustFault, mustSignIn, withPassword, withRefreshToken } from '../signIn.ts';
import { signInBySrp } from '../srp.ts';
import { Undecided } from '../verdict.ts';
import { described } from '../words.ts';
import type { World } from '../world.ts';

/** Letters of every token. */
const ALPHABET = /^[A-Za-z0-9\-_=.]+$/;

/** What the sign-in door must do for the clients that knock at it. */
export const AUTHENTICATION: readonly Case[] = [
  {
    number: 1,
    title: 'The right password gives three tokens, ExpiresIn and TokenType',
    async check({ door, account }) {
      mustSignIn(await door('InitiateAuth', withPassword(account)));
    },
  },
  {
    number: 2,
    title: 'Sign-in does not mind the User-Agent, nor a charset in the content type',
    async check({ door, account }) {
      for (const headers of [
        { 'content-type': 'application/x-amz-json-1.1; charset=utf-8' },
        { 'user-agent': 'Mozilla/5.0 (compatible; dashboard)' },
        { 'user-agent': '' },
        { 'x-amz-user-agent': 'aws-amplify/5.0.4 auth framework/0', 'cache-control': 'no-store' },
      ])
        mustSignIn(await door('InitiateAuth', withPassword(account), { headers }));
    },
  },
  {
    number: 3,
    title: 'Sign-in as boto3 and the AWS command line send it, unsigned',
    async check({ door, account }) {
      for (const agent of ['Boto3/1.34.46 md/Botocore#1.34.46', 'aws-cli/2.15.22 Python/3.11.7']) {
        const headers = {
          'user-agent': agent,
          'accept-encoding': 'identity',
          'amz-sdk-invocation-id': crypto.randomUUID(),
          'amz-sdk-request': 'attempt=1',
        };
        const answer = await door('InitiateAuth', withPassword(account), { headers });
        mustSignIn(answer);
        const type = answer.header('content-type') ?? 'none';
        must(
          /^application\/x-amz-json-1\.1/.test(type),
          answer,
          'Content-Type application/x-amz-json-1.1',
          type,
        );
      }
    },
  },
  {
    number: 4,
    title: 'A wrong password is a NotAuthorizedException, in body and header',
    async check({ door, account }) {
      const wrong = { ...account, password: `not ${account.password}` };
      const answer = await door('InitiateAuth', withPassword(wrong), {
        says: 'InitiateAuth, wrong password',
      });
      mustFault(answer, 'NotAuthorizedException');
      const header = answer.header('x-amzn-errortype') ?? '';
      const right = exceptionName(header) === 'NotAuthorizedException';
      must(right, answer, 'the header x-amzn-errortype: NotAuthorizedException', described(header));
    },
  },
  {
    number: 5,
    title: 'An unknown client id is a ResourceNotFoundException',
    async check({ door, account }) {
      const unknown = { ...account, clientId: 'nobody0000000000000000000' };
      const says = 'InitiateAuth, unknown client id';
      mustFault(await door('InitiateAuth', withPassword(unknown), { says }), 'ResourceNotFoundException');
    },
  },
  {
    number: 6,
    title: 'Unknown operations and bodies that are no JSON are refused in JSON',
    async check({ door }) {
      mustFault(await door('MakeCoffee', {}));
      const form = 'AuthFlow=USER_PASSWORD_AUTH&ClientId=x';
      mustFault(await door('InitiateAuth', form, { says: 'InitiateAuth, a form instead of JSON' }));
      mustFault(await door('InitiateAuth', '', { says: 'InitiateAuth, no body' }));
    },
  },
  {
    number: 7,
    title: 'Sign-in by SRP, as browser libraries do it, gives an IdToken that opens',
    async check(world) {
      const { IdToken } = await signInBySrp(world.door, world.account, await world.poolName());
      await mustOpen(world, IdToken);
    },
  },
  {
    number: 8,
    title: 'A refresh token gives new tokens that open',
    async check(world) {
      const { RefreshToken } = await world.tokens();
      if (RefreshToken === '')
        throw new Undecided('sign-in gave no RefreshToken: see case 1', { blocked: true });
      const says = 'InitiateAuth, REFRESH_TOKEN_AUTH';
      const answer = await world.door('InitiateAuth', withRefreshToken(world.account, RefreshToken), {
        says,
      });
      await mustOpen(world, mustSignIn(answer, { refreshed: true }).IdToken);
    },
  },
  {
    number: 9,
    title: 'Tokens are JWTs of safe letters that last 3,600 seconds',
    async check({ door, account }) {
      const answer = await door('InitiateAuth', withPassword(account));
      const tokens = mustSignIn(answer);
      for (const [name, use] of [
        ['IdToken', 'id'],
        ['AccessToken', 'access'],
      ] as const) {
        const { iat, exp, token_use } = claimsOf(tokens[name]) ?? {};
        const times = typeof iat === 'number' && typeof exp === 'number';
        must(times, answer, `${name} of three parts with iat and exp`, described(claimsOf(tokens[name])));
        must(exp - iat >= 3600, answer, `${name} that lasts 3600 s or longer`, `${exp - iat} s`);
        must(token_use === use, answer, `token_use ${use} in ${name}`, described(token_use));
      }
      for (const name of ['IdToken', 'AccessToken', 'RefreshToken'] as const)
        must(ALPHABET.test(tokens[name]), answer, `${name} in ${ALPHABET}`, 'other letters');
    },
  },
  {
    number: 10,
    title: 'Authorization: Bearer with the IdToken opens',
    check: async (world) => mustOpen(world, (await world.tokens()).IdToken),
  },
  {
    number: 11,
    title: 'Authorization: Bearer with the AccessToken opens',
    check: async (world) => mustOpen(world, (await world.tokens()).AccessToken),
  },
  {
    number: 12,
    title: 'No, malformed, outdated and foreign tokens get 401 on every data path',
    async check(world) {
      const { IdToken, RefreshToken } = await world.tokens();
      for (const [what, authorization] of badAuthorizations(IdToken, RefreshToken))
        for (const path of authorization === null ? DATA_PATHS : DATA_PATHS.slice(0, 1)) {
          const answer = await world.bare(path, authorization === null ? {} : { authorization });
          mustRefuse({ ...answer, request: `GET ${world.base}${path} with ${what}` }, 401);
        }
    },
  },
  {
    number: 13,
    title: 'Twenty sign-ins in a row all succeed',
    async check({ door, account }) {
      for (let i = 1; i <= 20; i++) {
        const answer = await door('InitiateAuth', withPassword(account), { says: `sign-in ${i} of 20` });
        must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
      }
    },
  },
];

async function mustOpen({ bare }: World, token: string): Promise<void> {
  if (token === '') throw new Undecided('sign-in gave no such token: see case 1', { blocked: true });
  const answer = await bare('/athletes', { authorization: `Bearer ${token}` });
  must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
}
