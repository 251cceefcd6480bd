/*
 * Every number, name, address, attribute value, note, transcript and secret in generated traffic is a canary: a token found
 * nowhere else in the world, so that finding it in an output proves a leak and tells whose.
 *
 * Tokens are letters and digits only, of one length per prefix: plain and URL-encoded text read alike, and a search looks for
 * the prefix alone, then looks the whole token up. Ten megabytes and thousands of canaries cost one pass per prefix.
 */

export type CanaryKind = 'number' | 'name' | 'email' | 'attribute' | 'note' | 'subject' | 'transcript' | 'contact' | 'secret';

export interface Canary {
  readonly token: string;
  readonly kind: CanaryKind;
  /** Whose it is; null for those of no conversation. */
  readonly conversationId: string | null;
}

const wordPrefix = 'cnry';
const wordLength = 16;
/** 555-01 numbers belong to nobody; fifteen digits are the most that E.164 allows. */
const numberPrefix = '155501';
const numberLength = 15;

export type Mint = (kind: CanaryKind, conversationId: string | null) => string;

/** Tokens count up within a scope (a whole number below 2^31), so scopes never share one. */
export const canaryMint = (scope: number, minted: Canary[]): Mint => {
  let next = 0;
  return (kind, conversationId) => {
    const serial = next++;
    if (serial > 99) throw new Error(`Expected at most 100 canaries in one scope, scope ${scope} asked for more`);
    const token =
      kind === 'number'
        ? numberPrefix + String(scope).padStart(7, '0') + String(serial).padStart(2, '0')
        : wordPrefix + kind[0]! + scope.toString(36).padStart(8, '0') + serial.toString(36).padStart(3, '0');
    minted.push({ token, kind, conversationId });
    return token;
  };
};

interface Pattern {
  readonly text: string;
  readonly read: (text: string, at: number) => string;
}

const latin = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

/** The part of a base64 text that a prefix fixes when `offset` bytes of its first group belong to something else. */
const base64Pattern = (prefix: string, length: number, offset: 0 | 1 | 2): Pattern => {
  const lead = [0, 2, 3][offset]!;
  const whole = latin('\0'.repeat(offset) + prefix);
  const fixed = whole.slice(lead, Math.floor(((offset + prefix.length) * 8) / 6));
  const carriers = Math.ceil(((offset + length) * 8) / 6);
  const read = (text: string, at: number): string => {
    const run = text
      .slice(Math.max(at - lead, 0), Math.max(at - lead, 0) + carriers)
      .replaceAll('-', '+')
      .replaceAll('_', '/');
    return Buffer.from(run, 'base64')
      .toString('latin1')
      .slice(offset, offset + length);
  };
  return { text: fixed, read };
};

const percentPattern = (prefix: string, length: number, upper: boolean): Pattern => ({
  text: upper ? encodeAll(prefix).toUpperCase() : encodeAll(prefix),
  read: (text, at) =>
    text.slice(at, at + 3 * length).replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
});

const encodeAll = (text: string): string => text.replace(/./g, (character) => `%${character.charCodeAt(0).toString(16)}`);

const patternsFor = (prefix: string, length: number): readonly Pattern[] => [
  { text: prefix, read: (text, at) => text.slice(at, at + length) },
  ...([0, 1, 2] as const).map((offset) => base64Pattern(prefix, length, offset)),
  percentPattern(prefix, length, false),
  percentPattern(prefix, length, true),
];

const patterns = [...patternsFor(wordPrefix, wordLength), ...patternsFor(numberPrefix, numberLength)];

const isToken = (text: string): boolean => /^(cnry[a-z][0-9a-z]{11}|155501\d{9})$/.test(text);

/** Every text in the shape of a canary, whoever minted it: plain, in base64 at any alignment, or URL-encoded; each once. */
export const findTokens = (text: string): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const pattern of patterns) {
    for (let at = text.indexOf(pattern.text); at !== -1; at = text.indexOf(pattern.text, at + 1)) {
      const token = pattern.read(text, at);
      if (isToken(token)) found.add(token);
    }
  }
  return found;
};

/** Which canaries occur in a text, in any of those ways; each once. */
export const findCanaries = (text: string, canaries: readonly Canary[]): readonly Canary[] => {
  const tokens = findTokens(text);
  return canaries.filter(({ token }) => tokens.has(token));
};
