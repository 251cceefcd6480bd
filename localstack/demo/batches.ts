interface Limits {
  readonly items: number;
  /** Of all items together. */
  readonly bytes: number;
}

/** As many as one call takes, in their order. */
export const inBatches = <T>(all: readonly T[], sizeOf: (one: T) => number, limits: Limits): readonly (readonly T[])[] => {
  const batches: T[][] = [];
  let room = 0;
  for (const one of all) {
    const bytes = sizeOf(one);
    const open = batches.at(-1);
    if (open && open.length < limits.items && bytes <= room) {
      open.push(one);
      room -= bytes;
    } else {
      batches.push([one]);
      room = limits.bytes - bytes;
    }
  }
  return batches;
};
