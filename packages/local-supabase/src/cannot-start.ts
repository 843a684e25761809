/** The platform can't start or go on for a reason that one sentence tells; whoever runs it needs no stack. */
export class CannotStart extends Error {
  override name = "CannotStart";
}
