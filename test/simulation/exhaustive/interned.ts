/** Things by number: equal texts, one number. What was seen first stands for all that are equal. */
export const interned = <T>(textOf: (one: T) => string) => {
  const numbers = new Map<string, number>();
  const things: T[] = [];
  return {
    numberOf: (one: T): number => {
      const text = textOf(one);
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, things.length);
      return things.push(one) - 1;
    },
    at: (number: number): T => things[number]!,
    count: () => things.length,
  };
};

export type Interned<T> = ReturnType<typeof interned<T>>;
