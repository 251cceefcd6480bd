import type { Units } from '../reading';
import type { Flow } from './flow';
import type { Weather } from './weather';

/** What a backend has seen since it was last told the weather. */
export interface Counted {
  /** By operation, as AWS names it; Genesys's as `genesys token`, `genesys details`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Conditions that did not hold, by operation; those of claims of windows as `claim`. */
  readonly refused: Readonly<Record<string, number>>;
  /** Of DynamoDB. */
  readonly units: Units;
  /** Messages that were handed out and then deleted. */
  readonly deleted: number;
  /** Messages that were handed out, and neither deleted nor put back yet. */
  readonly inHand: number;
  /** Messages that nobody has received yet; of an endless flow: 0. */
  readonly waiting: number;
  /** Executions that were started under a name of their own. */
  readonly started: number;
}

const ask = async (url: string, init?: RequestInit): Promise<unknown> => {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`Expected the backend to answer 200, got ${answer.status}.`);
  return answer.json();
};

export const countedBy = async (backendUrl: string): Promise<Counted> => (await ask(backendUrl)) as Counted;

export const callsOf = async (backendUrl: string): Promise<Counted['calls']> => (await countedBy(backendUrl)).calls;

/** Ids of the messages that are in the queue, each with the MD5 of its body. */
export const takenBy = async (backendUrl: string): Promise<ReadonlyMap<string, string>> =>
  new Map(((await ask(`${backendUrl}/taken`)) as { taken: [string, string][] }).taken);

/** Begins anew: nothing stored, nothing counted, nothing to receive. */
export const setWeather = async (backendUrl: string, weather: Weather): Promise<void> => {
  await ask(backendUrl, { method: 'PUT', body: JSON.stringify(weather) });
};

/** What there is to receive from now on, beside what was received before. Nothing stored or counted is forgotten. */
export const setFlow = async (backendUrl: string, flow: Flow): Promise<void> => {
  await ask(`${backendUrl}/flow`, { method: 'PUT', body: JSON.stringify(flow) });
};
