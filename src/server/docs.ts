import { builtFolder } from './built.ts';
import type { PublicHandler } from './call.ts';
import { staticFiles } from './staticFiles.ts';

/** The documentation that `npm run docs` builds. Everything is served from here; pages hold no script and no style of their own. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const files = staticFiles(builtFolder('docs'), { 'content-security-policy': POLICY });

/** `/docs` and `/docs/` are the same page, but links lead to `/docs/…` from either only if the first says so. */
export const entry: PublicHandler = async (_deps, call) =>
  files(/\/(\?|$)/.test(call.target) ? 'index.html' : 'entry.html', call);

export const file: PublicHandler = async (_deps, call) => files(call.path, call);
