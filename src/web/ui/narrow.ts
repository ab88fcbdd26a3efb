/** Tables on a phone: what has a column of its own elsewhere stands in another cell there, so that nothing is out of sight. */

/** A cell of a column that a phone has no room for; paper has. */
export const WIDE = 'hidden sm:table-cell print:table-cell';

/** What stands for it on a phone. */
export const NARROW = 'sm:hidden print:hidden';
