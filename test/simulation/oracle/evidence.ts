import type { History, Plan } from '../history';
import { collectConversations, type Conversation } from './conversations';
import { collectMessages, type MessageTrail } from './message-trails';
import { collectSideTrails, type SideTrail } from './side-trails';

/** A history, sorted by what the promises are about. */
export interface Evidence {
  readonly plan: Plan;
  readonly history: History;
  readonly messages: readonly MessageTrail[];
  readonly conversations: readonly Conversation[];
  /** Of what was sent beside the facts. */
  readonly sides: readonly SideTrail[];
}

export const collectEvidence = (plan: Plan, history: History): Evidence => {
  const messages = collectMessages(plan, history);
  const conversations = collectConversations(plan, history);
  return { plan, history, messages, conversations, sides: collectSideTrails(plan, history, messages) };
};
