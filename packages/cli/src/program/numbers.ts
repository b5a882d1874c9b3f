import { InvalidArgumentError } from 'commander';

/** A whole number of at least 1. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Give a whole number of at least 1.');
  return value;
}

/** A number greater than 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('Give a number greater than 0.');
  return value;
}

/** Any number; the command says what range it takes. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Give a number.');
  return value;
}

/** `low` to `high` numbers with commas between. */
export function numbers(text: string, low: number, high: number, form: string): number[] {
  const values = text.split(',').map(Number);
  if (text.trim() === '' || values.length < low || values.length > high || !values.every(Number.isFinite)) {
    throw new InvalidArgumentError(`Give ${form}.`);
  }
  return values;
}
