/** A piece of the business's documents that a search brought. */
export interface FoundPassage {
  id: string;
  text: string;
}
