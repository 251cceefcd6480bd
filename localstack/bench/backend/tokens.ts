const token = /\s*(?:([#:]?[A-Za-z_0-9.]+)|(<>|<=|>=|[=<>(),+-]))/y;

const tokensOf = (text: string): readonly string[] => {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const from = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw new Error(`Expected an expression of DynamoDB, got ${JSON.stringify(text.slice(from))}.`);
    tokens.push((found[1] ?? found[2])!);
  }
  return tokens;
};

/** Goes through an expression from left to right. */
export interface Cursor {
  readonly peek: () => string | undefined;
  readonly next: () => string;
  /** Takes it if it comes next. Keywords in any case. */
  readonly takes: (expected: string) => boolean;
  readonly expects: (expected: string) => void;
  readonly isAtEnd: () => boolean;
}

export const cursorOver = (text: string): Cursor => {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): string | undefined => tokens[at];
  const takes = (expected: string): boolean => {
    if (peek()?.toUpperCase() !== expected.toUpperCase()) return false;
    at += 1;
    return true;
  };
  return {
    peek,
    takes,
    next: () => {
      const found = tokens[at];
      if (found === undefined) throw new Error(`Expected more of the expression ${JSON.stringify(text)}.`);
      at += 1;
      return found;
    },
    expects: (expected) => {
      if (!takes(expected)) throw new Error(`Expected "${expected}" in ${JSON.stringify(text)}, got "${peek() ?? 'its end'}".`);
    },
    isAtEnd: () => at === tokens.length,
  };
};

/** What it makes of a text, made once: a program has few texts, and each comes in every request. */
export const onceForEach = <T>(make: (text: string) => T): ((text: string) => T) => {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const fresh = make(text);
    made.set(text, fresh);
    return fresh;
  };
};
