import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/**
 * Which addresses a webhook may lead to. The server stands inside a network that whoever sets up a webhook need not reach:
 * what is special-purpose there (the IANA registries of RFC 6890) is refused, also where an IPv6 address stands for such an
 * IPv4 one (mapped, RFC 4291 §2.5.5.2; translated, RFC 6052; 6to4, RFC 3056).
 */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

const SPECIAL_IPV6 = [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

const special = new BlockList();
for (const [network, bits] of SPECIAL_IPV4) {
  special.addSubnet(network, bits, 'ipv4');
  const [a, b, c, d] = network.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  special.addSubnet(`::ffff:${a}${b}:${c}${d}`, 96 + bits, 'ipv6');
  special.addSubnet(`64:ff9b::${a}${b}:${c}${d}`, 96 + bits, 'ipv6');
  special.addSubnet(`2002:${a}${b}:${c}${d}::`, 16 + bits, 'ipv6');
}
for (const [network, bits] of SPECIAL_IPV6) special.addSubnet(network, bits, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !special.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** Of the connection, so that what was found public is what is connected to, whatever a name leads to a moment later. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

type Found = (error: NodeJS.ErrnoException | null, found: string | LookupAddress[], family?: number) => void;

/** In place of `dns.lookup`: addresses that are not public are not found. */
export function lookupPublic(host: string, options: LookupOptions, found: Found): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return found(error, []);
    const open = addresses.filter(({ address }) => isPublicAddress(address));
    if (open.length === 0) return found(new PrivateAddressError(notPublic(host, addresses[0]?.address)), []);
    if (options.all) found(null, open);
    else found(null, open[0]!.address, open[0]!.family);
  });
}

export const notPublic = (host: string, address?: string): string =>
  `${host}${address === undefined || address === host ? '' : ` leads to ${address}, which`} is not a public address`;
