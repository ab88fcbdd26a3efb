/** `attachment; filename*=UTF-8''squats%20left.mot` (RFC 6266). A browser shows it only where CORS exposes it. */
export function fileNameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return encoded === undefined ? null : decodeURIComponent(encoded);
}
