import { utf8Bytes } from './limits';

/* What was said, cut into texts that a service takes. */

export interface TextLimits {
  /** Most texts. */
  readonly texts: number;
  /** Most bytes of one text, in UTF-8. At least 4, so that every character fits. */
  readonly bytes: number;
}

/** Amazon Comprehend's BatchDetectSentiment: 25 documents of at most 5,000 bytes. */
export const sentimentLimits: TextLimits = { texts: 25, bytes: 5_000 };

export interface CutTexts {
  readonly texts: readonly string[];
  /** The end of what was said is missing. */
  readonly truncated: boolean;
}

const cutWord = (word: string, bytes: number): readonly string[] => {
  const pieces: string[] = [];
  let piece = '';
  let size = 0;
  // By code points, so that no character is torn.
  for (const character of word) {
    const added = utf8Bytes(character);
    if (size + added > bytes) {
      pieces.push(piece);
      piece = '';
      size = 0;
    }
    piece += character;
    size += added;
  }
  return [...pieces, piece];
};

/** As few texts as hold the parts in their order, where each part fits into one. */
const pack = (parts: readonly string[], bytes: number): readonly string[] => {
  const texts: string[] = [];
  let size = 0;
  for (const part of parts) {
    const added = utf8Bytes(part);
    const last = texts.at(-1);
    if (last !== undefined && size + 1 + added <= bytes) {
      texts[texts.length - 1] = `${last} ${part}`;
      size += 1 + added;
    } else {
      texts.push(part);
      size = added;
    }
  }
  return texts;
};

const wordsOf = (phrase: string): readonly string[] => phrase.split(/\s+/).filter((word) => word !== '');

/** A phrase stays whole if it fits; else it is cut between words, and a word that is too long between characters. */
const partsOf = (phrase: string, bytes: number): readonly string[] => {
  const words = wordsOf(phrase);
  const whole = words.join(' ');
  if (utf8Bytes(whole) <= bytes) return whole === '' ? [] : [whole];
  return pack(
    words.flatMap((word) => (utf8Bytes(word) <= bytes ? [word] : cutWord(word, bytes))),
    bytes,
  );
};

/** Phrases, in the order in which they were said, cut at their ends. No text is empty; what comes after the last is left out. */
export const cutIntoTexts = (phrases: readonly string[], limits: TextLimits): CutTexts => {
  const texts = pack(
    phrases.flatMap((phrase) => partsOf(phrase, limits.bytes)),
    limits.bytes,
  );
  return { texts: texts.slice(0, limits.texts), truncated: texts.length > limits.texts };
};
