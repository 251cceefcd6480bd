import { createHmac } from 'node:crypto';
import type { DoorSecrets } from './secrets';

/* How a sender says who it is, and how somebody says it who is not. Written from the documentation, not from the program's own code. */

export const goodProofs = ['bearer', 'signature'] as const;
export const badProofs = ['nothing', 'wrong-bearer', 'wrong-signature', 'signature-of-another-body', 'old-signature'] as const;

export type Proof = (typeof goodProofs)[number] | (typeof badProofs)[number];

/** Older than any door takes. */
const oldSeconds = 3_600;

interface Signing {
  readonly secret: string;
  readonly body: string;
  readonly seconds: number;
}

const signed = ({ secret, body, seconds }: Signing): Readonly<Record<string, string>> => ({
  'x-tidemark-timestamp': String(seconds),
  'x-tidemark-signature': `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`,
});

export const proofHeaders = (
  proof: Proof,
  body: string,
  { bearer, signing, wrong }: DoorSecrets,
): Readonly<Record<string, string>> => {
  const seconds = Math.floor(Date.now() / 1000);
  switch (proof) {
    case 'bearer':
      return { authorization: `Bearer ${bearer}` };
    case 'wrong-bearer':
      return { authorization: `Bearer ${wrong}` };
    case 'signature':
      return signed({ secret: signing, body, seconds });
    case 'wrong-signature':
      return signed({ secret: wrong, body, seconds });
    case 'signature-of-another-body':
      return signed({ secret: signing, body: `${body} `, seconds });
    case 'old-signature':
      return signed({ secret: signing, body, seconds: seconds - oldSeconds });
    case 'nothing':
      return {};
  }
};
