import fc from 'fast-check';
import { utf8Bytes } from '../../src/core/limits';
import { cutIntoTexts, sentimentLimits } from '../../src/core/transcript-texts';

const phrases = fc.array(fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 60 })), {
  maxLength: 60,
});
const limits = fc.record({ texts: fc.integer({ min: 1, max: 25 }), bytes: fc.integer({ min: 4, max: 200 }) });
/** Letters alone: white space is ours to change. */
const letters = (texts: readonly string[]): string => texts.join('').replace(/\s+/g, '');
const asOne = (phrase: string): string => phrase.trim().replace(/\s+/g, ' ');

test('no text is empty or over the limit, and there are never too many', () => {
  fc.assert(
    fc.property(phrases, limits, (said, most) => {
      const { texts } = cutIntoTexts(said, most);
      expect(texts.length).toBeLessThanOrEqual(most.texts);
      for (const text of texts) {
        expect(text.trim()).not.toBe('');
        expect(utf8Bytes(text)).toBeLessThanOrEqual(most.bytes);
      }
    }),
  );
});

test('nothing is lost but the end, and that is said', () => {
  fc.assert(
    fc.property(phrases, limits, (said, most) => {
      const { texts, truncated } = cutIntoTexts(said, most);
      const all = letters(said);
      expect(all.startsWith(letters(texts))).toBe(true);
      expect(letters(texts) === all).toBe(!truncated);
    }),
  );
});

test('a phrase that fits stays whole', () => {
  fc.assert(
    fc.property(phrases, limits, (said, most) => {
      const { texts, truncated } = cutIntoTexts(said, most);
      fc.pre(!truncated);
      for (const phrase of said.map(asOne))
        if (phrase !== '' && utf8Bytes(phrase) <= most.bytes) expect(texts.some((text) => text.includes(phrase))).toBe(true);
    }),
  );
});

test('no character is torn', () => {
  const { texts } = cutIntoTexts(['😀'.repeat(5_000)], sentimentLimits);
  expect(texts.map((text) => utf8Bytes(text))).toEqual([5_000, 5_000, 5_000, 5_000]);
  expect(texts.join('')).toBe('😀'.repeat(5_000));
});

test('a long call becomes 25 texts, and it is said that more was spoken', () => {
  const phrase = 'I have been waiting for my parcel since the third of March. ';
  const { texts, truncated } = cutIntoTexts(Array<string>(4_000).fill(phrase), sentimentLimits);
  expect(texts).toHaveLength(25);
  expect(truncated).toBe(true);
  expect(cutIntoTexts([], sentimentLimits)).toEqual({ texts: [], truncated: false });
});
