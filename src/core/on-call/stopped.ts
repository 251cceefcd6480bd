import type { RedriveHistory } from './redrive-history';

/**
 * Where work stops. `worker`: our dead-letter queue; `eventbridge`: that of EventBridge's target; `subscription`: those of the
 * topic's subscriptions; `window`: parked; `execution`: failed, timed out or aborted.
 */
export const stoppedPlaces = ['worker', 'eventbridge', 'subscription', 'window', 'execution'] as const;
export type StoppedPlace = (typeof stoppedPlaces)[number];

/** What moving it back would lead to, as far as the code that runs here can tell. */
export type Outlook = 'would-pass' | 'would-fail' | 'would-duplicate' | 'unknown';

/**
 * One thing that has stopped, as the inbox lists it. Without its body: nothing in it is customer data, so it may be printed, and
 * kept in a file of the one who looks.
 */
export interface Stopped {
  readonly place: StoppedPlace;
  /** Of a letter its message id in this queue, of a window its conversation, of an execution its name. Unique within its place. */
  readonly id: string;
  /** URL of the queue it lies in; null where it lies in none. */
  readonly queueUrl: string | null;
  /**
   * A rejection's reason; `gave-up` for what SQS itself moved after its last receive; EventBridge's ERROR_CODE; `undelivered` for a
   * subscription's; `parked`; Step Functions' error name.
   */
  readonly reason: string;
  /** What was expected, what came. Names paths, types and limits, never values. */
  readonly detail: string;
  readonly subject: string | null;
  readonly type: string | null;
  /** The schema rule that it breaks and where, `$.conversationId is required`. */
  readonly rule: string | null;
  /** The same for all that stopped for the same cause; names the group: short, safe to type. */
  readonly group: string;
  /** When it stopped, epoch ms; null where nobody knows. */
  readonly stoppedAtMs: number | null;
  /** Queue time of the message that was refused; when the window or execution began, where that is known. Epoch ms. */
  readonly beganAtMs: number | null;
  readonly receiveCount: number;
  readonly conversationIds: readonly string[];
  readonly bytes: number;
  readonly bodySha256: string | null;
  /** Null: never moved back by `redrive`. */
  readonly history: RedriveHistory | null;
  readonly outlook: Outlook;
  readonly outlookDetail: string;
}
