// The figure on a page of its own: a test gives it series and channels, moves the time, and takes it away again.
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { applyTheme } from '../../../src/web/shell/theme.ts';
import '../../../src/web/style.css';

const Figure = lazy(() => import('../../../src/web/figure/Figure.tsx'));

applyTheme();
const place = document.getElementById('place');
let root = null;

window.showFigure = (props) => {
  if (root === null) {
    place.replaceChildren();
    root = createRoot(place);
  }
  root.render(
    <StrictMode>
      <h1 className="sr-only">Figure</h1>
      <h2 className="sr-only">Session</h2>
      <h3 className="font-semibold">Figure</h3>
      <Suspense>
        <Figure {...props} />
      </Suspense>
    </StrictMode>,
  );
};

window.takeFigure = () => {
  root.unmount();
  root = null;
};
