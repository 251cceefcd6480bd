import type { Json } from '../../src/core/json';

/*
 * JSON text that no serialiser writes: a key twice, a number of a thousand digits, half of a surrogate pair. The value holds a
 * mark where the rough text goes; the mark is replaced when it is written. A mark may also stand for a key.
 */

export interface RoughJson {
  /** A text to put into the value, as a member or as a key. */
  readonly mark: (rawText: string) => string;
  readonly write: (value: Json) => string;
}

export const roughJson = (): RoughJson => {
  const raw: string[] = [];
  return {
    mark: (rawText) => `@raw ${raw.push(rawText) - 1}@`,
    write: (value) => JSON.stringify(value).replaceAll(/"@raw (\d+)@"/g, (_, at: string) => raw[Number(at)] ?? 'null'),
  };
};
