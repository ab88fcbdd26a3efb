import { Button } from '../ui/Button.tsx';
import { Cell, Table } from '../ui/Table.tsx';
import { administrationWords } from '../words/administration.ts';
import { Listed } from './Listed.tsx';
import { useAdministered } from './useAdministered.ts';

const say = administrationWords.webhooks;

/** The last attempts of a webhook, newest first, and a way to try it now. */
export function Deliveries({ webhookID, name }: { webhookID: string; name: string }) {
  const { query, change, busy } = useAdministered(`deliveries ${webhookID}`, (client) =>
    client.webhooks.deliveries(webhookID).all(),
  );
  return (
    <div className="grid gap-2">
      <div className="flex gap-2">
        <Button
          kind="plain"
          disabled={busy}
          onClick={() =>
            change({
              call: (client) => client.webhooks.test(webhookID),
              done: ({ Error: fault, Status }) =>
                fault === null ? say.testArrived(Status ?? 0) : say.testFailed(fault),
            })
          }
        >
          {say.test}
        </Button>
        <Button kind="quiet" onClick={() => void query.refetch()}>
          {say.refresh}
        </Button>
      </div>
      <Listed query={query}>
        {(deliveries) =>
          deliveries.length === 0 ? (
            <p className="text-soft">{say.noDeliveries}</p>
          ) : (
            <Table
              caption={`${say.deliveries}: ${name}`}
              columns={[say.at, say.what, say.attempt, say.answer, say.took]}
            >
              {deliveries.map((delivery) => (
                <tr key={`${delivery.DeliveryID} ${delivery.Attempt} ${delivery.Started}`}>
                  <Cell>{delivery.Started.slice(0, 19).replace('T', ' ')}</Cell>
                  <Cell>{delivery.Test ? say.aTest : say.changes(delivery.Changes)}</Cell>
                  <Cell>{delivery.Attempt}</Cell>
                  <Cell wide>
                    {delivery.Error === null ? (
                      <span className="text-good">● {delivery.Status}</span>
                    ) : (
                      <span className="text-poor">○ {delivery.Error}</span>
                    )}
                  </Cell>
                  <Cell>{delivery.Duration} ms</Cell>
                </tr>
              ))}
            </Table>
          )
        }
      </Listed>
    </div>
  );
}
