interface Bounds {
  readonly posts: number;
  readonly bytes: number;
}

/** Bodies that are in hand at once, together. */
export const mostBytesInHand = 64 * 1024 * 1024;

/** Holds so much and no more. What takes a place is told how to leave; to leave twice is to leave once. */
export const createRoom = (most: Bounds) => {
  let posts = 0;
  let bytes = 0;
  return {
    /** Null: there is none left. */
    take: (size: number): (() => void) | null => {
      if (posts + 1 > most.posts || bytes + size > most.bytes) return null;
      posts += 1;
      bytes += size;
      let isIn = true;
      return () => {
        if (!isIn) return;
        isIn = false;
        posts -= 1;
        bytes -= size;
      };
    },
  };
};
