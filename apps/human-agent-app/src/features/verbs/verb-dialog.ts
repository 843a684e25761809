/** A verb that asks for more before it is done. */
export type VerbDialog = "assign" | "hand_back" | "tags";
