import { objectsIn, textOrNull, type JsonObject } from '../core/json';
import { cutIntoTexts, sentimentLimits } from '../core/transcript-texts';

/*
 * A file of transcripts, one for each recording or text of a communication. Its schema is Genesys's, published at
 * developer.genesys.cloud under Speech and Text Analytics, "Transcript schema"; `decoratedText`, which public clients read, is the
 * text with case and punctuation:
 *
 *   { conversationId, communicationId, mediaType, transcripts: [
 *       { transcriptId, language, startTime, phrases: [{ participantPurpose, text, decoratedText, startTimeMs, … }], analytics }],
 *     participants }
 */

const customers: ReadonlySet<string> = new Set(['external', 'customer']);

const isOfCustomer = (phrase: JsonObject): boolean =>
  customers.has((textOrNull(phrase['participantPurpose']) ?? '').toLowerCase());

const startOf = (transcript: JsonObject): number =>
  typeof transcript['startTime'] === 'number' ? transcript['startTime'] : Number.MAX_SAFE_INTEGER;

/** Two communications may lead to one transcript. */
const distinct = (transcripts: readonly JsonObject[]): readonly JsonObject[] => {
  const ids = transcripts.map((transcript) => textOrNull(transcript['transcriptId']));
  return transcripts.filter((_, index) => ids[index] === null || ids.indexOf(ids[index] ?? null) === index);
};

/** What the customer said or wrote, in order. `isPartial`: there is more than these files hold. */
export const readTranscripts = (files: readonly JsonObject[], isPartial: boolean): JsonObject => {
  const transcripts = distinct(files.flatMap((file) => objectsIn(file['transcripts'])));
  const inOrder = [...transcripts].sort((one, other) => startOf(one) - startOf(other));
  const phrases = inOrder
    .flatMap((transcript) => objectsIn(transcript['phrases']))
    .filter(isOfCustomer)
    .flatMap((phrase) => textOrNull(phrase['decoratedText']) ?? textOrNull(phrase['text']) ?? []);
  const { texts, truncated } = cutIntoTexts(phrases, sentimentLimits);
  const language = inOrder.map((transcript) => textOrNull(transcript['language'])).find((each) => each !== null) ?? null;
  return { language, texts, truncated: truncated || isPartial, phrases: phrases.length };
};
