import { TOKEN_HEADER } from '../contract/page.ts';
import { ANGLE_UNIT_HEADER } from '../contract/series.ts';

/** Any page may ask: nothing is granted by where a request comes from, everything by its token. */
export const CORS = {
  origin: '*',
  methods: ['GET', 'POST', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'Authorization',
    TOKEN_HEADER,
    'Content-Type',
    'X-Amz-Target',
    'X-Amz-User-Agent',
    'Cache-Control',
    'If-None-Match',
    'Prefer',
  ],
  exposedHeaders: [
    'x-amzn-errortype',
    TOKEN_HEADER,
    'x-request-id',
    'retry-after',
    'preference-applied',
    'content-disposition',
    'x-content-sha256',
    'accept-ranges',
    'content-range',
    'etag',
    ANGLE_UNIT_HEADER,
  ],
  maxAge: 86_400,
  strictPreflight: false,
};
