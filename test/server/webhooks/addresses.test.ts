import type { LookupAddress } from 'node:dns';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isPublicAddress,
  lookupPublic,
  PrivateAddressError,
} from '../../../src/server/webhooks/addresses.ts';
import { readTarget } from '../../../src/server/webhooks/target.ts';

describe('an address inside the network is not public', () => {
  test.each([
    '0.0.0.0',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.0.3',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'fc00::1',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.1.2.3',
    '64:ff9b::10.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '2002:7f00:1::1',
    '2002:c0a8:0101::',
    'localhost',
    '',
    '1',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('an address outside is', () => {
  test.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '128.0.0.1',
    '169.253.0.1',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:4001:80b::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:808:808::1',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(true));
});

test('an IPv6 address that stands for an IPv4 one is as public as that', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a, b, c, d] = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
      const found = isPublicAddress(address);
      expect(isPublicAddress(`::ffff:${address}`)).toBe(found);
      expect(isPublicAddress(`64:ff9b::${a}${b}:${c}${d}`)).toBe(found);
      expect(isPublicAddress(`2002:${a}${b}:${c}${d}::1`)).toBe(found);
    }),
  );
});

describe('a name that leads inside', () => {
  const look = (host: string, options: object): Promise<string | LookupAddress[]> =>
    new Promise((resolve, reject) =>
      lookupPublic(host, options, (error, found) => (error === null ? resolve(found) : reject(error))),
    );
  test.each([{}, { all: true }, { family: 4 }])('is not found, asked with %j', async (options) => {
    await expect(look('localhost', options)).rejects.toThrow(PrivateAddressError);
    await expect(look('localhost', options)).rejects.toThrow(
      /^localhost leads to \S+, which is not a public address$/,
    );
  });
  test('while one that leads out is, in the form asked for', async () => {
    expect(await look('9.9.9.9', {})).toBe('9.9.9.9');
    expect(await look('9.9.9.9', { all: true })).toEqual([{ address: '9.9.9.9', family: 4 }]);
  });
});

describe('a URL', () => {
  const refused = (text: string, allowed = false) => {
    let message = '';
    try {
      readTarget(text, allowed);
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid_parameter' });
      message = (error as Error).message;
    }
    return message;
  };
  test.each([
    ['motion.example', 'must be a URL'],
    ['ftp://motion.example/', 'must begin with https:// or http://, not ftp:'],
    ['file:///etc/passwd', 'not file:'],
    ['https://ann@motion.example/', 'must not carry a user'],
    ['https://ann:secret@motion.example/', 'must not carry a user'],
    ['https://motion.example/#here', 'behind #'],
    ['http://127.0.0.1/', "leads into the server's own network: 127.0.0.1 is not a public address"],
    ['http://2130706433/', '127.0.0.1 is not a public address'],
    ['http://0x7f.1/', '127.0.0.1 is not'],
    ['http://[::1]:8080/', '::1 is not'],
    ['http://[::ffff:10.0.0.1]/', 'is not a public address'],
    ['http://localhost:9000/', 'localhost is not'],
    ['http://api.LOCALHOST./', 'is not a public address'],
    ['http://169.254.169.254/latest/meta-data', 'KINEBASE_WEBHOOK_PRIVATE=allow'],
  ])('%s is refused', (text, why) => expect(refused(text)).toContain(why));

  test.each(['https://motion.example/hook?key=1', 'http://9.9.9.9:8080/', 'http://[2606:4700::1111]/'])(
    '%s is taken',
    (text) => expect(refused(text)).toBe(''),
  );

  test('into the own network is taken where the operator allows it', () => {
    for (const text of ['http://127.0.0.1:1/', 'http://localhost/', 'http://[::1]/'])
      expect(refused(text, true)).toBe('');
    expect(refused('ftp://127.0.0.1/', true)).not.toBe('');
  });
});
