// Opens a data folder and holds it until it is killed.
// node hold.mjs FOLDER
import { openDb } from '../../../dist/store/open.js';

await openDb(`sqlite:${process.argv[2]}`, 'hold.mjs');
process.stdout.write('open\n');
setInterval(() => {}, 1000);
