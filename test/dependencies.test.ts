import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

/** What the manifest promises of Node holds for everything that is installed with the server. */
const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const manifest = read('package.json');
const semver = createRequire(createRequire(import.meta.url).resolve('fastify'))('semver');

test('every package beneath the server admits each Node that the manifest names', () => {
  const { packages } = read('package-lock.json') as {
    packages: Record<string, { dev?: true; engines?: { node?: string } }>;
  };
  const refusing = Object.entries(packages).filter(
    ([path, { dev, engines }]) =>
      path !== '' &&
      !dev &&
      engines?.node !== undefined &&
      !semver.subset(manifest.engines.node, engines.node),
  );
  expect(refusing.map(([path, { engines }]) => `${path} ${engines!.node}`)).toEqual([]);
});

// `overrides` holds in this repository alone: whoever installs the package would have other versions than these tests.
test('versions are held by dependencies, which reach whoever installs the package', () => {
  expect(manifest.overrides).toBeUndefined();
});
