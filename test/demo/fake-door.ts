import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../localstack/embedded/loopback';

export interface FakePost {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What it says; null: it hangs up. */
export type FakeAnswer = { readonly status: number; readonly body: object; readonly type?: string } | null;

/** Answers what it is told to answer. */
export const openFakeDoor = async (answerTo: (post: FakePost) => FakeAnswer | Promise<FakeAnswer>) => {
  const posts: FakePost[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const post = { headers: request.headers, body: await text(request) };
      posts.push(post);
      const answer = await answerTo(post);
      if (answer === null) return void response.destroy();
      response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json' }).end(JSON.stringify(answer.body));
    })();
  });
  return { ...(await listenOnLoopback(server, 0)), posts };
};

export const accepted = (id: string): FakeAnswer => ({ status: 200, body: { status: 'accepted', message_id: id } });

export const problem = (status: number, name: string): FakeAnswer => ({
  status,
  body: { type: `urn:tidemark:problem:${name}`, title: 'No', status },
  type: 'application/problem+json; charset=utf-8',
});
