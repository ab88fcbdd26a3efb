/**
 * From where the figure is looked at. Angles are relative to the way the person faces: azimuth 0° is in front, growing to
 * the person's left; elevation 90° is above.
 */
export interface Angles {
  azimuth_deg: number;
  elevation_deg: number;
  /** 1 shows all of the room in which the figure moves. */
  zoom: number;
}

export const VIEWS = ['front', 'side', 'top', 'free'] as const;
export type View = (typeof VIEWS)[number];

/** From the right side movement goes to the right; from above forward is up. */
export const ANGLES: Readonly<Record<View, Readonly<Angles>>> = {
  front: { azimuth_deg: 0, elevation_deg: 4, zoom: 1 },
  side: { azimuth_deg: -90, elevation_deg: 4, zoom: 1 },
  top: { azimuth_deg: 180, elevation_deg: 90, zoom: 1 },
  free: { azimuth_deg: -38, elevation_deg: 16, zoom: 1.15 },
};

/** How the figure is looked at, as an address says it: a view by name, or `azimuth,elevation,zoom` where it was turned by hand. */
export function writeLook(angles: Angles): string {
  const view = viewOf(angles);
  if (view !== null) return view;
  const { azimuth_deg, elevation_deg, zoom } = angles;
  return [azimuth_deg, elevation_deg, zoom]
    .map((value, at) => Number(value.toFixed(at < 2 ? 0 : 2)))
    .join(',');
}

/** What an address cannot mean is the free view. */
export function readLook(text: string | undefined): Angles {
  const view = VIEWS.find((each) => each === text);
  if (view !== undefined) return ANGLES[view];
  const [azimuth_deg, elevation_deg, zoom, ...more] = (text ?? '').split(',').map(numberIn);
  if (azimuth_deg === undefined || elevation_deg === undefined || zoom === undefined || more.length > 0)
    return ANGLES.free;
  return turned({ azimuth_deg, elevation_deg, zoom: zoomed(zoom) }, 0, 0);
}

const numberIn = (text: string): number | undefined =>
  /^-?\d{1,4}(\.\d{1,4})?$/.test(text) ? Number(text) : undefined;

/** The view that these angles are; null: none of them. */
export const viewOf = ({ azimuth_deg, elevation_deg, zoom }: Angles): View | null =>
  VIEWS.find((view) => {
    const named = ANGLES[view];
    return named.azimuth_deg === azimuth_deg && named.elevation_deg === elevation_deg && named.zoom === zoom;
  }) ?? null;

export const zoomed = (zoom: number): number => Math.min(4, Math.max(0.5, zoom));

/** Height of the picture as an angle. */
export const FIELD_DEG = 26;

type Vector = [number, number, number];

/** A camera in the room (x forward, y up, z right), metres. */
export interface Camera {
  readonly eye: Vector;
  /** Of the picture: to the right, up, and from what is looked at to the eye. */
  readonly right: Vector;
  readonly up: Vector;
  readonly back: Vector;
}

export const newCamera = (): Camera => ({
  eye: [0, 0, 1],
  right: [1, 0, 0],
  up: [0, 1, 0],
  back: [0, 0, 1],
});

export interface Room {
  readonly low: readonly [number, number, number];
  readonly high: readonly [number, number, number];
}

/** Share of the picture that is left free around the room. */
const MARGIN = 1.06;
const DEGREE = Math.PI / 180;

/** Sets the camera so that the room, moved by `x` and `z`, fills the picture. */
export function aim(
  camera: Camera,
  { azimuth_deg, elevation_deg, zoom }: Angles,
  heading_deg: number,
  room: Room,
  x: number,
  z: number,
  aspect: number,
): void {
  const around = (heading_deg + azimuth_deg) * DEGREE;
  const above = elevation_deg * DEGREE;
  const [ca, sa, ce, se] = [Math.cos(around), Math.sin(around), Math.cos(above), Math.sin(above)];
  const { eye, right, up, back } = camera;
  set(back, ce * ca, se, -ce * sa);
  set(up, -se * ca, ce, se * sa);
  // up × back
  set(right, -sa, 0, -ca);
  const tangent = Math.tan((FIELD_DEG / 2) * DEGREE);
  let distance = 0;
  for (let corner = 0; corner < 8; corner++) {
    const half = (axis: 0 | 1 | 2) =>
      ((room.high[axis] - room.low[axis]) / 2) * ((corner >> axis) & 1 ? 1 : -1) * MARGIN;
    const [a, b, c] = [half(0), half(1), half(2)];
    const along = (of: Vector) => a * of[0] + b * of[1] + c * of[2];
    const wide = Math.abs(along(right)) / (tangent * aspect);
    const high = Math.abs(along(up)) / tangent;
    distance = Math.max(distance, along(back) + Math.max(wide, high));
  }
  distance /= zoom;
  const middle = (axis: 0 | 1 | 2) => (room.low[axis] + room.high[axis]) / 2;
  set(
    eye,
    middle(0) + x + back[0] * distance,
    middle(1) + back[1] * distance,
    middle(2) + z + back[2] * distance,
  );
}

/**
 * Where a point comes in a picture of the given size, in pixels from the upper left corner; third, how far it is from the
 * eye, m, and fourth, pixels a metre there.
 */
export function project(
  { eye, right, up, back }: Camera,
  [px, py, pz]: readonly [number, number, number],
  width: number,
  height: number,
  out: [number, number, number, number],
): void {
  const [a, b, c] = [px - eye[0], py - eye[1], pz - eye[2]];
  const depth = Math.max(0.05, -(a * back[0] + b * back[1] + c * back[2]));
  const perMetre = height / 2 / Math.tan((FIELD_DEG / 2) * DEGREE) / depth;
  out[0] = width / 2 + (a * right[0] + b * right[1] + c * right[2]) * perMetre;
  out[1] = height / 2 - (a * up[0] + b * up[1] + c * up[2]) * perMetre;
  out[2] = depth;
  out[3] = perMetre;
}

/** Room for a standing body at least, so that small movements are not blown up. */
export function roomOf({ low, high }: Room): Room {
  const wide = (axis: 0 | 2) => Math.max(0, LEAST_M - (high[axis] - low[axis])) / 2;
  return {
    low: [low[0] - wide(0), 0, low[2] - wide(2)],
    high: [high[0] + wide(0), Math.max(high[1], 1), high[2] + wide(2)],
  };
}

const LEAST_M = 0.7;

/** Turned by hand: never below the floor, nor over the top. */
export function turned({ azimuth_deg, elevation_deg, zoom }: Angles, left: number, up: number): Angles {
  return {
    azimuth_deg: ((((azimuth_deg + left + 180) % 360) + 360) % 360) - 180,
    elevation_deg: Math.min(90, Math.max(0, elevation_deg + up)),
    zoom,
  };
}

/** Between two directions, the shorter way round. */
export function between(from: Angles, to: Angles, share: number): Angles {
  const way = ((((to.azimuth_deg - from.azimuth_deg + 180) % 360) + 360) % 360) - 180;
  return {
    azimuth_deg: from.azimuth_deg + way * share,
    elevation_deg: from.elevation_deg + (to.elevation_deg - from.elevation_deg) * share,
    zoom: from.zoom + (to.zoom - from.zoom) * share,
  };
}

function set(vector: Vector, x: number, y: number, z: number): void {
  vector[0] = x;
  vector[1] = y;
  vector[2] = z;
}
