import type { FastifyReply } from 'fastify';
import { problems, problemType, type Refusal } from '../../core/ingest/problem';
import type { PostOutcome, Unavailability } from '../../ingest';

/* Answers, as problem details (RFC 9457) where they are no success. They say what was expected and nothing of what came. */

export const problemMediaType = 'application/problem+json';

export const problemBody = ({ problem, detail }: Refusal) => {
  const { status, title } = problems[problem];
  return { type: problemType(problem), title, status, detail };
};

/** Whole seconds, as `Retry-After` has them; never 0, which would be taken for "now". */
const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

export const answerProblem = (reply: FastifyReply, refusal: Refusal, retryAfterMs?: number): FastifyReply => {
  if (retryAfterMs !== undefined) void reply.header('retry-after', wholeSeconds(retryAfterMs));
  if (refusal.problem === 'unauthenticated') void reply.header('www-authenticate', 'Bearer');
  // Also where no hook of ours runs.
  void reply.header('cache-control', 'no-store');
  return reply.code(problems[refusal.problem].status).type(problemMediaType).send(problemBody(refusal));
};

const unavailable: Readonly<Record<Unavailability, string>> = {
  'queue-away': 'Expected the queue to answer, it does not. Nothing of the post is lost if it is sent again with the same key.',
  overloaded: 'Expected fewer posts at a time, more than can be taken are under way. Send it again later.',
  'too-slow': 'Expected the queue to answer in time, it did not. The post may have been taken: send it again with the same key.',
};

type Unavailable = Extract<PostOutcome, { readonly kind: 'unavailable' }>;

export const answerUnavailable = (reply: FastifyReply, { why, retryAfterMs }: Unavailable): FastifyReply =>
  answerProblem(reply, { problem: 'unavailable', detail: unavailable[why] }, retryAfterMs);

export const answerOutcome = (reply: FastifyReply, outcome: PostOutcome): FastifyReply => {
  switch (outcome.kind) {
    case 'accepted':
      return reply.code(200).send({ status: 'accepted', message_id: outcome.messageId });
    case 'refused':
      return answerProblem(reply, outcome.refusal);
    case 'unavailable':
      return answerUnavailable(reply, outcome);
    default:
      return outcome satisfies never;
  }
};
