/** The picture behind a one-time ticket of the workstation; undefined for a ticket that was used, or never given. */
export type Redeem = (ticket: string) => { readonly type: string; readonly bytes: Uint8Array } | undefined;
