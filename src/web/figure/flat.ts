import { type Camera, project } from './camera.ts';
import type { Drawer } from './drawer.ts';
import { type Colours, GRID, HEAD, type Picture, STICKS } from './parts.ts';

/** Draws the figure with lines alone, where the browser cannot draw in space. The farther part comes first. */
export function createFlat(canvas: HTMLCanvasElement): Drawer {
  const pen = canvas.getContext('2d')!;
  let picture: Picture = { width: 1, height: 1, density: 1 };
  let colours: Colours;
  const order = STICKS.map((stick) => ({ stick, depth: 0 }));
  const [a, b] = [
    [0, 0, 0, 0] as [number, number, number, number],
    [0, 0, 0, 0] as [number, number, number, number],
  ];

  return {
    paint(now) {
      colours = now;
    },
    resize(now) {
      picture = now;
      canvas.width = Math.round(now.width * now.density);
      canvas.height = Math.round(now.height * now.density);
    },
    draw(points, camera, x, z) {
      const { width, height, density } = picture;
      pen.setTransform(density, 0, 0, density, 0, 0);
      pen.clearRect(0, 0, width, height);
      pen.lineCap = 'round';
      const put = (first: number, out: typeof a) =>
        project(camera, [points[first]!, points[first + 1]!, points[first + 2]!], width, height, out);

      drawGrid(camera, x, z);
      for (const each of order) {
        put(each.stick.from, a);
        put(each.stick.to, b);
        each.depth = a[2] + b[2];
      }
      order.sort((one, other) => other.depth - one.depth);
      for (const { stick } of order) {
        put(stick.from, a);
        put(stick.to, b);
        pen.strokeStyle = colours[stick.colour];
        pen.lineWidth = Math.max(1.5, (a[3] + b[3]) * stick.radius);
        line(a, b);
      }
      put(HEAD.from, a);
      put(HEAD.to, b);
      pen.strokeStyle = colours[HEAD.colour];
      const round = (a[3] + b[3]) * HEAD.width;
      // From a little above the chin to a little below the crown, with round ends.
      const share = Math.min(0.45, round / 2 / Math.max(1, Math.hypot(b[0] - a[0], b[1] - a[1])));
      pen.lineWidth = round;
      pen.beginPath();
      pen.moveTo(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share);
      pen.lineTo(b[0] - (b[0] - a[0]) * share, b[1] - (b[1] - a[1]) * share);
      pen.stroke();
    },
    dispose() {},
  };

  function drawGrid(camera: Camera, x: number, z: number): void {
    const { step, lines } = GRID;
    const reach = step * lines;
    const [cx, cz] = [Math.round(x / step) * step, Math.round(z / step) * step];
    pen.strokeStyle = colours.line;
    pen.lineWidth = 1;
    for (let i = -lines; i <= lines; i++) {
      const place = i * step;
      const { width, height } = picture;
      project(camera, [cx + place, 0, cz - reach], width, height, a);
      project(camera, [cx + place, 0, cz + reach], width, height, b);
      line(a, b);
      project(camera, [cx - reach, 0, cz + place], width, height, a);
      project(camera, [cx + reach, 0, cz + place], width, height, b);
      line(a, b);
    }
  }

  function line(from: readonly number[], to: readonly number[]): void {
    pen.beginPath();
    pen.moveTo(from[0]!, from[1]!);
    pen.lineTo(to[0]!, to[1]!);
    pen.stroke();
  }
}
