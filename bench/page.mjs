// A page of 100 sessions over HTTP with an RS256 token from the embedded store: at random places, as it is shipped
// and with the store asked each time, and a page that has not changed since it was asked for last.
import { sqliteArchive } from './lib/archive.mjs';
import { openDoors, startBareWith, startOurs, whileOpen } from './lib/pages.mjs';
import { firstPlaces, randomPlaces } from './lib/requests.mjs';
import { median, row } from './lib/results.mjs';
import { alternate, needWrk, prepareLoad, ratio } from './lib/wrk.mjs';

export const answer = (context) =>
  whileOpen(async () => {
    needWrk();
    const { rounds, shape, cache } = context;
    const data = await sqliteArchive(context, shape);
    const doors = await openDoors(`sqlite:${data}`, shape);
    const places = randomPlaces(shape);
    const measure = async (options, loads) => {
      const server = await startOurs(data, { doors, ...options });
      try {
        const page = await server.sample(places[0]);
        const bare = await startBareWith(cache, page);
        try {
          const prepared = Object.fromEntries(
            Object.entries(loads).map(([name, at]) => [name, prepareLoad(server.url, server.requests(at))]),
          );
          const rates = await alternate(rounds, {
            bare: prepareLoad(bare.url, [{ path: '/' }]),
            ...prepared,
          });
          return { rates, page };
        } finally {
          await bare.stop();
        }
      } finally {
        await server.stop();
      }
    };
    const shipped = await measure({}, { random: places, kept: firstPlaces(shape) });
    const asking = await measure({ caches: false }, { asked: places });
    const share = ({ rates }, name) => ratio(rates[name], rates.bare);
    const random = share(shipped, 'random');
    const kept = share(shipped, 'kept');
    const asked = share(asking, 'asked');
    const size = `page of 100 (${Math.round(shipped.page.length / 1000)} kB)`;
    const percent = (value) => `${(100 * value).toFixed(0)} % of bare`;
    return {
      rows: [
        row(`${size}, embedded store, random places`, percent(random), '≥ 25 %', random >= 0.25),
        row(
          `${size}, embedded store, not changed since last asked for`,
          percent(kept),
          '≥ 65 %',
          kept >= 0.65,
        ),
      ],
      notes: [
        `${places.length} places in ${shape.sessions} sessions of ${shape.organizations} organizations, more than the page cache holds, so that they come from copies of the lists; medians of ${rounds} rounds: ${perSecond(shipped.rates.random)} pages/s at random places, ${perSecond(shipped.rates.kept)} not changed, ${perSecond(shipped.rates.bare)} of bare node:http with the same bytes. With the store asked each time ${perSecond(asking.rates.asked)}, ${percent(asked)}.`,
      ],
      shares: [
        { name: 'Kinebase, embedded, page not changed', share: kept, ours: true },
        { name: 'Kinebase, embedded, random place', share: random, ours: true },
      ],
    };
  });

const perSecond = (rates) => median(rates).toFixed(0);
