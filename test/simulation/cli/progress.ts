/** How far a long run is: one line rewritten on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  readonly tell: (done: number, note: string) => void;
  readonly end: () => void;
}

const everyMs = { terminal: 200, elsewhere: 5_000 };

const duration = (ms: number): string => {
  const seconds = Math.round(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
};

export const createProgress = (what: string, total: number, out: NodeJS.WriteStream): Progress => {
  const began = performance.now();
  const isTerminal = out.isTTY;
  const pauseMs = isTerminal ? everyMs.terminal : everyMs.elsewhere;
  let last = began;
  return {
    tell: (done, note) => {
      const now = performance.now();
      if (now - last < pauseMs && done < total) return;
      last = now;
      const perSecond = done / ((now - began) / 1_000);
      const left = duration(((total - done) / perSecond) * 1_000);
      const line = `${done} of ${total} ${what}, ${perSecond.toFixed(1)} a second, ${note}, ${left} left`;
      out.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
    },
    end: () => {
      if (isTerminal) out.write('\r\x1b[K');
    },
  };
};
