import type { Wave } from './traffic';

/*
 * A script says what people did: who came, when, for how long, what they left behind. Times are epoch ms, durations whole ms.
 * Events and truth are both written from it, forward and apart.
 *
 *   leg     one participant's session of one kind: from … to; `to` null: nobody ever hears of its end
 *   note    something that happened at one moment
 *
 * Whatever bears a `wave` reaches the worker with that wave. `unheard` parts happened, and no message ever tells of them.
 */

export type Media = 'VOICE' | 'CHAT' | 'MESSAGE' | 'EMAIL' | 'CALLBACK';
export type Direction = 'INBOUND' | 'OUTBOUND';

interface LegBase {
  readonly participantId: string;
  readonly sessionId: string;
  readonly media: Media;
  readonly direction: Direction;
  readonly from: number;
  readonly to: number | null;
  readonly disconnect: string;
  /** The wave of its start, and of its end where that differs. */
  readonly wave: Wave;
  readonly endWave?: Wave;
  readonly startUnheard?: true;
}

export interface CustomerLeg extends LegBase {
  readonly kind: 'customer';
  readonly externalContactId?: string;
}

export interface FlowLeg extends LegBase {
  readonly kind: 'flow';
  readonly flowId: string;
  readonly flowType: string;
}

export interface QueueLeg extends LegBase {
  readonly kind: 'acd';
  readonly queueId: string;
  readonly skillIds: readonly string[];
  readonly outcome: 'ANSWERED' | 'ABANDON' | 'FLOW_OUT';
  readonly answeredBy?: string;
  /** How long it waited as the queue itself tells; null: the queue does not tell, and `to - from` is the answer. */
  readonly toldWaitMs: number | null;
}

/** Null: it did not happen, and the event does not mention it. */
export type AgentTimes = Readonly<Record<'alertMs' | 'dialMs' | 'contactMs' | 'talkMs' | 'holdMs' | 'callbackMs', number | null>>;

export interface AfterCallWork {
  readonly at: number;
  readonly durationMs: number;
  readonly code: string;
  readonly notes: string;
  readonly wave: Wave;
}

export interface AgentLeg extends LegBase {
  readonly kind: 'user';
  readonly userId: string;
  readonly queueId: string | null;
  readonly times: AgentTimes;
  /** After-call work; null: none, or none that anybody hears of. */
  readonly work: AfterCallWork | null;
}

export interface VoicemailLeg extends LegBase {
  readonly kind: 'voicemail';
  readonly queueId: string;
}

export type Leg = CustomerLeg | FlowLeg | QueueLeg | AgentLeg | VoicemailLeg;

export type Note = { readonly at: number; readonly wave: Wave } & (
  | { readonly kind: 'contact'; readonly leg: CustomerLeg; readonly externalContactId: string }
  | { readonly kind: 'attributes'; readonly participantId: string; readonly attributes: readonly (readonly [string, string])[] }
  | { readonly kind: 'flow.outcome'; readonly leg: FlowLeg; readonly outcomeId: string }
  | { readonly kind: 'outbound'; readonly leg: CustomerLeg; readonly campaignId: string; readonly contact: string }
  | {
      readonly kind: 'wrapup';
      readonly leg: QueueLeg;
      readonly code: string;
      readonly notes: string;
      readonly durationMs: number;
    }
  /** Seed 000's explicit end mark. */
  | { readonly kind: 'end-mark' }
);

/** What every event of a conversation repeats about the customer. */
export interface Addresses {
  readonly ani?: string;
  readonly dnis?: string;
  readonly addressFrom?: string;
  readonly addressTo?: string;
  readonly subject?: string;
  readonly messageType?: string;
  readonly callbackUserName?: string;
  readonly callbackNumbers?: readonly string[];
}

export interface Script {
  readonly story: string;
  readonly conversationId: string;
  readonly orgId: string;
  readonly divisionId: string;
  /** Known of the customer from the start; every event lists them. */
  readonly contactIds: readonly string[];
  readonly addresses: Addresses;
  readonly legs: readonly Leg[];
  readonly notes: readonly Note[];
  readonly reopened: boolean;
  readonly late: boolean;
}
