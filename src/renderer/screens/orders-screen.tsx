import type { ReactNode } from 'react';
import type { LineSnapshot } from '#contract/snapshot.ts';
import { StateShape } from '#renderer/parts/line/state-shape.tsx';
import { ImportFile } from '#renderer/screens/import-file.tsx';
import { SampleOrders } from '#renderer/screens/sample-orders.tsx';
import type { Told } from '#renderer/use-run-commands.ts';
import { words } from '#renderer/words/en.ts';
import { figure } from '#renderer/words/format.ts';
import { RUN_STATE_WORDS } from '#renderer/words/states.ts';
import './page.css';

interface OrdersScreenProps {
  readonly orders: LineSnapshot['orders'];
  readonly onTold: (told: Told | undefined) => void;
}

/** S-05: the orders of the line, and two ways to import the next. */
export function OrdersScreen({ orders, onTold }: OrdersScreenProps): ReactNode {
  return (
    <div className="list-page" data-testid="orders">
      <h1>{words.orders.title}</h1>
      <section className="panel">
        <h2>{words.orders.list}</h2>
        {orders.length === 0 ? <p className="muted">{words.orders.emptyWhat}</p> : <OrderTable orders={orders} />}
      </section>
      <div className="columns">
        <SampleOrders onTold={onTold} />
        <ImportFile onTold={onTold} />
      </div>
    </div>
  );
}

function OrderTable({ orders }: Pick<OrdersScreenProps, 'orders'>): ReactNode {
  const { columns } = words.orders;
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{columns.order}</th>
          <th scope="col">{columns.product}</th>
          <th scope="col">{columns.lot}</th>
          <th scope="col" className="number">
            {columns.quantity}
          </th>
          <th scope="col">{columns.state}</th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr key={order.run} data-testid={`order-${order.order}`} data-run-state={order.state}>
            <td>
              <strong>{order.order}</strong>
            </td>
            <td>{order.product}</td>
            <td className="identifier">{order.lot}</td>
            <td className="number">{figure(order.quantity)}</td>
            <td>
              <span className="state-cell">
                <StateShape state={order.state} />
                {RUN_STATE_WORDS[order.state].name}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
