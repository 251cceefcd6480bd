import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Post } from '../../core/ingest/post';
import type { Refusal } from '../../core/ingest/problem';
import { signatureHeaders } from '../../core/ingest/signature';
import type { Leave } from '../../ingest';
import { type Authenticate, createAuthenticator, type Verdict } from '../authenticate';
import { answerOutcome, answerProblem, answerUnavailable } from './answers';
import type { Gate } from './gate';
import { createRoom, mostBytesInHand } from '../room';
import type { HttpOutside, HttpSettings } from './outside';
import { announcedBytes, judgeBodyHead, travelling } from './post-head';
import { readText } from './read-text';

/*
 * A post, step by step, cheapest first: is there room → who sends it (a bearer; of a signature, whether it can be one) → not too often → is its body of a kind and
 * size that is taken → the body → who signed it → its headers → its text → the queue.
 */

/** What is known of a post between its steps. */
interface Visit {
  readonly leave: Leave;
  /** Its sender is proven, or turned away: it waits among the unproven no longer. */
  judged: Leave;
  /** For who signed: what is left to judge. */
  judge: ((body: Uint8Array) => Promise<Verdict>) | null;
  isRead: boolean;
}

export interface PostSteps {
  /** Before the body is read. */
  readonly admit: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;
  /** With the body. */
  readonly accept: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
  /** It is answered. */
  readonly leave: (request: FastifyRequest) => void;
}

const once = (leave: Leave): Leave => {
  let hasLeft = false;
  return () => {
    if (!hasLeft) leave();
    hasLeft = true;
  };
};

const createVisits = () => {
  const visits = new WeakMap<FastifyRequest, Visit>();
  return {
    of: (request: FastifyRequest): Visit | undefined => visits.get(request),
    begin: (request: FastifyRequest, leave: Leave): Visit => {
      const leaveBoth = (): void => {
        visit.judged();
        leave();
      };
      const visit: Visit = { leave: once(leaveBoth), judged: () => undefined, judge: null, isRead: false };
      visits.set(request, visit);
      // Who hangs up before the body was read never comes to an answer. Later the post is in hand until it is answered, sender or not.
      request.raw.once('close', () => {
        if (!visit.isRead) visit.leave();
      });
      return visit;
    },
  };
};

const headerOf = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

const claimOf = (request: FastifyRequest, authenticate: Authenticate) =>
  authenticate({
    authorization: request.headers.authorization,
    timestamp: headerOf(request, signatureHeaders.timestamp),
    signature: headerOf(request, signatureHeaders.signature),
  });

/** No body at all is an empty one. */
const bodyOf = ({ body }: FastifyRequest): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

/** What is sent on, or why nothing is. */
const postOf = (request: FastifyRequest, bytes: Buffer): Post | Refusal => {
  const headers = travelling(request.raw);
  if ('problem' in headers) return headers;
  const body = readText(bytes);
  return typeof body === 'string' ? { body, ...headers } : body;
};

type Settings = Pick<HttpSettings, 'maxBodyBytes' | 'maxWaiting'>;

/** Who only says that it signed may be anybody until its body is here. A quarter is theirs, or strangers could keep all others out. */
const createUnproven = ({ maxWaiting }: Settings) => createRoom({ posts: Math.ceil(maxWaiting / 4), bytes: mostBytesInHand / 4 });

const overloaded = { kind: 'unavailable', why: 'overloaded', retryAfterMs: 1_000 } as const;

export const createPostSteps = (outside: HttpOutside, settings: Settings, gate: Gate): PostSteps => {
  const { maxBodyBytes } = settings;
  const unproven = createUnproven(settings);
  const { ingest } = outside;
  const authenticate = createAuthenticator(outside.secrets, outside.clock);
  const visits = createVisits();
  return {
    admit: async (request, reply) => {
      const bytes = announcedBytes(request.raw, maxBodyBytes);
      const place = ingest.enter(bytes);
      if (typeof place !== 'function') return answerUnavailable(reply, place);
      const visit = visits.begin(request, place);
      const claim = await claimOf(request, authenticate);
      if (claim.kind === 'signed') {
        const judged = unproven.take(bytes);
        if (!judged) return answerUnavailable(reply, overloaded);
        visit.judged = judged;
        visit.judge = claim.judge;
      }
      const denial = claim.kind === 'signed' ? null : await gate(claim, request);
      if (denial) return answerProblem(reply, denial.refusal, denial.retryAfterMs);
      const refusal = judgeBodyHead(request.raw, maxBodyBytes);
      return refusal ? answerProblem(reply, refusal) : undefined;
    },
    accept: async (request, reply) => {
      const visit = visits.of(request);
      if (visit) visit.isRead = true;
      const bytes = bodyOf(request);
      const denial = visit?.judge ? await gate(await visit.judge(bytes), request) : null;
      visit?.judged();
      if (denial) return answerProblem(reply, denial.refusal, denial.retryAfterMs);
      const post = postOf(request, bytes);
      return 'problem' in post ? answerProblem(reply, post) : answerOutcome(reply, await ingest.accept(post));
    },
    leave: (request) => visits.of(request)?.leave(),
  };
};
