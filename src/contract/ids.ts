/**
 * An id that a client chooses: a UUID of its own, or the id that a record had on another server. Opaque, but good for a path,
 * for a list with commas and for a terminal: no control characters, slashes, backslashes or commas, no blanks at its ends, and
 * not `.` or `..`, which paths take away, nor the word for no assessment.
 */
export const OWN_ID = (() => {
  const never = ',/\\\\\\u0000-\\u001f\\u007f-\\u009f';
  return `^(?!\\.{1,2}$)(?!singleExercise$)[^\\s${never}](?:[^${never}]*[^\\s${never}])?$`;
})();

/** Characters. */
export const LONGEST_ID = 128;

/** Of session ids, which are part of the keys of objects, and of s3Keys, which stand in an index. */
export const LONGEST_SESSION_ID_BYTES = 128;
export const LONGEST_KEY_BYTES = 1024;

const PATTERN = new RegExp(OWN_ID, 'u');

export const isOwnId = (text: string): boolean => text.length <= LONGEST_ID && PATTERN.test(text);
