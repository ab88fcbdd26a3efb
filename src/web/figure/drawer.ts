import type { Camera } from './camera.ts';
import type { Colours, Picture } from './parts.ts';

/** Puts a pose on a canvas. */
export interface Drawer {
  paint(colours: Colours): void;
  resize(picture: Picture): void;
  /** `x` and `z`: the place on the floor that the grid lies around. */
  draw(points: Float64Array, camera: Camera, x: number, z: number): void;
  dispose(): void;
}
