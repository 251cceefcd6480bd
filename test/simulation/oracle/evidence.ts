import type { History, Plan } from '../history';
import { collectConversations, type Conversation } from './conversations';
import { collectMessages, type MessageTrail } from './message-trails';

/** A history, sorted by what the promises are about. */
export interface Evidence {
  readonly plan: Plan;
  readonly history: History;
  readonly messages: readonly MessageTrail[];
  readonly conversations: readonly Conversation[];
}

export const collectEvidence = (plan: Plan, history: History): Evidence => ({
  plan,
  history,
  messages: collectMessages(plan, history),
  conversations: collectConversations(plan, history),
});
