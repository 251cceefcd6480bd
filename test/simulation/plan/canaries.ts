import type { Chance } from '../chance';

/** Texts that stand for what must reach no log line: a number, a name, an attribute, an address, a token. */
export const drawCanaries = (chance: Chance) => {
  const mark = chance.whole(100_000, 999_999);
  return {
    number: `+4915${mark}0199`,
    name: `Canary Jane ${mark}`,
    attribute: `canary-attribute-${mark}`,
    address: `canary${mark}@example.com`,
    token: `Bearer canary${mark}token`,
  };
};

export type Canaries = ReturnType<typeof drawCanaries>;
