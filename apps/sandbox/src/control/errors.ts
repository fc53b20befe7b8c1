/** What a person in the sandbox cannot do, or what was asked for in a wrong way. `status` is the HTTP status. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}
