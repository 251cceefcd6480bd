import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadGenesysConfig } from '../../config';
import { readAvailableTopics, type AvailableTopics } from '../../core/registry/genesys/available-topics';
import type { ApiAnswer } from '../../genesys/client';
import { genesysTopics } from '../../genesys/topics';
import { UnreadableFileError } from '../replay';
import { genesysByHand } from '../genesys-by-hand';

/** Whoever was asked did not answer, or something else. The message says what to do. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

export interface Answered {
  readonly topics: AvailableTopics;
  /** As it came, to be kept. */
  readonly body: unknown;
  /** Who said so; no more of a path than the file's name. */
  readonly source: string;
}

/** Some hundred schemas take their time. */
const timeoutMs = 60_000;

const whyNot = (answer: Exclude<ApiAnswer, { readonly kind: 'ok' }>): string =>
  answer.kind === 'unavailable'
    ? `${answer.why}. Try again in ${Math.ceil(answer.retryAfterMs / 1_000)} s`
    : `${answer.why}${answer.kind === 'refused' ? '' : '. Check that GENESYS_API_URL is the API host of Genesys Cloud'}`;

const ask = async (): Promise<Pick<Answered, 'body' | 'source'>> => {
  const settings = loadGenesysConfig();
  const outside = genesysByHand(settings.credentials);
  const answer = await genesysTopics({ ...settings, timeoutMs }, outside).fetch();
  if (answer.kind !== 'ok') throw new NoAnswerError(`Expected Genesys to list its notification topics: ${whyNot(answer)}.`);
  return { body: answer.body, source: `what an organisation is offered at ${new URL(settings.apiUrl).host}` };
};

const read = async (file: string): Promise<Pick<Answered, 'body' | 'source'>> => {
  try {
    const body: unknown = JSON.parse((await (file === '-' ? text(process.stdin) : readFile(file, 'utf8'))).replace(/^\uFEFF/, ''));
    return { body, source: `what an organisation was offered, kept in ${file === '-' ? 'a file' : basename(file)}` };
  } catch (cause) {
    const why = cause instanceof SyntaxError ? 'it is no JSON' : cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`Expected an answer that \`--save\` kept in ${file}: ${why}`, { cause });
  }
};

/** What Genesys offers: asked now, or as a file has it. */
export const getAnswer = async (file: string | undefined): Promise<Answered> => {
  const { body, source } = await (file === undefined ? ask() : read(file));
  const topics = readAvailableTopics(body);
  if (topics === null)
    throw new NoAnswerError(
      'Expected the answer of GET /api/v2/notifications/availabletopics, with `entities` that are topics, came something else.',
    );
  if (topics.topics.every(({ schema }) => schema === null))
    throw new NoAnswerError('Expected topics with their schemas, came none; ask with `expand=schema&expand=transports`.');
  return { topics, body, source };
};
