import { canaryMint, type Canary } from '../../traffic/canary';

/** What senders prove themselves with. All are canaries, the wrong ones too: none may be found in what anybody prints. */
export interface DoorSecrets {
  readonly bearer: string;
  readonly signing: string;
  /** The door does not know it. */
  readonly wrong: string;
  readonly canaries: readonly Canary[];
}

/** The last there is: generated traffic counts from the first. */
const scope = 2 ** 31 - 1;

export const mintSecrets = (): DoorSecrets => {
  const canaries: Canary[] = [];
  const mint = canaryMint(scope, canaries);
  // A secret has 24 characters at least.
  const secret = (): string => `${mint('secret', null)}-of-a-sender`;
  return { bearer: secret(), signing: secret(), wrong: secret(), canaries };
};
