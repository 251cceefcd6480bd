/** Stands open or shut; whoever comes while it is shut waits. */
export interface Gate {
  readonly isOpen: () => boolean;
  readonly pass: () => Promise<void>;
  /** Does something that must not begin while the gate is shut. */
  readonly through: <T>(work: () => Promise<T>) => Promise<T>;
  /** Until everything that went through has ended. */
  readonly shut: () => Promise<void>;
  readonly open: () => void;
}

export const createGate = (): Gate => {
  let isOpen = true;
  const waiting: (() => void)[] = [];
  const underWay = new Set<Promise<unknown>>();
  const pass = async (): Promise<void> => {
    while (!isOpen) await new Promise<void>((resolve) => void waiting.push(resolve));
  };
  return {
    isOpen: () => isOpen,
    pass,
    through: async (work) => {
      await pass();
      const result = work();
      underWay.add(result);
      return result.finally(() => underWay.delete(result));
    },
    shut: async () => {
      isOpen = false;
      await Promise.allSettled(underWay);
    },
    open: () => {
      isOpen = true;
      for (const resume of waiting.splice(0)) resume();
    },
  };
};
