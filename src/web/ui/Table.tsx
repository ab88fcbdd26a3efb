import type { ReactNode } from 'react';

/** A plain table that can be pushed sideways on a narrow screen. `columns` are its headings, of which an empty one stands above buttons. */
export const Table = ({
  caption,
  columns,
  children,
}: {
  caption: string;
  columns: readonly string[];
  children: ReactNode;
}) => (
  <section
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
    tabIndex={0}
    aria-label={caption}
    className="overflow-x-auto rounded-xl border border-line bg-panel"
  >
    <table className="w-full text-start">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-sm text-soft">
          {columns.map((column, index) =>
            column === '' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are told apart by their place
              <td key={index} />
            ) : (
              <th
                key={column}
                scope="col"
                className="text-start px-3 py-2 font-medium whitespace-nowrap print:whitespace-normal"
              >
                {column}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">{children}</tbody>
    </table>
  </section>
);

export const Cell = ({ children, wide = false }: { children?: ReactNode; wide?: boolean }) => (
  <td
    className={`px-3 py-2 align-middle ${wide ? 'w-full min-w-44 wrap-anywhere' : 'whitespace-nowrap print:whitespace-normal'}`}
  >
    {children}
  </td>
);
