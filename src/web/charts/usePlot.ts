import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { colour, THEME_SHOWN } from '../shell/theme.ts';
import { PAPER_DENSITY, PAPER_WIDTH_PX, usePaper } from '../shell/usePaper.ts';
import { drawPlot, type Plot } from './plot.ts';

/** Keeps a canvas up with what it shows, its place and the colours of the page. */
export function usePlot(canvas: RefObject<HTMLCanvasElement | null>, plot: Plot): void {
  const onScreen = useSize(canvas);
  const onPaper = usePaper() !== null;
  const width = onPaper ? PAPER_WIDTH_PX : onScreen.width;
  const theme = useTheme();
  const { series, bands, x, unit, xUnit, shown, range } = plot;
  // Before the picture is shown: what lies above the curves moves with them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the members count, and a theme is read from the page
  useLayoutEffect(() => {
    const element = canvas.current!;
    const context = element.getContext('2d');
    if (context === null || width === 0) return;
    // Of one that is drawn for paper before it was ever seen, nobody has told the size yet.
    const height = onScreen.height || element.clientHeight;
    const ratio = onPaper ? PAPER_DENSITY : window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    // Setting it, even to the same, takes new memory.
    if (element.width !== wide) element.width = wide;
    if (element.height !== high) element.height = high;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawPlot(context, plot, { width, height }, colour);
  }, [
    canvas,
    width,
    onScreen.height,
    onPaper,
    theme,
    series,
    bands,
    x,
    unit,
    xUnit,
    shown.from,
    shown.to,
    range[0],
    range[1],
  ]);
}

/** Counts the changes of theme. */
function useTheme(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const changed = () => setCount((before) => before + 1);
    window.addEventListener(THEME_SHOWN, changed);
    return () => window.removeEventListener(THEME_SHOWN, changed);
  }, []);
  return count;
}

function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize({ width, height });
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
