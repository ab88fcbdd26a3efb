import {
  AmbientLight,
  BufferGeometry,
  Color,
  CylinderGeometry,
  DirectionalLight,
  DynamicDrawUsage,
  Float32BufferAttribute,
  Group,
  InstancedMesh,
  LineBasicMaterial,
  LineSegments,
  Matrix4,
  MeshBasicMaterial,
  MeshLambertMaterial,
  PerspectiveCamera,
  Quaternion,
  Scene,
  SphereGeometry,
  Vector3,
  WebGLRenderer,
} from 'three';
import { type Camera, FIELD_DEG } from './camera.ts';
import type { Drawer } from './drawer.ts';
import { BALLS, type Colours, GRID, HEAD, type Picture, STICKS } from './parts.ts';

/** Draws the figure as a solid body with its shade on the floor. Nothing is created while it moves. */
export function createSolid(canvas: HTMLCanvasElement, context: WebGL2RenderingContext): Drawer {
  const renderer = new WebGLRenderer({ canvas, context, antialias: true, alpha: true });
  const scene = new Scene();
  const eye = new PerspectiveCamera(FIELD_DEG, 1, 0.05, 100);
  eye.matrixAutoUpdate = false;
  const light = new DirectionalLight(0xffffff, 1.8);
  scene.add(new AmbientLight(0xffffff, 2.1), light, light.target);

  const cylinder = new CylinderGeometry(1, 1, 1, 16, 1, true);
  const sphere = new SphereGeometry(1, 20, 14);
  const skin = new MeshLambertMaterial();
  const shade = new MeshBasicMaterial();
  const sticks = new InstancedMesh(cylinder, skin, STICKS.length);
  // The last ball is the head.
  const balls = new InstancedMesh(sphere, skin, BALLS.length + 1);
  const flat = new Group();
  flat.scale.y = 1e-4;
  for (const mesh of [sticks, balls]) {
    mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    mesh.frustumCulled = false;
    const under = new InstancedMesh(mesh.geometry, shade, mesh.count);
    under.instanceMatrix = mesh.instanceMatrix;
    under.frustumCulled = false;
    under.renderOrder = -1;
    flat.add(under);
    scene.add(mesh);
  }
  shade.depthWrite = false;
  const lines = new LineBasicMaterial();
  const floor = new LineSegments(gridGeometry(), lines);
  floor.renderOrder = -2;
  lines.depthWrite = false;
  scene.add(floor, flat);

  const [from, to, middle, scale] = [new Vector3(), new Vector3(), new Vector3(), new Vector3()];
  const up = new Vector3(0, 1, 0);
  const [right, upward] = [new Vector3(), new Vector3()];
  const back = new Vector3();
  const turn = new Quaternion();
  const matrix = new Matrix4();

  function between(points: Float64Array, a: number, b: number): number {
    from.fromArray(points, a);
    to.fromArray(points, b);
    middle.addVectors(from, to).multiplyScalar(0.5);
    to.sub(from);
    const length = to.length();
    turn.setFromUnitVectors(up, to.multiplyScalar(1 / (length || 1)));
    return length;
  }

  return {
    paint(colours: Colours) {
      const colour = new Color();
      STICKS.forEach((stick, i) => {
        sticks.setColorAt(i, colour.set(colours[stick.colour]));
      });
      BALLS.forEach((ball, i) => {
        balls.setColorAt(i, colour.set(colours[ball.colour]));
      });
      balls.setColorAt(BALLS.length, colour.set(colours[HEAD.colour]));
      for (const mesh of [sticks, balls]) mesh.instanceColor!.needsUpdate = true;
      lines.color.set(colours.line);
      shade.color.set(colours.shade);
    },
    resize({ width, height, density }: Picture) {
      renderer.setPixelRatio(density);
      renderer.setSize(width, height, false);
      eye.aspect = width / height;
      eye.updateProjectionMatrix();
    },
    draw(points: Float64Array, camera: Camera, x: number, z: number) {
      for (let i = 0; i < STICKS.length; i++) {
        const stick = STICKS[i]!;
        const length = between(points, stick.from, stick.to);
        sticks.setMatrixAt(i, matrix.compose(middle, turn, scale.set(stick.radius, length, stick.radius)));
      }
      turn.identity();
      for (let i = 0; i < BALLS.length; i++) {
        const ball = BALLS[i]!;
        middle.fromArray(points, ball.at);
        balls.setMatrixAt(i, matrix.compose(middle, turn, scale.setScalar(ball.radius)));
      }
      const length = between(points, HEAD.from, HEAD.to);
      balls.setMatrixAt(
        BALLS.length,
        matrix.compose(middle, turn, scale.set(HEAD.width, length / 2, HEAD.width)),
      );
      sticks.instanceMatrix.needsUpdate = true;
      balls.instanceMatrix.needsUpdate = true;
      // Whole steps, so that who travels sees the floor go by.
      floor.position.set(whole(x), 0, whole(z));
      eye.matrix.makeBasis(
        right.fromArray(camera.right),
        upward.fromArray(camera.up),
        back.fromArray(camera.back),
      );
      eye.matrix.setPosition(middle.fromArray(camera.eye));
      eye.matrixWorldNeedsUpdate = true;
      // From over the viewer's left shoulder.
      light.target.position.set(x, 1, z);
      light.position.copy(light.target.position).addScaledVector(back, 3).addScaledVector(right, -2);
      light.position.y += 4;
      renderer.render(scene, eye);
    },
    dispose() {
      for (const part of [cylinder, sphere, skin, shade, lines, floor.geometry, sticks, balls])
        part.dispose();
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}

const whole = (metres: number) => Math.round(metres / GRID.step) * GRID.step;

function gridGeometry(): BufferGeometry {
  const { step, lines } = GRID;
  const reach = step * lines;
  const corners: number[] = [];
  for (let i = -lines; i <= lines; i++) {
    const place = i * step;
    corners.push(place, 0, -reach, place, 0, reach, -reach, 0, place, reach, 0, place);
  }
  return new BufferGeometry().setAttribute('position', new Float32BufferAttribute(corners, 3));
}
