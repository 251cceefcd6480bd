import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOnLoopback } from '../embedded/loopback';
import { readCall, type Answer, type Call } from './call';
import { forward, withoutHops } from './forward';

/** The way to AWS of one worker. */
export interface Proxy {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** `cut`: the call was applied, its answer is lost. A number: the answer is late by so many ms. */
export type Mishap = 'cut' | number | null;

export interface Road {
  /** Where AWS is. */
  readonly upstream: string;
  /** Each call and each answer waits for this. */
  readonly pass: () => Promise<void>;
  readonly mishap: () => Mishap;
  readonly asked: (call: Call) => void;
  /** Before the worker gets it, if it ever does. */
  readonly answered: (call: Call, answer: Answer) => void;
}

/** A client waits 60 s and more between two calls; a server that hangs up first fails the next one. */
const keepAliveMs = 120_000;

/**
 * One call, whole, and one answer, whole. A worker that dies or gives up in between does not take its call back: what AWS
 * was sent, AWS does.
 */
const relay = async (road: Road, agent: Agent, asked: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await buffer(asked);
  const call = readCall(asked.headers, body);
  road.asked(call);
  await road.pass();
  const answer = await forward(agent, new URL(road.upstream), asked, body);
  const mishap = road.mishap();
  if (typeof mishap === 'number') await sleep(mishap);
  await road.pass();
  road.answered(call, answer);
  if (mishap === 'cut') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, { ...withoutHops(answer.headers), 'content-length': answer.body.length });
  response.end(answer.body);
};

export const openProxy = async (road: Road): Promise<Proxy> => {
  const agent = new Agent({ keepAlive: true });
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (asked, response) => {
    relay(road, agent, asked, response).catch(() => response.destroy());
  });
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    url,
    close: async () => {
      await close();
      agent.destroy();
    },
  };
};
