import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newSecret, signedHeaders } from '../../../src/server/webhooks/signature.ts';
import { hasPython } from '../../setup/pages.ts';

/** The example of the specification's own libraries. */
const EXAMPLE = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  now_us: 1_614_265_330e6,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

const headersOf = (
  { secret, id, body, now_us } = EXAMPLE,
  oldSecret: { secret: string; until_us: number } | null = null,
) => signedHeaders({ secret, oldSecret }, id, body, now_us);

test("the specification's example has the specification's signature", () => {
  expect(headersOf()).toEqual({
    'webhook-id': EXAMPLE.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': EXAMPLE.signature,
  });
});

test('a secret is 32 random bytes in base64, as the specification writes it', () => {
  const secrets = Array.from({ length: 50 }, newSecret);
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
  }
  expect(new Set(secrets).size).toBe(50);
});

test('while an old secret is good there are two signatures, the new one first', () => {
  const old = { secret: EXAMPLE.secret, until_us: EXAMPLE.now_us + 1 };
  const fresh = { ...EXAMPLE, secret: newSecret() };
  const expected = createHmac('sha256', Buffer.from(fresh.secret.slice('whsec_'.length), 'base64'))
    .update(`${fresh.id}.1614265330.${fresh.body}`)
    .digest('base64');
  expect(headersOf(fresh, old)['webhook-signature']).toBe(`v1,${expected} ${EXAMPLE.signature}`);
  expect(headersOf(fresh, { ...old, until_us: EXAMPLE.now_us })['webhook-signature']).toBe(`v1,${expected}`);
});

describe.skipIf(!hasPython('hmac'))('computed in Python', () => {
  test.each([newSecret(), newSecret()])('with %s it is the same', (secret) => {
    const body = JSON.stringify({ name: 'Müller "運動" \\ \u2028' });
    const { 'webhook-timestamp': time, 'webhook-signature': signature } = headersOf({
      ...EXAMPLE,
      secret,
      body,
    });
    const program = `import base64, hashlib, hmac, sys
key = base64.b64decode(sys.argv[1][len('whsec_'):])
print('v1,' + base64.b64encode(hmac.new(key, sys.argv[2].encode(), hashlib.sha256).digest()).decode())`;
    const content = `${EXAMPLE.id}.${time}.${body}`;
    expect(execFileSync('python3', ['-c', program, secret, content], { encoding: 'utf8' }).trim()).toBe(
      signature,
    );
  });
});
