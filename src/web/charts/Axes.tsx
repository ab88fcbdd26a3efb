/** Where the drawing lies inside a chart, in CSS pixels. */
export interface Plot {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Tick {
  /** Place along the axis, CSS pixels. */
  at: number;
  text: string;
}

/** Lines and texts of both axes. */
export const Axes = ({
  plot,
  x,
  y,
  unit,
}: {
  plot: Plot;
  x: readonly Tick[];
  y: readonly Tick[];
  unit: string;
}) => (
  <g className="text-[11px] fill-soft">
    {y.map(({ at, text }) => (
      <g key={at}>
        <line x1={plot.left} x2={plot.right} y1={at} y2={at} className="stroke-line" />
        <text x={plot.left - 6} y={at} textAnchor="end" dominantBaseline="central">
          {text}
        </text>
      </g>
    ))}
    {x.map(({ at, text }) => (
      <g key={at}>
        <line x1={at} x2={at} y1={plot.bottom} y2={plot.bottom + 4} className="stroke-line" />
        <text x={at} y={plot.bottom + 16} textAnchor="middle">
          {text}
        </text>
      </g>
    ))}
    <text x={plot.left} y={plot.top - 8}>
      {unit}
    </text>
  </g>
);
