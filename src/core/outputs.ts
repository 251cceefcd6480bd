import type { EventMessage } from './event-notification';
import type { ExecutionInput } from './execution-input';
import type { PassedMessage } from './passed-event';
import type { CorrectionBody } from './reconciliation/correction-event';
import type { ConversationRecord } from './record';
import type { SubjectTypes } from './schema-types/subject-types';

/** What leaves, or enters a window as ours, by the subject that its schema is filed under. */
interface Written {
  readonly 'tidemark.correction': CorrectionBody;
  readonly 'tidemark.event': EventMessage;
  readonly 'tidemark.execution-input': ExecutionInput;
  readonly 'tidemark.passed-event': PassedMessage;
  readonly 'tidemark.record': ConversationRecord;
}

type Filed = Pick<SubjectTypes, Extract<keyof SubjectTypes, `tidemark.${string}`>>;

/** The fields at every depth, whatever is in them: in a map, the sender's keys. */
type Shape<T> = T extends readonly (infer Item)[]
  ? Shape<Item>
  : T extends object
    ? string extends keyof T
      ? 'data'
      : { readonly [Field in keyof T]-?: Shape<NonNullable<T[Field]>> }
    : 'data';

/** Does not compile where the part is not within the whole, and names the field. */
type Within<Whole, Part extends Whole> = Part;

/* What we write must be what its schema allows, and neither may have a field that the other does not. */
type Allowed = Within<Filed, Written>;
type NoneMissing = Within<Shape<Filed>, Shape<Written>>;
type NoneUnknown = Within<Shape<Written>, Shape<Filed>>;

export type OutputSubject = keyof (NoneMissing & NoneUnknown);
export type Output<S extends OutputSubject> = Allowed[S];
