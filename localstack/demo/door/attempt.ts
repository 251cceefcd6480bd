/** What a door said to one post. */
export interface Answer {
  readonly status: number;
  /** Null where it accepts nothing. */
  readonly messageId: string | null;
  /** Name of the problem, null where there is none. */
  readonly problem: string | null;
  readonly retryAfter: string | null;
  /** All of it, headers included: for whoever looks for leaks. */
  readonly text: string;
}

export interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Fields {
  readonly status?: unknown;
  readonly message_id?: unknown;
  readonly type?: unknown;
}

const parsed = (text: string): Fields => {
  try {
    return (JSON.parse(text) ?? {}) as Fields;
  } catch {
    return {};
  }
};

const problemOf = (type: unknown): string | null =>
  typeof type === 'string' ? type.replace(/^urn:tidemark:problem:/, '') : null;

/** One attempt; null: no answer came, for whatever reason. The door may have taken the post all the same. */
export const postOnce = async (door: string, { headers, body }: Request, timeoutMs: number): Promise<Answer | null> => {
  try {
    const answer = await fetch(`${door}/v1/genesys/events`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    const { status, message_id: id, type } = parsed(text);
    return {
      status: answer.status,
      messageId: answer.status === 200 && status === 'accepted' && typeof id === 'string' && id !== '' ? id : null,
      problem: answer.headers.get('content-type')?.startsWith('application/problem+json') ? problemOf(type) : null,
      retryAfter: answer.headers.get('retry-after'),
      text: `${JSON.stringify([...answer.headers])} ${text}`,
    };
  } catch {
    return null;
  }
};
