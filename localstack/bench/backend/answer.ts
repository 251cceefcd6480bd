/** What goes back to whoever called. */
export interface Answer {
  readonly status: number;
  /** JSON unless `type` says otherwise. */
  readonly text: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (text: string): Answer => ({ status: 200, text });

export const okJson = (body: object): Answer => ok(JSON.stringify(body));

/** As the JSON protocols of AWS tell it. */
export const failure = (status: number, type: string, message: string, more: object = {}): Answer => ({
  status,
  text: JSON.stringify({ __type: type, message, ...more }),
});
