/**
 * Tables of the contract as a browser needs them: how endpoints are asked and what codes there are. What they mean stands in
 * the docs. Per module below `contract`: each table, and what is kept of an entry.
 */
const KEPT = {
  endpoints: { ENDPOINTS: ({ method, path, access, form }) => ({ method, path, access, form }) },
  errors: { ERRORS: ({ status }) => ({ status }), SIGN_IN_ERRORS: (status) => status },
};

export const WORDLESS = Object.keys(KEPT);

/** The module anew. Throws where it exports anything else, which would be lost. */
export function wordless(name, module) {
  const tables = KEPT[name];
  const others = Object.keys(module).filter((each) => !(each in tables));
  if (others.length > 0) throw new Error(`contract/${name} has more than tables now: ${others.join(', ')}`);
  return Object.entries(tables)
    .map(([table, keep]) => {
      const entries = Object.entries(module[table]).map(([key, entry]) => [key, keep(entry)]);
      return `export const ${table} = ${JSON.stringify(Object.fromEntries(entries))};\n`;
    })
    .join('');
}
