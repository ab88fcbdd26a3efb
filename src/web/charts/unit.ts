/** Units of the contract as they are written beside numbers. */
export const unitText = (unit: string): string => unit.replace(/^deg/, '°').replace('^2', '²');

/** With one decimal, as far as motion capture can tell. */
export const oneDecimal = (value: number): string => {
  const text = value.toFixed(1);
  return (text === '-0.0' ? '0.0' : text).replace('-', '−');
};

/** A difference, with its sign. */
export const signed = (value: number): string => {
  const text = oneDecimal(value);
  return text === '0.0' || text.startsWith('−') ? text : `+${text}`;
};
