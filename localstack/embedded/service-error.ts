/** An answer of status 400 in AWS's JSON protocol, under the name that the SDK turns into an error class. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
