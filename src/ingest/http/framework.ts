import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../../core/ingest/problem';
import type { Log } from '../../ports';
import { answerProblem } from './answers';
import { methodsAt } from './places';
import { tooLarge } from './post-head';

/* What fastify answers by itself, in our words: what its own say quotes the request. */

/** The event loop falls behind: nobody would be answered in time. */
export class UnderPressureError extends Error {
  override readonly name = 'UnderPressureError';
}

const notFound: Refusal = { problem: 'not-found', detail: 'Expected a place that /openapi.json names.' };

export const answerNowhere = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const methods = methodsAt(request.url);
  if (methods === null) return answerProblem(reply, notFound);
  const allowed = methods.join(', ');
  return answerProblem(reply.header('allow', allowed), { problem: 'wrong-method', detail: `Expected ${allowed}.` });
};

const internal: Refusal = { problem: 'internal', detail: 'Expected to answer, and failed. Send it again with the same key.' };

/** What its errors stand for; null: a mistake of ours. */
const refusalOf = (error: FastifyError, maxBodyBytes: number): Refusal | null => {
  if (error instanceof UnderPressureError)
    return { problem: 'unavailable', detail: 'Expected to answer soon, too much is under way. Send it again later.' };
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(maxBodyBytes);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { problem: 'wrong-content-type', detail: 'Expected Content-Type application/json.' };
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return { problem: 'not-http', detail: 'Expected as many bytes as Content-Length says, got others.' };
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return notFound;
    default:
      return null;
  }
};

export const errorAnswerer =
  (log: Log, maxBodyBytes: number) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    // A content type that fastify cannot parse comes before the place that there is not.
    if (request.is404) return answerNowhere(request, reply);
    const refusal = refusalOf(error, maxBodyBytes);
    // What a sender still sends is thrown away, not cut off: it would lose the answer over it.
    if (refusal?.problem === 'too-large') void reply.removeHeader('connection');
    const isGone = !request.raw.socket.writable;
    if (!refusal && !isGone) log.error('A request failed for a reason of ours.', {}, error);
    return answerProblem(reply, refusal ?? internal);
  };
