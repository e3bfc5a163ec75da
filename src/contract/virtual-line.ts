import { z } from 'zod';

const endpoint = z.strictObject({ host: z.string(), port: z.int() });

/** The line the virtual line's process writes to stdout once its sockets listen. */
export const VirtualLineReady = z.strictObject({
  ready: z.literal(true),
  endpoints: z.strictObject({
    printer: endpoint,
    reader: endpoint,
    /** `certificate`: base64 of the DER the OPC UA client shall trust, and no other. */
    plc: z.strictObject({ ...endpoint.shape, certificate: z.string() }),
  }),
});
export type VirtualLineReady = z.infer<typeof VirtualLineReady>;

/** What it tells afterwards, one JSON object a line. */
export const VirtualLineNote = z.discriminatedUnion('note', [
  z.strictObject({ note: z.literal('fault'), fault: z.string(), active: z.boolean(), item: z.int() }),
  z.strictObject({ note: z.literal('refused'), message: z.string() }),
  z.strictObject({ note: z.literal('paused') }),
  /** The camera sees it from its next picture on. */
  z.strictObject({ note: z.literal('shown'), target: z.string() }),
]);
export type VirtualLineNote = z.infer<typeof VirtualLineNote>;

/** What it takes on stdin, one JSON object a line; it ends when stdin closes. */
export type VirtualLineOrder =
  | { readonly do: 'inject'; readonly fault: string; readonly item?: number; readonly seconds?: number }
  /** Puts something before the camera in the place of items: `items` takes it away again. */
  | { readonly do: 'show'; readonly target: string }
  | { readonly do: 'clear'; readonly fault: string }
  | { readonly do: 'pause' }
  | { readonly do: 'go' }
  | { readonly do: 'stop' };
