import type { History, Plan, Sent } from '../history';
import { effectsOf, type Placed } from './effects';

/** What became of one message. A redriven one is another message. */
export interface MessageTrail {
  readonly sent: Placed<'sent'>;
  /** What its sender put into it. */
  readonly truth: Pick<Sent, 'facts' | 'side' | 'rejection'>;
  readonly received: readonly Placed<'received'>[];
  readonly deleted: readonly Placed<'deleted'>[];
  readonly setAside: readonly Placed<'setAside'>[];
  readonly overflowed: readonly Placed<'overflowed'>[];
}

type About = { readonly messageId: string };

const byMessage = <T extends About>(effects: readonly T[]): ((messageId: string) => readonly T[]) => {
  const trails = new Map<string, T[]>();
  for (const effect of effects) {
    const trail = trails.get(effect.messageId);
    if (trail) trail.push(effect);
    else trails.set(effect.messageId, [effect]);
  }
  return (messageId) => trails.get(messageId) ?? [];
};

export const collectMessages = (plan: Plan, history: History): readonly MessageTrail[] => {
  const truths = new Map([...plan.messages, ...plan.ambushes].map((one) => [one.body, one]));
  const received = byMessage(effectsOf(history, 'received'));
  const deleted = byMessage(effectsOf(history, 'deleted'));
  const setAside = byMessage(effectsOf(history, 'setAside'));
  const overflowed = byMessage(effectsOf(history, 'overflowed'));
  return effectsOf(history, 'sent').map((sent) => {
    const truth = truths.get(sent.body);
    // Such a history proves nothing: the world made it up.
    if (!truth) throw new Error(`Expected every message sent to be in the plan, but ${sent.messageId} is not.`);
    const { messageId } = sent;
    return {
      sent,
      truth,
      received: received(messageId),
      deleted: deleted(messageId),
      setAside: setAside(messageId),
      overflowed: overflowed(messageId),
    };
  });
};
