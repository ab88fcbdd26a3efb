/** What is said of a score; `mixed`: of several. */
export type Step = 'good' | 'near' | 'mixed' | 'poor';

/**
 * What a score from 0 to 100 says: in range where everything is, out of range where nothing is or near it. A mean of
 * several scores (`of`) between the two says no more than that not all are in range.
 */
export const stepOf = (score: number, of = 1): Step =>
  score >= 100 ? 'good' : score <= 0 ? 'poor' : of === 1 ? 'near' : 'mixed';

/** Without decimals. 100 and 0 stay what they say: everything is in range, nothing is. */
export const wholeScore = (score: number): number =>
  score <= 0 || score >= 100 ? Math.round(score) : Math.min(99, Math.max(1, Math.round(score)));
