import { builtFolder } from './built.ts';
import type { PublicHandler } from './call.ts';
import { staticFiles } from './staticFiles.ts';

/**
 * The web app: one page, whatever the view, and the files that it loads. Its policy lets it load from this server alone and
 * run no script or style that is written into the page (CSP Level 3); `blob:` is what a download is made of.
 */
const files = staticFiles(builtFolder('web'), {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
});

export const home: PublicHandler = (_deps, call) => files('index.html', call);
/** Which view an address means is for the app to say, also where it means none. */
export const view: PublicHandler = home;
export const file: PublicHandler = (_deps, call) => files(`assets/${call.path}`, call);
