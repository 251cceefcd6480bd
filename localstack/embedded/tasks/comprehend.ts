import { task, TaskFailure, type Task } from './task';

/*
 * Amazon Comprehend's BatchDetectSentiment, with a mind of its own that finds the same in the same text:
 * https://docs.aws.amazon.com/comprehend/latest/APIReference/API_BatchDetectSentiment.html
 */

interface SentimentParameters {
  readonly LanguageCode: string;
  readonly TextList: readonly string[];
}

const schema = {
  type: 'object',
  required: ['LanguageCode', 'TextList'],
  additionalProperties: false,
  properties: {
    LanguageCode: { type: 'string' },
    TextList: { type: 'array', items: { type: 'string', minLength: 1 } },
  },
};

const languages = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'pt', 'zh', 'zh-TW'];
const mostTexts = 25;
const mostBytes = 5_000;

const count = (text: string, words: RegExp): number => text.match(words)?.length ?? 0;

const sentimentOf = (text: string): { readonly Sentiment: string; readonly SentimentScore: object } => {
  const Positive = count(text, /\b(thanks?|great|perfect|good|happy|danke|super|merci|gracias)\b/gi);
  const Negative = count(text, /\b(angry|broken|never|bad|wrong|complain\w*|schlecht|kaputt)\b/gi);
  const Neutral = Positive + Negative === 0 ? 1 : 0;
  const total = Positive + Negative + Neutral;
  const Sentiment = Neutral ? 'NEUTRAL' : Positive === Negative ? 'MIXED' : Positive > Negative ? 'POSITIVE' : 'NEGATIVE';
  return {
    Sentiment,
    SentimentScore: { Positive: Positive / total, Negative: Negative / total, Neutral: Neutral / total, Mixed: 0 },
  };
};

const detect = ({ LanguageCode, TextList }: SentimentParameters): object => {
  if (!languages.includes(LanguageCode))
    throw new TaskFailure('Comprehend.UnsupportedLanguageException', `Expected one of ${languages.join(', ')}.`);
  if (TextList.length > mostTexts)
    throw new TaskFailure('Comprehend.BatchSizeLimitExceededException', `Expected at most ${mostTexts} texts.`);
  const isTooLong = (text: string): boolean => Buffer.byteLength(text) > mostBytes;
  const indexed = TextList.map((text, Index) => ({ Index, text }));
  return {
    ResultList: indexed.filter(({ text }) => !isTooLong(text)).map(({ Index, text }) => ({ Index, ...sentimentOf(text) })),
    ErrorList: indexed
      .filter(({ text }) => isTooLong(text))
      .map(({ Index }) => ({ Index, ErrorCode: 'TEXT_SIZE_LIMIT_EXCEEDED', ErrorMessage: 'Input text size exceeds limit.' })),
  };
};

export const batchDetectSentiment: Task = task(
  'arn:aws:states:::aws-sdk:comprehend:batchDetectSentiment',
  schema,
  (parameters: SentimentParameters) => Promise.resolve().then(() => detect(parameters)),
);
