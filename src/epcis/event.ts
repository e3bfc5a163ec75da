/** Steps of a single item's life; each goes with one action and one disposition (gs1-epcis.md §10.5). */
export const LIFE_STEPS = {
  /** The item is verified good and left the line with its number. */
  commissioning: { action: 'ADD', disposition: 'active' },
  /** A commissioned item was physically destroyed; no event may follow. */
  destroying: { action: 'DELETE', disposition: 'destroyed' },
  /** The number of a commissioned item was voided; the item may come back with a new one only. */
  decommissioning: { action: 'DELETE', disposition: 'inactive' },
} as const;

export type LifeStep = keyof typeof LIFE_STEPS;

/** Marks what came from the virtual line; declared in the document's context, refused by every production import. */
export const TRAINING_MARK = 'linewright:training';

/** Namespace of our extensions. Ends with a slash, as the event hash demands (gs1-epcis.md §12.2). */
export const EXTENSION_NAMESPACE = 'urn:linewright:epcis/';
