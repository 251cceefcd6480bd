import type { Chance } from '../../traffic/chance';
import type { PlannedMessage } from '../../traffic/traffic';
import { inBursts, sendAll } from '../send';
import type { Stage } from '../stage';
import { planPosts, type PlannedPost } from './plan';
import type { Sender } from './sender';

/** Posts at a time. */
const senders = 24;

const sendPosts = async (sender: Pick<Sender, 'send'>, posts: readonly PlannedPost[]): Promise<void> => {
  const left = [...posts];
  const work = async (): Promise<void> => {
    for (let post = left.shift(); post; post = left.shift()) await sender.send(post);
  };
  await Promise.all(Array.from({ length: senders }, work));
};

interface Way {
  readonly sender: Pick<Sender, 'send'>;
  readonly chance: Chance;
}

/** Posts one burst after the other; what no door takes goes straight to the queue, too. */
export const deliverByDoor = async (
  { clients, places }: Pick<Stage, 'clients' | 'places'>,
  { sender, chance }: Way,
  messages: readonly Pick<PlannedMessage, 'conversationId' | 'body' | 'rejects'>[],
): Promise<void> => {
  for (const burst of inBursts(messages)) {
    const { posts, others } = planPosts(burst, chance);
    await Promise.all([sendPosts(sender, posts), sendAll(clients.sqs, places.queueUrl, others)]);
  }
};
