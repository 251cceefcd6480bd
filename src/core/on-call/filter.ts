import type { StoppedPlace } from './stopped';

/** Which of what has stopped: what passes every part that is given. Empty: all. */
export interface StoppedFilter {
  readonly ids?: readonly string[];
  readonly groups?: readonly string[];
  readonly places?: readonly StoppedPlace[];
  readonly reasons?: readonly string[];
  readonly subjects?: readonly string[];
  readonly types?: readonly string[];
  readonly conversationId?: string;
  /** Stopped, or where that is not known began, at least or at most so long ago. */
  readonly olderThanMs?: number;
  readonly newerThanMs?: number;
  /** A JSONPath (RFC 9535) that finds something in the body, of an execution in its input; a window has none, so none is found. */
  readonly where?: string;
}
