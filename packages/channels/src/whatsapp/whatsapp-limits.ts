/**
 * How fast WhatsApp lets a number send. One who keeps to it asks for no more than Meta allows in any second, whenever it
 * starts; who sends faster is refused with 130429 or, towards one person, 131056.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits
 */
export const whatsappRates = {
  /** Messages a second of a number, by default; Meta raises busy numbers to 1,000. */
  perSecond: 80,
  /** The same of a number that its owner also uses in the phone app; Meta raises it for nobody. */
  coexistencePerSecond: 20,
  /** To one person at once. Meta allows 45, which are paid back; ten are as many as a person reads. */
  pairBurst: 10,
  /** To one person after that: one message in so many seconds. */
  pairSeconds: 6,
};
