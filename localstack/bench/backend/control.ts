import type { Weather } from './weather';

type Calls = Readonly<Record<string, number>>;

const ask = async (url: string, init?: RequestInit): Promise<unknown> => {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`Expected the backend to answer 200, got ${answer.status}.`);
  return answer.json();
};

export const callsOf = async (backendUrl: string): Promise<Calls> => ((await ask(backendUrl)) as { calls: Calls }).calls;

/** Ids of the messages that are in the queue, each with the MD5 of its body. */
export const takenBy = async (backendUrl: string): Promise<ReadonlyMap<string, string>> =>
  new Map(((await ask(`${backendUrl}/taken`)) as { taken: [string, string][] }).taken);

/** Begins anew: nothing stored, nothing counted. */
export const setWeather = async (backendUrl: string, weather: Weather): Promise<void> => {
  await ask(backendUrl, { method: 'PUT', body: JSON.stringify(weather) });
};
