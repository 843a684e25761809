/** What a person is told of a refusal of WhatsApp: a few groups, since what can be done is the same in each. */
export type FailureKind =
  | "window"
  | "unreachable"
  | "marketing"
  | "country"
  | "number"
  | "busy"
  | "outage"
  | "template"
  | "file"
  | "identity"
  | "form";

/** By Meta's code; https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
const codes: Record<FailureKind, number[]> = {
  window: [131047, 470],
  unreachable: [131026, 130472, 131021, 131030],
  marketing: [131049, 131050],
  country: [130497],
  number: [0, 3, 10, 190, 368, 131005, 131031, 131037, 131042, 131045, 131048, 133010, 133016],
  busy: [4, 80007, 130429, 131056],
  outage: [1, 2, 131000, 131016, 131057, 133004],
  template: [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018],
  file: [131052, 131053],
  identity: [131062, 137000],
  form: [33, 100, 131008, 131009, 131051, 131060],
};

const kinds = new Map(
  Object.entries(codes).flatMap(([kind, numbers]) => numbers.map((code) => [code, kind as FailureKind])),
);

/** The group of a code; undefined for one that is not known. */
export function failureOf(code: unknown): FailureKind | undefined {
  return kinds.get(Number(code));
}
