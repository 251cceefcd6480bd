/** Where the run is, for whoever waits: a line that changes on a terminal, a line now and then where nobody watches. */
export interface Progress {
  /** Something begins. */
  readonly phase: (text: string) => void;
  /** How far it is. */
  readonly tell: (text: string) => void;
  readonly end: () => void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

const clearLine = '\r\u001b[K';
/** Where it is piped, so long may pass without a word. */
const quietMs = 5_000;

export const openProgress = (stream: Stream, nowMs: () => number): Progress => {
  let current = '';
  let spokeAt = nowMs();
  const speak = (text: string): void => {
    spokeAt = nowMs();
    stream.write(`${text}\n`);
  };
  if (stream.isTTY !== true)
    return {
      phase: (text) => {
        current = text;
        speak(text);
      },
      tell: (text) => {
        if (nowMs() - spokeAt >= quietMs) speak(`${current}: ${text}`);
      },
      end: () => undefined,
    };
  const show = (text: string): void => void stream.write(clearLine + text.slice(0, (stream.columns ?? 80) - 1));
  return {
    phase: (text) => {
      current = text;
      show(text);
    },
    tell: (text) => show(`${current}: ${text}`),
    end: () => void stream.write(clearLine),
  };
};
