import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { post } from '../generate/steady';
import { acceptedOf, distinctBodies, type Accepted } from './accepted';

/** What came of all posts so far. */
export interface Tally {
  readonly accepted: Accepted[];
  /** By status, `0` for no answer. */
  readonly answers: Map<number, number>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Who was not accepted comes back after so long. */
const comeBackMs = 50;

/** So many senders, each with one post in hand, which it sends with the same key until it is accepted. They end when told to, a post unaccepted or not. */
export const sendUntilAccepted = async (
  { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  senders: number,
  isOver: () => boolean,
  tally: Tally,
): Promise<void> => {
  const agent = new Agent({ keepAlive: true, maxSockets: senders });
  const sendOne = async (): Promise<void> => {
    const [body = ''] = distinctBodies(1);
    const own = { ...headers, 'x-idempotency-key': randomUUID() };
    while (!isOver()) {
      const { status, text } = await post({ url, headers: own, ownHeader: null }, agent, body);
      tally.answers.set(status, (tally.answers.get(status) ?? 0) + 1);
      if (status === 200) return void tally.accepted.push(acceptedOf(body, text));
      await pause(comeBackMs);
    }
  };
  const sendOneAfterTheOther = async (): Promise<void> => {
    while (!isOver()) await sendOne();
  };
  await Promise.all(Array.from({ length: senders }, sendOneAfterTheOther));
  agent.destroy();
};
