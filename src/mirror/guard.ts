/** So few are removed without a question, however large their share. */
export const FEW = 10;

/** More than half of what there is: rather a fault of the server than the work of a day. */
export const tooMany = (gone: number, all: number): boolean => gone > FEW && gone > all / 2;
