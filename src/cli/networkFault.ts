import type { KinebaseError } from '../sdk/errors.ts';

/** Why a server did not answer, for whoever typed its address; null where the client's own sentence is the best there is. */
export function networkFault(error: KinebaseError): string | null {
  const address = /^(?:Cannot reach|The connection to) (https?:\/\/\S+?):? /.exec(error.message)?.[1];
  if (error.code !== 'network' || address === undefined) return null;
  const { host, hostname } = new URL(address);
  const causes = causesOf(error);
  const why = (pattern: RegExp) =>
    causes.some(({ code = '', message }) => pattern.test(code) || pattern.test(message));
  const unreached = `Cannot reach ${address}`;
  if (address.startsWith('https:') && why(/wrong.version.number|packet length too long/i))
    return `${unreached}: no https is spoken there; is it http://${host}?`;
  if (why(/^HPE_/))
    return `${unreached}: what answers there speaks no http${address.startsWith('http:') ? `; is it https://${host}, or another port?` : ''}`;
  // Whoever waits for https ends a connection that begins otherwise, without a word.
  if (
    address.startsWith('http:') &&
    causes[0]?.message === 'fetch failed' &&
    why(/^UND_ERR_SOCKET$|ECONNRESET/)
  )
    return `${address} closed the connection without an answer: it was stopped just then, or it is https://${host}`;
  if (why(/^ENOTFOUND$/)) return `${unreached}: there is no host of the name ${hostname}`;
  if (why(/^EAI_AGAIN$/))
    return `${unreached}: the name ${hostname} could not be looked up; is this machine online?`;
  if (why(/^ECONNREFUSED$/))
    return `${unreached}: nothing listens there; is the server started, and the port right?`;
  if (why(/^(EHOSTUNREACH|ENETUNREACH)$/)) return `${unreached}: no network leads there from this machine`;
  if (why(/TIMEDOUT$|^UND_ERR_CONNECT_TIMEOUT$/))
    return `${unreached}: nothing answers there; is the address right, and no firewall between?`;
  if (why(/^bad port$/)) return `${unreached}: programs may not ask for pages at that port; choose another`;
  if (why(/^CERT_HAS_EXPIRED$/)) return `${unreached}: its certificate has expired`;
  if (why(/^ERR_TLS_CERT_ALTNAME_INVALID$/))
    return `${unreached}: its certificate is for other names than ${hostname}`;
  if (why(/SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)/))
    return `${unreached}: nobody whom this machine trusts has signed its certificate; NODE_EXTRA_CA_CERTS=FILE names whom to trust as well`;
  return null;
}

interface Cause {
  message: string;
  code?: string;
}

/** What lies behind the error; of several addresses that were tried, the first. */
function causesOf({ cause }: Error): Cause[] {
  if (!(cause instanceof Error)) return [];
  const [first] = cause instanceof AggregateError ? cause.errors : [];
  return [cause, ...causesOf(cause), ...(first instanceof Error ? [first, ...causesOf(first)] : [])];
}
