import { InvalidArgumentError } from 'commander';

/** A whole number within bounds, as an option's value. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return value;
  };

/** A share in percent, as a part of 1. */
export const percentOf = (text: string): number => {
  const value = /^\d{1,3}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError('Expected a share in percent from 0 to 100.');
  return value / 100;
};
