/** How fast a number may send; all isolates together keep to it. */
export interface SendRates {
  /** Messages a second of a number whose settings say nothing else. */
  perSecond: number;
  /** The same of a number that its owner also uses in the phone app. */
  coexistencePerSecond: number;
  /** Messages to one person that may go at once. */
  pairBurst: number;
  /** Seconds in which one more may go to the same person. */
  pairSeconds: number;
}
