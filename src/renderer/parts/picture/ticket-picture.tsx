import type { ReactNode } from 'react';
import { useTicket } from '#renderer/parts/picture/use-ticket.ts';

interface TicketPictureProps {
  readonly id: number;
  readonly alt: string;
}

/** A kept picture as it is, small. */
export function TicketPicture({ id, alt }: TicketPictureProps): ReactNode {
  const ticket = useTicket(id);
  if (ticket === undefined || typeof ticket === 'string') return <span className="ticket-picture">{ticket}</span>;
  const { url, width, height } = ticket;
  return <img className="ticket-picture" src={url} width={width} height={height} alt={alt} draggable={false} />;
}
